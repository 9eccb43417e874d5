using System.Collections.Frozen;

namespace Aufruf.Domain.Identity;

/// <summary>The one who asks for something, whatever the way in: a token, a page's session, a device, a screen, a citizen.</summary>
/// <remarks>It holds no personal data besides the holder's name.</remarks>
public sealed class Principal
{
    private static readonly FrozenSet<Permission> Everybodys = [Permission.Public, Permission.OwnTicket, Permission.OwnAppointment];

    /// <summary>The one place that says which permissions a kind of credential gives.</summary>
    private static readonly FrozenDictionary<CredentialKind, FrozenSet<Permission>> Given =
        new Dictionary<CredentialKind, FrozenSet<Permission>>
        {
            [CredentialKind.Clerk] = [.. Everybodys, Permission.Call, Permission.Tickets, Permission.Invite, Permission.Services,
                Permission.Reports, Permission.Messages, Permission.Configure, Permission.Devices, Permission.Audit, Permission.WatchDesk,
                Permission.WatchBoard],
            [CredentialKind.Display] = [.. Everybodys, Permission.WatchBoard],
            [CredentialKind.Kiosk] = [.. Everybodys, Permission.WatchKiosk, Permission.TakeTicket],
            [CredentialKind.Device] = [.. Everybodys, Permission.SpeakAsDevice],
            [CredentialKind.Feed] = [.. Everybodys, Permission.ReadFeed],
            [CredentialKind.Mail] = [.. Everybodys, Permission.ReturnMail],
        }.ToFrozenDictionary();

    private Principal(string who, IReadOnlyList<string> offices, FrozenSet<Permission> permissions) =>
        (Who, Offices, Permissions) = (who, offices, permissions);

    /// <summary>Anybody without a credential. To a ticket or an appointment they show its code.</summary>
    public static Principal Citizen { get; } = new("", [], Everybodys);

    /// <summary>A program on the hub's own machine, for example a collector of metrics.</summary>
    public static Principal ThisMachine { get; } = new("", [], [.. Everybodys, Permission.Operate]);

    /// <summary>The holder's name, as it stands in the credential; empty without one.</summary>
    public string Who { get; }

    /// <summary>The authority of the offices, "alsdorf"; null without an office.</summary>
    public string? Authority => Offices is [var first, ..] ? first.Split('.')[0] : null;

    /// <summary>The offices in which the permissions hold, "alsdorf.rathaus".</summary>
    public IReadOnlyList<string> Offices { get; }

    public FrozenSet<Permission> Permissions { get; }

    public static Principal Of(CredentialKind kind, string office, string holder) => new(holder, [office], Given[kind]);

    /// <summary>The one check. Without an office: whether there is any where the permission holds.</summary>
    public bool May(Permission permission, string? office = null) =>
        Permissions.Contains(permission) && (office is null || Offices.Contains(office) || Everybodys.Contains(permission));
}

using System.Collections.Frozen;

namespace Aufruf.Domain.Identity;

/// <summary>A named set of permissions, which is granted to a person in a place.</summary>
public sealed record Role(string Id, Texts Name, ImmutableSortedSet<Permission> Permissions)
{
    public const string AdministratorId = "administrator";

    public const int LongestId = 40;

    public static Role Clerk { get; } = Of("clerk", "Sachbearbeitung", "Clerk",
        Permission.Call, Permission.CallThis, Permission.ChangePriority, Permission.Tickets, Permission.Appointments, Permission.Services,
        Permission.WatchDesk, Permission.WatchBoard);

    public static Role InCharge { get; } = Of("in-charge", "Leitung", "In charge",
        [.. Clerk.Permissions, Permission.ActElsewhere, Permission.Reports, Permission.Messages, Permission.Plans, Permission.Invite]);

    public static Role Administrator { get; } = Of(AdministratorId, "Administration", "Administrator",
        Permission.Configure, Permission.Devices, Permission.People, Permission.WatchBoard);

    /// <summary>Works on the cases of all procedures. A town's own role, named as in a procedure, works on that one alone.</summary>
    public static Role CaseWork { get; } = Of("case-work", "Vorgangsbearbeitung", "Case work", Permission.Cases);

    /// <summary>It reads, and changes nothing.</summary>
    public static Role Auditor { get; } = Of("auditor", "Prüfung", "Auditor",
        Permission.SeeAppointments, Permission.SeePlans, Permission.SeeCases, Permission.Reports,
        Permission.SeeMessages, Permission.SeePeople,
        Permission.SeeConfiguration, Permission.SeeDevices, Permission.Audit, Permission.WatchDesk, Permission.WatchBoard);

    /// <summary>The roles of every town. Others are defined by the town.</summary>
    public static IReadOnlyList<Role> BuiltIn { get; } = [Clerk, InCharge, Administrator, CaseWork, Auditor];

    /// <summary>The permissions that a role can have: those of people.</summary>
    public static FrozenSet<Permission> Grantable { get; } = [.. BuiltIn.SelectMany(role => role.Permissions)];

    private static Role Of(string id, string german, string english, params Permission[] permissions) =>
        new(id, new() { ["de"] = german, ["en"] = english }, [Permission.OwnAccount, .. Sight.With(permissions)]);
}

using Aufruf.Domain;
using Aufruf.Domain.Offices;
using Aufruf.Domain.Towns;

namespace Aufruf.Contracts;

/// <summary>Prepares, checks and publishes the settings of a town. Answered by the hub that the pages run in.</summary>
public interface ITownAdministration
{
    /// <summary>Null: there is no such town.</summary>
    TownDesk? Find(string authority);

    TownCheck Check(string authority, TownSettings settings);

    /// <param name="basedOn">The edition that the administrator changes.</param>
    /// <param name="seen">The draft that the administrator saw; 0: none.</param>
    /// <param name="who">The holder's name of the one who asks.</param>
    Task<TownAnswer> SaveAsync(string authority, TownSettings settings, int basedOn, int seen, string who);

    Task<TownAnswer> DiscardAsync(string authority, int seen, string who);

    /// <summary>A wrong draft stays a draft.</summary>
    Task<TownAnswer> PublishAsync(string authority, int seen, string who);

    /// <param name="edition">The earlier one that comes into force again.</param>
    /// <param name="seen">The one in force that the administrator saw.</param>
    Task<TownAnswer> TakeBackAsync(string authority, int edition, int seen, string who);

    /// <summary>Every change, the newest first.</summary>
    Task<OfficeHistory> HistoryAsync(string authority);

    /// <summary>The places in which two settings differ: "theme.action", "mails.booked.de".</summary>
    IReadOnlyList<OfficeDifference> Between(TownSettings before, TownSettings after);
}

/// <summary>The first view of an administrator of a town.</summary>
public sealed record TownDesk(string Authority, Texts Name, TownConfiguration Known, IReadOnlyList<OfficeDifference> Changes)
{
    /// <summary>The settings in the forms.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public TownSettings Current => Known.Draft?.Settings ?? Known.Settings;
}

public sealed record TownCheck(IReadOnlyList<ThemeFault> Theme, IReadOnlyList<WrongMail> Mails)
{
    public bool MayBePublished => Theme.Count == 0 && Mails.Count == 0;
}

/// <param name="Mail">"booked.de"</param>
public sealed record WrongMail(string Mail, IReadOnlyList<MailFault> Faults);

/// <param name="Refusal">Null: it was carried out.</param>
public sealed record TownAnswer(TownDesk? Desk, Refusal? Refusal);

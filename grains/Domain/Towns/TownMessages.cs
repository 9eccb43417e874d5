namespace Aufruf.Domain.Towns;

[JsonDerivedType(typeof(SaveDraft), "save-draft")]
[JsonDerivedType(typeof(DiscardDraft), "discard-draft")]
[JsonDerivedType(typeof(PublishDraft), "publish-draft")]
[JsonDerivedType(typeof(TakeBack), "take-back")]
public abstract record TownCommand
{
    private TownCommand() { }

    /// <summary>Keeps what an administrator entered, also when it is wrong yet.</summary>
    /// <param name="BasedOn">The edition that the administrator changes.</param>
    /// <param name="Seen">The draft that the administrator saw; 0: none.</param>
    public sealed record SaveDraft(TownSettings Settings, int BasedOn, int Seen, string By) : TownCommand;

    public sealed record DiscardDraft(int Seen, string By) : TownCommand;

    /// <summary>Brings the draft into force. Its mails are checked already.</summary>
    public sealed record PublishDraft(int Seen, string By) : TownCommand;

    /// <summary>Brings an earlier edition into force again.</summary>
    /// <param name="Seen">The edition in force that the administrator saw.</param>
    public sealed record TakeBack(TownSettings Settings, int Edition, int Seen, string By) : TownCommand;
}

/// <summary>Facts about a town's settings, each with the name under which it stands in the journal.</summary>
[JsonDerivedType(typeof(DraftSaved), "town-draft-saved")]
[JsonDerivedType(typeof(DraftDiscarded), "town-draft-discarded")]
[JsonDerivedType(typeof(Published), "town-published")]
public abstract record TownEvent
{
    private TownEvent() { }

    public sealed record DraftSaved(TownSettings Settings, int BasedOn, int Revision, string By, DateTimeOffset At) : TownEvent;
    public sealed record DraftDiscarded(int Revision, string By, DateTimeOffset At) : TownEvent;

    /// <param name="Again">The earlier edition that came back, and the draft stays; null: the draft came into force.</param>
    public sealed record Published(TownSettings Settings, int? Again, string By, DateTimeOffset At) : TownEvent;
}

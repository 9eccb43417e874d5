namespace Aufruf.Domain.Offices;

[JsonDerivedType(typeof(Publish), "publish")]
[JsonDerivedType(typeof(Withdraw), "withdraw")]
[JsonDerivedType(typeof(SaveDraft), "save-draft")]
[JsonDerivedType(typeof(DiscardDraft), "discard-draft")]
[JsonDerivedType(typeof(PublishDraft), "publish-draft")]
[JsonDerivedType(typeof(TakeBack), "take-back")]
public abstract record OfficeCommand
{
    private OfficeCommand() { }

    /// <summary>A whole configuration, already checked.</summary>
    /// <param name="FileHash">Of the watched folder's file; null when it came by another way.</param>
    public sealed record Publish(Office Office, string By, string? FileHash = null) : OfficeCommand;

    /// <summary>The office is no longer served.</summary>
    public sealed record Withdraw(string By) : OfficeCommand;

    /// <summary>Keeps what an administrator entered, also when it is wrong yet.</summary>
    /// <param name="BasedOn">The edition that the administrator changes.</param>
    /// <param name="Seen">The draft that the administrator saw; 0: none.</param>
    public sealed record SaveDraft(string Text, int BasedOn, int Seen, string By) : OfficeCommand;

    public sealed record DiscardDraft(int Seen, string By) : OfficeCommand;

    /// <summary>Brings the draft into force.</summary>
    /// <param name="Office">The office of the draft's text, already checked.</param>
    public sealed record PublishDraft(Office Office, int Seen, string By) : OfficeCommand;

    /// <summary>Brings an earlier edition into force again, already checked.</summary>
    /// <param name="Seen">The edition in force that the administrator saw.</param>
    public sealed record TakeBack(Office Office, int Edition, int Seen, string By) : OfficeCommand;
}

/// <summary>Facts about an office's configuration, each with the name under which it stands in the journal.</summary>
[JsonDerivedType(typeof(OfficePublished), "office-published")]
[JsonDerivedType(typeof(OfficeConfirmed), "office-confirmed")]
[JsonDerivedType(typeof(OfficeWithdrawn), "office-withdrawn")]
[JsonDerivedType(typeof(DraftSaved), "office-draft-saved")]
[JsonDerivedType(typeof(DraftDiscarded), "office-draft-discarded")]
[JsonDerivedType(typeof(DraftPublished), "office-draft-published")]
public abstract record OfficeEvent
{
    private OfficeEvent() { }

    /// <param name="Again">The earlier edition that came back; null: it is a new one.</param>
    public sealed record OfficePublished(Office Office, string By, string? FileHash, DateTimeOffset At,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Again = null) : OfficeEvent;

    /// <summary>The same configuration came by another way, or in a file that is written in another way.</summary>
    public sealed record OfficeConfirmed(string By, string? FileHash, DateTimeOffset At) : OfficeEvent;
    public sealed record OfficeWithdrawn(string By, DateTimeOffset At) : OfficeEvent;
    public sealed record DraftSaved(string Text, int BasedOn, int Revision, string By, DateTimeOffset At) : OfficeEvent;
    public sealed record DraftDiscarded(int Revision, string By, DateTimeOffset At) : OfficeEvent;

    /// <summary>The draft is in force and leaves the desk of the administrators.</summary>
    public sealed record DraftPublished(int Revision, string By, DateTimeOffset At) : OfficeEvent;
}

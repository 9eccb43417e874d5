namespace Aufruf.Domain.Appointments;

[JsonDerivedType(typeof(Register), "register")]
[JsonDerivedType(typeof(Confirm), "confirm")]
[JsonDerivedType(typeof(Offer), "offer")]
[JsonDerivedType(typeof(CloseOffer), "close-offer")]
[JsonDerivedType(typeof(End), "end")]
public abstract record WishCommand
{
    private WishCommand() { }

    public sealed record Register(Wish Wish) : WishCommand;

    /// <summary>The citizen has the mail.</summary>
    public sealed record Confirm(WishId Id) : WishCommand;

    /// <summary>Its slot is held already.</summary>
    public sealed record Offer(WishId Id, WishOffer Made) : WishCommand;

    /// <summary>The week has decided: the appointment is confirmed, or its hold is over.</summary>
    public sealed record CloseOffer(WishId Id, int Number, OfferState Outcome) : WishCommand;

    public sealed record End(WishId Id, WishEnd Reason) : WishCommand;
}

/// <summary>Facts about wishes, each with the name under which it stands in the journal.</summary>
[JsonDerivedType(typeof(WishRegistered), "wish-registered")]
[JsonDerivedType(typeof(WishConfirmed), "wish-confirmed")]
[JsonDerivedType(typeof(WishOffered), "wish-offered")]
[JsonDerivedType(typeof(WishOfferClosed), "wish-offer-closed")]
[JsonDerivedType(typeof(WishEnded), "wish-ended")]
public abstract record WishEvent
{
    private WishEvent() { }
    public sealed record WishRegistered(Wish Wish, DateTimeOffset At) : WishEvent;
    public sealed record WishConfirmed(WishId Id, DateTimeOffset At) : WishEvent;
    public sealed record WishOffered(WishId Id, WishOffer Offer, DateTimeOffset At) : WishEvent;
    public sealed record WishOfferClosed(WishId Id, int Number, OfferState Outcome, DateTimeOffset At) : WishEvent;
    public sealed record WishEnded(WishId Id, WishEnd Reason, DateTimeOffset At) : WishEvent;
}

using static Aufruf.Domain.Appointments.WishCommand;
using static Aufruf.Domain.Appointments.WishEvent;

namespace Aufruf.Domain.Appointments;

/// <summary>All standing wishes of an authority, in the order of their registration.</summary>
/// <param name="Registered">How many there ever were.</param>
public sealed record Wishes(ImmutableDictionary<WishId, Wish> All, long Registered) : IAggregate<Wishes, WishCommand, WishEvent>
{
    public const string StreamKind = "wishes";

    /// <summary>Ten times what Duesseldorf, a city of 600,000, had at a time.</summary>
    public const int MostWishes = 50_000;

    /// <summary>A family has several, and a trader would have many.</summary>
    public const int MostPerContact = 3;

    public static int Schema => 2;

    public static Wishes Empty { get; } = new(ImmutableDictionary<WishId, Wish>.Empty, 0);

    /// <summary>"wishes/alsdorf".</summary>
    public static string StreamOf(string authority) => $"{StreamKind}/{authority}";

    /// <summary>A repeat has a new seal.</summary>
    public static WishCommand Compared(WishCommand command) => command is Register c
        ? c with { Wish = c.Wish with { Citizen = "", Until = default, KeptUntil = default } } : command;

    public Wish? Find(WishId id) => All.GetValueOrDefault(id);

    /// <summary>Those that have not ended, in the order of registration.</summary>
    public IEnumerable<Wish> InOrder => All.Values.Where(wish => wish.State is not WishState.Ended).OrderBy(wish => wish.Place);

    public Decision<WishEvent> Decide(WishCommand command, DateTimeOffset now) => command switch
    {
        Register c => Registering(c.Wish, now),
        Confirm c => Find(c.Id) switch
        {
            { State: WishState.Registered } wish => now >= wish.Until ? Refusal.WishGone
                : Confirmed(wish).Any(wish.IsForTheSameAs) ? Refusal.WishExists
                : Confirmed(wish).Count() >= MostPerContact ? Refusal.TooManyWishes
                : new WishConfirmed(c.Id, now),
            null or { State: WishState.Ended } => Refusal.WishGone,
            _ => Nothing,
        },
        Offer c => Find(c.Id) switch
        {
            { State: WishState.Offered, OpenOffer: var open } when open == c.Made => Nothing,
            { State: WishState.Waiting } wish when c.Made.Number == wish.Offers.Count + 1 => new WishOffered(c.Id, c.Made, now),
            _ => Refusal.WishGone,
        },
        CloseOffer c => Find(c.Id) is not { } wish ? Refusal.WishGone
            : wish.Offers.FirstOrDefault(offer => offer.Number == c.Number) is not { } offer ? Refusal.OfferOver
            : offer.State == c.Outcome ? Nothing
            : offer.State is OfferState.Open ? Closed(wish, c, now) : Refusal.OfferOver,
        End c => Find(c.Id) is { State: not WishState.Ended } ? new WishEnded(c.Id, c.Reason, now) : Nothing,
        _ => throw new UnreachableException(),
    };

    public Wishes Apply(WishEvent happened) => happened switch
    {
        WishRegistered e => WithoutPast(e.At).With(e.Wish with { Place = Registered + 1 }) with { Registered = Registered + 1 },
        WishConfirmed e => With(All[e.Id] with { State = WishState.Waiting }),
        WishOffered e => With(All[e.Id] with { State = WishState.Offered, Offers = [.. All[e.Id].Offers, e.Offer] }),
        WishOfferClosed e => With(Closed(All[e.Id], e.Outcome) with { State = WishState.Waiting }),
        WishEnded e => With(Closed(All[e.Id], OfferState.Declined) with { State = WishState.Ended, End = e.Reason }),
        _ => throw new UnreachableException(),
    };

    private static Decision<WishEvent> Nothing => Array.Empty<WishEvent>();

    private Decision<WishEvent> Registering(Wish wish, DateTimeOffset now)
    {
        if (wish.Services.Count == 0 || wish.NotAfter < wish.NotBefore)
        {
            return Refusal.NothingToWish;
        }

        // Without a confirmation anybody may have entered the address: such a wish stands in nobody's way for long.
        var unconfirmed = Of(wish).Where(w => w.State is WishState.Registered && now < w.Until).ToList();
        return All.ContainsKey(wish.Id) ? Refusal.RequestReused
            : Confirmed(wish).Any(wish.IsForTheSameAs) ? Refusal.WishExists
            : Confirmed(wish).Count() + unconfirmed.Count >= MostPerContact ? Refusal.TooManyWishes
            : All.Count >= MostWishes ? Refusal.WishesFull
            : new WishRegistered(wish, now);
    }

    private static Decision<WishEvent> Closed(Wish wish, CloseOffer c, DateTimeOffset now)
    {
        var closed = new WishOfferClosed(c.Id, c.Number, c.Outcome, now);
        return c.Outcome is OfferState.Accepted ? (WishEvent[])[closed, new WishEnded(c.Id, WishEnd.Fulfilled, now)]
            : wish.Offers.Count >= Wish.MostOffers ? (WishEvent[])[closed, new WishEnded(c.Id, WishEnd.OffersOver, now)]
            : closed;
    }

    private static Wish Closed(Wish wish, OfferState outcome) => wish.OpenOffer is { } open
        ? wish with { Offers = [.. wish.Offers.SkipLast(1), open with { State = outcome }] } : wish;

    private IEnumerable<Wish> Of(Wish wish) => All.Values.Where(w => w.Contact == wish.Contact && w.Id != wish.Id);

    private IEnumerable<Wish> Confirmed(Wish wish) => Of(wish).Where(w => w.State is WishState.Waiting or WishState.Offered);

    private Wishes With(Wish wish) => this with { All = All.SetItem(wish.Id, wish) };

    private Wishes WithoutPast(DateTimeOffset at) =>
        this with { All = All.RemoveRange(All.Values.Where(w => w.State is WishState.Ended && w.KeptUntil <= at).Select(w => w.Id)) };
}

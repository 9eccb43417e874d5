using Aufruf.Domain.Appointments;
using Aufruf.Domain.Offices;
using Aufruf.Tests.Running;
using static Aufruf.Domain.Appointments.WishEvent;

namespace Aufruf.Tests.House;

/// <summary>Examples of all that happens to wishes, with every value set.</summary>
internal static class WishSamples
{
    private static readonly DateTimeOffset At = SmallOffice.Nine.AddMilliseconds(120), From = SmallOffice.Nine.AddDays(3);
    private static readonly AppointmentRef Slot = new(CalendarWeekKey.Of(SmallOffice.Office, "service", SmallOffice.Day),
        new(Guid.Parse("0193579a-51c0-7000-8000-00000000002b")));
    private static readonly WishId First = new(Guid.Parse("0193579a-51c0-7000-8000-00000000002a")), Second = new(Slot.Id.Value);

    private static readonly Wish Wish = new(First, [new(SmallOffice.Passport, 2)], AppointmentKind.Video, ["rathaus"],
        [new([Weekday.Monday], WallTime.At(8), WallTime.At(12))], SmallOffice.Day, SmallOffice.Day.AddDays(30), "de", "a1b2c3", "sealed",
        "47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU", At.AddHours(1), At.AddDays(37))
    { Improves = Slot };

    private static readonly WishOffer Offer = new(1, Slot, "rathaus", From, 17, At.AddDays(2)) { Origin = Slot.Id };

    public static IEnumerable<KeyValuePair<string, Sample>> All { get; } =
    [
        Of("wish-registered", new WishRegistered(Wish, At)), Of("wish-confirmed", new WishConfirmed(First, At)),
        Of("wish-offered", new WishOffered(First, Offer, At)),
        Of("wish-offer-closed", new WishOfferClosed(First, 1, OfferState.Declined, At)),
        Of("wish-ended", new WishEnded(First, WishEnd.OffersOver, At)),
    ];

    /// <summary>Every event, in an order in which each can follow.</summary>
    public static WishEvent[] Events { get; } =
    [
        new WishRegistered(Wish, At), new WishConfirmed(First, At), new WishOffered(First, Offer, At),
        new WishOfferClosed(First, 1, OfferState.Lapsed, At), new WishOffered(First, Offer with { Number = 2 }, At),
        new WishEnded(First, WishEnd.Stopped, At), new WishRegistered(Wish with { Id = Second }, Wish.KeptUntil),
    ];

    private static KeyValuePair<string, Sample> Of(string name, WishEvent value) =>
        new($"journal/{name}", new Sample<WishEvent>(value, WireSamples.Domain<WishEvent>()));
}

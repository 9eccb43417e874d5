using System.Collections.Immutable;
using Aufruf.Domain;
using Aufruf.Domain.Appointments;
using Aufruf.Domain.Offices;
using Aufruf.Tests.Running;

namespace Aufruf.Tests.Domain.Appointments;

/// <summary>A town of several offices with appointments and standing wishes: the true rules, and a clock that a test moves.</summary>
internal sealed class WishTown : IWishWeeks
{
    public static readonly IReadOnlyList<Wanted> Passport = [new(SmallOffice.Passport)];

    private readonly Office[] _offices;
    private readonly Calendar _calendar;
    private readonly Dictionary<(CalendarWeekKey, Channel), Known> _free = [];
    private readonly SlotNews _news = new();

    /// <param name="Until">The next moment at which more may be free.</param>
    private sealed record Known(CalendarWeek Week, DateTimeOffset? Until, FreeSlot[] Slots);

    public WishTown(DateTimeOffset now, int offices, int weeks, Calendar calendar)
    {
        (Now, _calendar) = (now, calendar);
        _offices = [.. Enumerable.Range(1, offices).Select(n => SmallOffice.Office with { Id = $"office{n}", Calendars = [calendar] })];
        var first = _offices[0].Day(now).MondayOfItsWeek();
        foreach (var office in _offices)
        {
            for (var week = 0; week < weeks; week++)
            {
                var monday = first.AddDays(7 * week);
                var key = CalendarWeekKey.Of(office, calendar.Id, monday);
                Weeks[key] = CalendarWeek.Empty;
                Do(key, new CalendarCommand.Plan(1, office.PiecesOf(calendar, monday), calendar.Release.WishesFirstMinutes));
            }
        }
    }

    public DateTimeOffset Now { get; set; }

    public Wishes Wishes { get; private set; } = Wishes.Empty;

    public Dictionary<CalendarWeekKey, CalendarWeek> Weeks { get; } = [];

    public IReadOnlyDictionary<WishId, AppointmentRef> Unclaimed { get; private set; } = new Dictionary<WishId, AppointmentRef>();

    public DateOnly Today => _offices[0].Day(Now);

    /// <summary>Called for each offer before it is made.</summary>
    public Action<Wish, FreeSlot>? Offering { get; set; }

    public Appointment? Find(AppointmentRef place) => Weeks.GetValueOrDefault(place.Week)?.Find(place.Id);

    public IReadOnlyList<FreeSlot> FreeFor(Wish wish) => _news.For(wish, () => Free(Channel.Wish));

    /// <summary>All free beginnings for somebody, the earliest first.</summary>
    public List<FreeSlot> Free(Channel channel) => [.. Weeks.Keys.OrderBy(key => key.Monday).GroupBy(key => key.Monday)
        .SelectMany(weeks => weeks.SelectMany(key => Free(key, channel)).OrderBy(slot => slot.From)
            .ThenBy(slot => slot.Office, StringComparer.Ordinal))];

    public Refusal? Do(WishCommand command)
    {
        var decision = Wishes.Decide(command, Now);
        Wishes = decision.Events.Aggregate(Wishes, (wishes, happened) => wishes.Apply(happened));
        return decision.Refusal;
    }

    public Refusal? Do(CalendarWeekKey week, CalendarCommand command)
    {
        var decision = Weeks[week].Decide(command, Now);
        Weeks[week] = decision.Events.Aggregate(Weeks[week], (state, happened) => state.Apply(happened));
        return decision.Refusal;
    }

    /// <summary>One round of the process, as the hub carries it out.</summary>
    /// <param name="dies">Asked between any two commands: true ends the round there.</param>
    public void Match(Func<bool>? dies = null)
    {
        _news.BeginRound();
        Unclaimed = Wishes.Unclaimed(Weeks).ToDictionary(held => held.Wish, held => held.Slot);
        var inOrder = Wishes.InOrder.Select(wish => wish.Id).ToArray();
        foreach (var isOffering in (bool[])[false, true])
        {
            foreach (var id in inOrder)
            {
                while (Wishes.Find(id) is { } wish && (isOffering || wish.State is not WishState.Waiting))
                {
                    if (wish.Next(this, Now) is not { } step)
                    {
                        _news.FoundNothing(wish);
                        break;
                    }

                    if (!CarryOut(wish, step, dies) || dies?.Invoke() is true)
                    {
                        return;
                    }
                }
            }
        }

        foreach (var (_, slot) in Wishes.Unclaimed(Weeks).ToArray())
        {
            Do(slot.Week, new CalendarCommand.GiveUp(slot.Id, Now.AddMinutes(30)));
        }
    }

    public AppointmentRef Book(FreeSlot slot, Channel channel, Guid id)
    {
        Assert.Null(Do(slot.Week, new CalendarCommand.Book(Of(slot, channel, new(id)))));
        return new(slot.Week, new(id));
    }

    public Refusal? Accept(WishOffer offer) => Do(offer.Slot.Week, new CalendarCommand.Confirm(offer.Slot.Id, "secret"));

    /// <returns>False: the hub has died.</returns>
    private bool CarryOut(Wish wish, WishStep step, Func<bool>? dies)
    {
        switch (step)
        {
            case WishStep.Offer { Slot: var slot, Until: var until }:
                Offering?.Invoke(wish, slot);
                var hold = WishOffer.HoldOf(wish.Id, wish.Offers.Count + 1);
                Assert.Null(Do(slot.Week, new CalendarCommand.Hold(Of(slot, Channel.Wish, hold) with
                {
                    Wish = wish.Id,
                    Until = until + WishOffer.Passing,
                    SecretHash = "secret",
                    Replaces = wish.Improves,
                })));
                _news.SearchAgain();
                if (dies?.Invoke() is true)
                {
                    return false;
                }

                Assert.Null(Do(new WishCommand.Offer(wish.Id,
                    new(wish.Offers.Count + 1, new(slot.Week, hold), slot.Office, slot.From, slot.Minutes, until))));
                break;
            case WishStep.Record { Made: var made }:
                Assert.Null(Do(new WishCommand.Offer(wish.Id, made)));
                break;
            case WishStep.GiveUp { Held: var held }:
                Assert.Null(Do(held.Week, new CalendarCommand.GiveUp(held.Id, Now.AddMinutes(30))));
                break;
            case WishStep.Close { Number: var number, Outcome: var outcome }:
                Assert.Null(Do(new WishCommand.CloseOffer(wish.Id, number, outcome)));
                break;
            case WishStep.End { Reason: var reason }:
                Assert.Null(Do(new WishCommand.End(wish.Id, reason)));
                break;
        }

        return true;
    }

    private static Appointment Of(FreeSlot slot, Channel channel, AppointmentId id) =>
        new(id, slot.Office, slot.From, slot.Minutes, Passport, channel, $"hash {id}", "de");

    private IEnumerable<FreeSlot> Free(CalendarWeekKey key, Channel channel) =>
        KnownOf(key, channel).Slots.Where(slot => slot.From >= Now.AddMinutes(_calendar.Rules.LeadMinutes));

    /// <summary>The next moment at which somebody may see more than now; null: never.</summary>
    public DateTimeOffset? NextChange() => Weeks.Keys.SelectMany(key =>
        (DateTimeOffset?[])[KnownOf(key, Channel.Wish).Until, KnownOf(key, Channel.Public).Until]).Min();

    private Known KnownOf(CalendarWeekKey key, Channel channel)
    {
        var week = Weeks[key];
        if (_free.TryGetValue((key, channel), out var known) && ReferenceEquals(known.Week, week) && !(known.Until <= Now))
        {
            return known;
        }

        var office = _offices.Single(o => o.Id == key.Office);
        return _free[(key, channel)] = new(week, week.NextChange(channel, Now),
            [.. Enumerable.Range(0, 5).SelectMany(n => FreeOn(office, key, week, key.Monday.AddDays(n), channel))]);
    }

    private IEnumerable<FreeSlot> FreeOn(Office office, CalendarWeekKey key, CalendarWeek week, DateOnly day, Channel channel)
    {
        var minutes = _calendar.MinutesOf(Passport) ?? 0;
        foreach (var span in office.SpansOn(_calendar, day))
        {
            var (from, to) = (office.Instant(day, span.From), office.Instant(day, span.To));
            var free = week.Free(from, to, channel, Now);
            for (var begin = 0; begin + minutes <= free.Length; begin += _calendar.SlotMinutes)
            {
                if (from.AddMinutes(begin) > Now && free.AsSpan(begin, minutes).IndexOfAnyInRange(int.MinValue, 0) < 0)
                {
                    yield return new(office.Id, key, from.AddMinutes(begin), minutes,
                        office.LocalTime(from.AddMinutes(begin)).DateTime, _calendar.Rules.LeadMinutes);
                }
            }
        }
    }
}

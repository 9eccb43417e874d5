using Aufruf.Domain.Appointments;
using Aufruf.Domain.Offices;
using Aufruf.Tests.Running;

namespace Aufruf.Tests.Domain.Appointments;

/// <summary>5,000 citizens in five weeks: half of them leave a wish, half look for a free slot every minute. The rules are the true ones.
/// </summary>
public class RefreshingProperties
{
    private const int Citizens = 5000;

    private static readonly WishWindow[][] Windows =
    [
        [], [], [],
        [new(Enum.GetValues<Weekday>()[..5], WallTime.At(8), WallTime.At(11))],
        [new([Weekday.Monday, Weekday.Thursday], WallTime.At(13), WallTime.At(18))],
        [new([Weekday.Tuesday], WallTime.At(8), WallTime.At(18)), new([Weekday.Friday], WallTime.At(8), WallTime.At(18))],
    ];

    /// <summary>Looks every minute, and takes the first slot that suits. Its wish is never registered: it only says what suits.</summary>
    private sealed record Refresher(Wish Suits, DateTimeOffset Since);

    private readonly Random _chance = new(14);
    private readonly List<double> _daysOfWishers = [], _daysOfRefreshers = [];
    private readonly List<Refresher> _refreshers = [];
    private readonly Dictionary<WishId, DateTimeOffset> _since = [];
    private readonly PriorityQueue<Action, (DateTimeOffset At, int Order)> _agenda = new();
    private readonly DateTimeOffset _begin = SmallOffice.Nine;
    private int _planned, _offers, _unfair;

    [Fact]
    public void Where_appointments_are_short_looking_every_minute_brings_none_earlier_than_a_wish()
    {
        var town = new WishTown(_begin, offices: 4, weeks: 11, new("passports", SmallOffice.Both("Ausweise", "Passports"),
            [new(SmallOffice.Passport, 20)],
            [
                new(Enum.GetValues<Weekday>()[..5], WallTime.At(8), WallTime.At(12), 1),
                new(Enum.GetValues<Weekday>()[..5], WallTime.At(13), WallTime.At(17), 1),
            ])
        {
            SlotMinutes = 20,
            Release = new([new(56, 40), new(7, 30), new(1, 20), new(0, 10)]),
        });
        town.Offering = (wish, slot) =>
        {
            _offers++;
            var number = wish.Offers.Count + 1;
            // Half of them read a mail within two hours, and nearly all within a day.
            Plan(town.Now.AddMinutes(15 * _chance.Next(1, _chance.Next(2) == 0 ? 8 : 24 * 4)), () => Answer(town, wish.Id, number));
            // Among wishes that the slot suits, the one that registered first gets it.
            _unfair += town.Wishes.All.Values.Count(other => other.Place < wish.Place && other.State is WishState.Waiting
                && other.Accepts(slot));
        };
        for (var n = 0; n < Citizens; n++)
        {
            var citizen = n;
            // By day, and to the half-hour: more moments show nothing else, and cost time.
            Plan(_begin.AddDays(_chance.Next(35)).AddMinutes(30 * _chance.Next(20)), () => Arrive(town, citizen));
        }

        Run(town, until: _begin.AddDays(49));
        var (wishing, refreshing) = (Median(_daysOfWishers, Citizens / 2), Median(_daysOfRefreshers, Citizens / 2));
        TestContext.Current.TestOutputHelper?.WriteLine($"{_daysOfWishers.Count} who wished, median {wishing:0.0} "
            + $"days; {_daysOfRefreshers.Count} who looked every minute, median {refreshing:0.0} days; {_offers} offers.");
        Assert.True(refreshing >= wishing, $"Looking every minute brings {refreshing:0.0} days instead of {wishing:0.0}.");
        Assert.Equal(0, _unfair);
        Assert.True(_daysOfWishers.Count > Citizens / 4, $"Only {_daysOfWishers.Count} wishes were fulfilled.");
    }

    private void Arrive(WishTown town, int n)
    {
        var wish = new Wish(new(new Guid(n, 0, 0, new byte[8])), WishTown.Passport, AppointmentKind.AtCounter, [],
            Windows[_chance.Next(Windows.Length)], town.Today, town.Today.AddDays(45), "de", $"contact {n}", "sealed", "hash",
            town.Now.AddHours(1), town.Now.AddDays(60));
        if (n % 2 == 0)
        {
            _refreshers.Add(new(wish, town.Now));
            return;
        }

        _since[wish.Id] = town.Now;
        Assert.Null(town.Do(new WishCommand.Register(wish)));
        Assert.Null(town.Do(new WishCommand.Confirm(wish.Id)));
    }

    private void Run(WishTown town, DateTimeOffset until)
    {
        while (town.Now < until)
        {
            while (_agenda.TryPeek(out var act, out var due) && due.At <= town.Now)
            {
                _agenda.Dequeue();
                act();
            }

            town.Match();
            Look(town);
            town.Now = Next(town);
        }
    }

    /// <summary>Six of ten accept, two decline, and two do not answer. An offer that has lapsed meanwhile is over.</summary>
    private void Answer(WishTown town, WishId id, int number)
    {
        var choice = _chance.Next(10);
        if (town.Wishes.Find(id)?.OpenOffer is not { } offer || offer.Number != number)
        {
            return;
        }

        if (choice < 6 && town.Now < offer.Until && town.Accept(offer) is null)
        {
            Booked(town, offer.Slot, (offer.From - _since[id]).TotalDays, _daysOfWishers);
        }
        else if (choice is 6 or 7)
        {
            town.Do(offer.Slot.Week, new CalendarCommand.GiveUp(offer.Slot.Id, town.Now.AddMinutes(_chance.Next(10, 61))));
        }
        else
        {
            Plan(offer.Until, () => { }); // It lapses.
        }
    }

    private void Look(WishTown town)
    {
        if (_refreshers.Count == 0)
        {
            return;
        }

        foreach (var slot in town.Free(Channel.Public))
        {
            var suited = _refreshers.Where(refresher => refresher.Suits.Accepts(slot)).ToArray();
            if (suited.Length > 0 && suited[_chance.Next(suited.Length)] is var fast && town.Weeks[slot.Week]
                .Fits(slot.From, slot.From.AddMinutes(slot.Minutes), Channel.Public, town.Now))
            {
                _refreshers.Remove(fast);
                Booked(town, town.Book(slot, Channel.Public, fast.Suits.Id.Value), (slot.From - fast.Since).TotalDays, _daysOfRefreshers);
            }
        }
    }

    /// <summary>One of five is cancelled, at any time before it begins.</summary>
    private void Booked(WishTown town, AppointmentRef booked, double days, List<double> found)
    {
        found.Add(days);
        if (_chance.Next(5) == 0)
        {
            var left = (town.Find(booked)!.From - town.Now).TotalMinutes;
            Plan(town.Now.AddMinutes(_chance.Next((int)(left / 15) + 1) * 15), () => town.Do(booked.Week,
                new CalendarCommand.Cancel(booked.Id, CancelledBy.Citizen, town.Now.AddMinutes(_chance.Next(10, 61)))));
        }
    }

    /// <summary>The next half-hour after anything can have changed: nobody sees anything new before, and nobody acts between.</summary>
    private DateTimeOffset Next(WishTown town)
    {
        const long step = TimeSpan.TicksPerMinute * 30;
        var next = town.NextChange() ?? DateTimeOffset.MaxValue;
        next = _agenda.TryPeek(out _, out var due) && due.At < next ? due.At : next;
        var after = Math.Max(next.UtcTicks - 1, town.Now.UtcTicks);
        return new(((after / step) + 1) * step, TimeSpan.Zero);
    }

    private void Plan(DateTimeOffset at, Action act) => _agenda.Enqueue(act, (at, _planned++));

    /// <summary>Those that got none count as the longest.</summary>
    private static double Median(List<double> days, int of) =>
        days.Order().Concat(Enumerable.Repeat(double.PositiveInfinity, of)).ElementAt(of / 2);
}

using Aufruf.Domain.Appointments;
using Aufruf.Domain.Offices;
using Aufruf.Tests.Running;

namespace Aufruf.Tests.Domain.Appointments;

/// <summary>The hub dies between any two commands of a round; then the next round finds what is open.</summary>
public class WishCrashTests
{
    [Fact]
    public void A_hub_that_dies_between_hold_and_offer_finds_the_hold_again()
    {
        var (town, wish) = (NewTown(), Id(1));
        Register(town, wish);
        town.Match(dies: () => true);
        Assert.Equal(WishState.Waiting, town.Wishes.Find(wish)!.State);
        var held = Assert.Single(Held(town));

        town.Match();
        Assert.Equal(held.Id, town.Wishes.Find(wish)!.OpenOffer!.Slot.Id);
        Assert.Single(Held(town));
    }

    [Fact]
    public void A_hub_that_dies_between_hold_and_offer_of_a_wish_that_is_stopped_gives_the_slot_back()
    {
        var (town, wish) = (NewTown(), Id(1));
        Register(town, wish);
        town.Match(dies: () => true);
        Assert.Null(town.Do(new WishCommand.End(wish, WishEnd.Stopped)));
        town.Match();
        Assert.Empty(Held(town));
    }

    [Theory, InlineData(1), InlineData(2), InlineData(3), InlineData(4)]
    public void However_often_it_dies_no_slot_is_lost_or_given_twice(int seed)
    {
        var (town, chance) = (NewTown(), new Random(seed));
        for (var n = 1; n <= 150; n++)
        {
            Register(town, Id(n));
            town.Now = town.Now.AddMinutes(chance.Next(120));
            foreach (var wish in town.Wishes.InOrder.ToArray())
            {
                if (wish.OpenOffer is { } open && chance.Next(8) == 0)
                {
                    _ = chance.Next(3) > 0 ? town.Accept(open)
                        : town.Do(open.Slot.Week, new CalendarCommand.GiveUp(open.Slot.Id, town.Now.AddMinutes(30)));
                }
            }

            town.Match(dies: () => chance.Next(3) == 0);
            Assert.All(town.Weeks.Values, week => Assert.Empty(week.Excess(town.Now)));
        }

        for (var quiet = 0; quiet < 4; quiet++)
        {
            town.Match();
        }

        var offers = town.Wishes.All.Values.Select(wish => wish.OpenOffer?.Slot.Id).OfType<AppointmentId>().Order(ById).ToArray();
        Assert.NotEmpty(offers);
        Assert.Equal(offers, Held(town).Select(held => held.Id).Order(ById));
        // Every booked one belongs to a wish that knows it, and no wish has two.
        var booked = town.Weeks.Values.SelectMany(week => week.Appointments.Values).Where(a => a.State is AppointmentState.Confirmed)
            .ToArray();
        Assert.NotEmpty(booked);
        Assert.Equal(booked.Length, booked.Select(a => a.Wish).Distinct().Count());
        Assert.All(booked, a => Assert.Equal(WishEnd.Fulfilled, town.Wishes.Find(a.Wish!.Value)!.End));
    }

    private static IComparer<AppointmentId> ById { get; } = Comparer<AppointmentId>.Create((a, b) => a.Value.CompareTo(b.Value));

    private static WishTown NewTown() => new(SmallOffice.Nine, offices: 2, weeks: 9, new("passports",
        SmallOffice.Both("Ausweise", "Passports"), [new(SmallOffice.Passport, 20)],
        [new(Enum.GetValues<Weekday>()[..5], WallTime.At(10), WallTime.At(11), 1)])
    { SlotMinutes = 20 });

    private static IEnumerable<Appointment> Held(WishTown town) => town.Weeks.Values
        .SelectMany(week => week.Appointments.Values).Where(a => a.State is AppointmentState.Held);

    private static void Register(WishTown town, WishId id)
    {
        Assert.Null(town.Do(new WishCommand.Register(new(id, WishTown.Passport, AppointmentKind.AtCounter, [], [], town.Today,
            town.Today.AddDays(60), "de", $"contact {id}", "sealed", "hash", town.Now.AddHours(1), town.Now.AddDays(67)))));
        Assert.Null(town.Do(new WishCommand.Confirm(id)));
    }

    private static WishId Id(int n) => new(new Guid(n, 0, 0, new byte[8]));
}

using Aufruf.Domain;
using Aufruf.Domain.Appointments;
using Aufruf.Domain.Offices;
using Aufruf.Tests.Running;

namespace Aufruf.Tests.Domain.Appointments;

/// <summary>A citizen leaves a wish, and the office looks for a slot.</summary>
public class WishTests
{
    // Monday, 9:00 in Berlin. One counter gives six appointments a day, from 10:00 to 12:00, all released.
    private static readonly Calendar Mornings = new("passports", SmallOffice.Both("Ausweise", "Passports"),
        [new(SmallOffice.Passport, 20)], [new(Enum.GetValues<Weekday>()[..5], WallTime.At(10), WallTime.At(12), 1)])
    { SlotMinutes = 20 };

    private readonly WishTown _town = new(SmallOffice.Nine, offices: 1, weeks: 3, Mornings);

    [Fact]
    public void The_earliest_slot_that_suits_is_offered_and_held_and_accepting_books_it()
    {
        var wish = Wait(1, w => w with { Windows = [new([Weekday.Wednesday], WallTime.At(11), WallTime.At(12))] });
        _town.Match();
        var offer = OfferOf(wish);
        Assert.Equal(new DateTimeOffset(2026, 11, 25, 10, 0, 0, TimeSpan.Zero), offer.From);
        Assert.Equal(SmallOffice.Nine.AddDays(2), offer.Until);
        Assert.DoesNotContain(_town.Free(Channel.Public), slot => slot.From == offer.From);

        Assert.Null(_town.Accept(offer));
        _town.Match();
        Assert.Equal((WishState.Ended, WishEnd.Fulfilled), (Find(wish).State, Find(wish).End));
        Assert.Equal(AppointmentState.Confirmed, _town.Find(offer.Slot)!.State);
    }

    [Fact]
    public void Of_two_who_want_the_same_slot_the_one_who_registered_first_has_it()
    {
        TakeAllBut(new DateTimeOffset(2026, 11, 26, 9, 0, 0, TimeSpan.Zero));
        var (second, first) = (Registered(2, contact: "b"), Registered(1, contact: "a"));
        Assert.Null(_town.Do(new WishCommand.Confirm(second)));
        Assert.Null(_town.Do(new WishCommand.Confirm(first)));
        _town.Match();
        Assert.Equal((WishState.Offered, WishState.Waiting), (Find(second).State, Find(first).State)); // 2 came before 1.
    }

    [Fact]
    public void A_declined_offer_goes_to_the_next_wish_before_the_public_sees_it_and_does_not_come_again()
    {
        TakeAllBut(new DateTimeOffset(2026, 11, 26, 9, 0, 0, TimeSpan.Zero));
        var (first, second) = (Wait(1, contact: "a"), Wait(2, contact: "b"));
        _town.Match();
        var offer = OfferOf(first);
        _town.Do(offer.Slot.Week, new CalendarCommand.GiveUp(offer.Slot.Id, _town.Now.AddMinutes(30)));
        Assert.Null(_town.Do(new WishCommand.CloseOffer(first, 1, OfferState.Declined)));
        Assert.Empty(_town.Free(Channel.Public));
        _town.Match();
        Assert.Equal((WishState.Waiting, offer.From), (Find(first).State, OfferOf(second).From));
        Assert.Equal(Refusal.OfferOver, _town.Do(new WishCommand.CloseOffer(first, 1, OfferState.Accepted)));
    }

    [Fact]
    public void An_offer_that_nobody_answers_lapses_and_after_three_the_wish_ends()
    {
        var wish = Wait(1, w => w with { NotBefore = new(2026, 11, 30) });
        for (var offers = 1; offers <= 3; offers++)
        {
            _town.Match();
            Assert.Equal(offers, OfferOf(wish).Number);
            Assert.Equal(_town.Now.AddDays(2), OfferOf(wish).Until);
            _town.Now = OfferOf(wish).Until;
            _town.Match(); // The hold is given up ...
            _town.Match(); // ... and the offer is over.
        }

        Assert.Equal((WishState.Ended, WishEnd.OffersOver), (Find(wish).State, Find(wish).End));
        Assert.Equal(3, Find(wish).Offers.Select(offer => offer.From).Distinct().Count());
        Assert.DoesNotContain(_town.Weeks.Values.SelectMany(week => week.Appointments.Values), a => a.IsLive(_town.Now));
    }

    [Fact]
    public void Nobody_is_offered_a_slot_that_begins_before_a_mail_is_read()
    {
        Assert.Null(WishOffer.UntilOf(SmallOffice.Nine, SmallOffice.Nine.AddHours(4), leadMinutes: 30));
        Assert.Equal(SmallOffice.Nine.AddHours(5), WishOffer.UntilOf(SmallOffice.Nine, SmallOffice.Nine.AddHours(5.5), leadMinutes: 30));
        Assert.Equal(SmallOffice.Nine.AddDays(2), WishOffer.UntilOf(SmallOffice.Nine, SmallOffice.Nine.AddDays(9), leadMinutes: 30));
    }

    [Fact]
    public void A_wish_for_an_earlier_time_is_offered_earlier_slots_only_and_ends_with_its_appointment()
    {
        var booked = _town.Book(_town.Free(Channel.Public).First(slot => slot.From.Day == 27), Channel.Public, Guid.NewGuid());
        TakeAllBut(new DateTimeOffset(2026, 11, 30, 9, 0, 0, TimeSpan.Zero));
        var wish = Wait(1, w => w with { Improves = booked });
        _town.Match();
        Assert.Equal(WishState.Waiting, Find(wish).State);

        _town.Do(booked.Week, new CalendarCommand.Cancel(_town.Weeks[booked.Week].Appointments.Values.First(a => a.From.Day == 26).Id,
            CancelledBy.Citizen, _town.Now.AddMinutes(20)));
        _town.Match();
        Assert.Equal(26, OfferOf(wish).From.Day);
        Assert.Equal(booked, _town.Find(OfferOf(wish).Slot)!.Replaces);

        _town.Do(OfferOf(wish).Slot.Week, new CalendarCommand.GiveUp(OfferOf(wish).Slot.Id));
        _town.Do(booked.Week, new CalendarCommand.Cancel(booked.Id, CancelledBy.Citizen, _town.Now));
        _town.Match();
        _town.Match();
        Assert.Equal(WishEnd.Overtaken, Find(wish).End);
    }

    [Fact]
    public void A_second_wish_for_the_same_services_is_refused_and_so_is_a_fourth_of_one_contact()
    {
        Wait(1);
        Assert.Equal(Refusal.WishExists, Register(2));
        Assert.Null(Register(2, contact: "another"));
        Assert.Null(Register(3, w => w with { Services = [new(SmallOffice.Residence)] }));
        Assert.Null(Register(4, w => w with { Services = [new(SmallOffice.Collection)] }));
        Assert.Equal(Refusal.TooManyWishes, Register(5, w => w with { Services = [new(SmallOffice.Passport, 2)] }));
        Assert.Equal(Refusal.NothingToWish, Register(6, w => w with { Services = [] }));
        Assert.Equal(Refusal.NothingToWish, Register(6, w => w with { NotAfter = w.NotBefore.AddDays(-1) }));
    }

    [Fact]
    public void An_unconfirmed_wish_gets_nothing_and_ends_after_an_hour()
    {
        var wish = Registered(1);
        _town.Match();
        Assert.Equal(WishState.Registered, Find(wish).State);
        _town.Now = _town.Now.AddHours(1);
        Assert.Equal(Refusal.WishGone, _town.Do(new WishCommand.Confirm(wish)));
        _town.Match();
        Assert.Equal(WishEnd.Unconfirmed, Find(wish).End);
    }

    [Fact]
    public void A_stopped_wish_gives_its_slot_back_and_is_forgotten_when_its_data_are_destroyed()
    {
        var wish = Wait(1);
        _town.Match();
        var offer = OfferOf(wish);
        Assert.Null(_town.Do(new WishCommand.End(wish, WishEnd.Stopped)));
        _town.Match();
        Assert.Null(_town.Find(offer.Slot));
        Assert.Equal(Refusal.WishGone, _town.Do(new WishCommand.Confirm(wish)));
        _town.Now = Find(wish).KeptUntil;
        Wait(2, contact: "b");
        Assert.Null(_town.Wishes.Find(wish));
    }

    [Fact]
    public void A_wish_whose_last_day_has_passed_ends()
    {
        var wish = Wait(1, w => w with { NotBefore = SmallOffice.Day, NotAfter = SmallOffice.Day, Offices = ["elsewhere"] });
        _town.Match();
        Assert.Equal(WishState.Waiting, Find(wish).State);
        _town.Now = _town.Now.AddDays(1);
        _town.Match();
        Assert.Equal(WishEnd.NothingFound, Find(wish).End);
    }

    private Wish Find(WishId wish) => _town.Wishes.Find(wish)!;

    private WishOffer OfferOf(WishId wish) => Find(wish).OpenOffer!;

    private void TakeAllBut(DateTimeOffset free)
    {
        foreach (var slot in _town.Free(Channel.Staff).Where(slot => slot.From != free))
        {
            _town.Book(slot, Channel.Public, Guid.NewGuid());
        }
    }

    private WishId Wait(int n, Func<Wish, Wish>? differs = null, string contact = "anna")
    {
        var wish = Registered(n, differs, contact);
        Assert.Null(_town.Do(new WishCommand.Confirm(wish)));
        return wish;
    }

    private WishId Registered(int n, Func<Wish, Wish>? differs = null, string contact = "anna")
    {
        Assert.Null(Register(n, differs, contact));
        return Id(n);
    }

    private Refusal? Register(int n, Func<Wish, Wish>? differs = null, string contact = "anna")
    {
        var wish = new Wish(Id(n), WishTown.Passport, AppointmentKind.AtCounter, [], [], SmallOffice.Day, SmallOffice.Day.AddDays(60), "de",
            contact, "sealed", "hash", _town.Now.AddHours(1), _town.Now.AddDays(67));
        return _town.Do(new WishCommand.Register(differs is null ? wish : differs(wish)));
    }

    private static WishId Id(int n) => new(new Guid(n, 0, 0, new byte[8]));
}

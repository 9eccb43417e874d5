using System.Collections.Immutable;
using Aufruf.Domain;
using Aufruf.Domain.Deadlines;
using Aufruf.Tests.Running;
using static Aufruf.Domain.Deadlines.WheelCommand;
using static Aufruf.Domain.Deadlines.WheelEvent;

namespace Aufruf.Tests.Domain;

/// <summary>The deadlines of one authority and day: set, moved, cancelled, met.</summary>
public class WheelTests
{
    private static readonly DateTimeOffset Now = SmallOffice.Nine;
    private static readonly Deadline AtTen = new("hold", "booking-1", Now.AddHours(1));
    private static readonly Deadline AtEleven = AtTen with { DueAt = Now.AddHours(2) };

    private static Wheel After(params WheelEvent[] past) => past.Aggregate(Wheel.Empty, (wheel, happened) => wheel.Apply(happened));

    [Fact]
    public void A_deadline_that_is_set_twice_stands_once_and_another_time_moves_it()
    {
        Assert.Equal([new DeadlineSet(AtTen, Now)], Wheel.Empty.Decide(new SetDeadline(AtTen), Now).Events);
        Assert.Empty(After(new DeadlineSet(AtTen, Now)).Decide(new SetDeadline(AtTen), Now).Events);
        Assert.Equal([AtEleven], After(new DeadlineSet(AtTen, Now), new DeadlineSet(AtEleven, Now)).InOrder);
    }

    [Fact]
    public void A_cancelled_or_met_deadline_is_not_open_and_may_be_reported_again()
    {
        foreach (var wheel in (Wheel[])[After(new DeadlineSet(AtTen, Now), new DeadlineCancelled(AtTen.Id, Now)),
            After(new DeadlineSet(AtTen, Now), new DeadlineMet(AtTen.Id, Now))])
        {
            Assert.Empty(wheel.Open);
            Assert.Empty(wheel.Decide(new CancelDeadline(AtTen.Id), Now).Events);
            Assert.Empty(wheel.Decide(new ReportMet(AtTen), Now).Events);
        }
    }

    [Fact]
    public void A_report_about_a_time_that_was_moved_does_not_end_the_new_one() =>
        Assert.Empty(After(new DeadlineSet(AtTen, Now), new DeadlineSet(AtEleven, Now)).Decide(new ReportMet(AtTen), Now).Events);

    [Fact]
    public void Deadlines_come_in_the_order_of_their_times_and_those_of_one_moment_in_a_fixed_order()
    {
        Deadline[] all = [.. from minute in (int[])[30, 10, 20] from name in (string[])["b", "a"]
            select new Deadline("hold", name + minute, Now.AddMinutes(minute))];
        Assert.Equal(["a10", "b10", "a20", "b20", "a30", "b30"],
            After([.. all.Select(d => new DeadlineSet(d, Now))]).InOrder.Select(d => d.About));
    }

    [Fact]
    public void A_full_wheel_refuses_a_new_deadline_and_still_moves_an_old_one()
    {
        var full = new Wheel(Enumerable.Range(0, Wheel.MostDeadlines).Select(n => new Deadline("hold", $"{n}", Now))
            .ToImmutableDictionary(d => d.Id));
        Assert.Equal(Refusal.WheelFull, full.Decide(new SetDeadline(AtTen), Now).Refusal);
        Assert.Single(full.Decide(new SetDeadline(new("hold", "7", Now.AddHours(1))), Now).Events);
    }

    [Fact]
    public void A_wheel_bears_the_day_of_its_deadlines_in_UTC() => Assert.Equal("deadlines/alsdorf.2026-11-28",
        Wheel.StreamOf("alsdorf", new(2026, 11, 29, 0, 30, 0, TimeSpan.FromHours(1))));
}

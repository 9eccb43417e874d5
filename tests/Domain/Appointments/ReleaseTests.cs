using Aufruf.Domain.Appointments;
using Aufruf.Domain.Offices;
using CsCheck;
using static Aufruf.Tests.Domain.Appointments.CalendarOf;
using static Aufruf.Tests.Domain.HoursOf;

namespace Aufruf.Tests.Domain.Appointments;

/// <summary>The public books in shares, so nobody must be awake at one fixed hour.</summary>
public class ReleaseTests
{
    private static readonly ReleasePlan Four = new([new(56, 40), new(7, 30), new(1, 20), new(0, 10)]);
    private static readonly DateOnly Monday = new(2026, 11, 23);

    private static CalendarWeek WeekOf(Calendar calendar) => CalendarWeek.Empty.Apply(new CalendarEvent.WeekPlanned(1,
        Office().PiecesOf(calendar, Monday), calendar.Release.WishesFirstMinutes, Utc("2026-01-01T00:00Z")));

    [Fact]
    public void The_shares_of_a_day_are_released_one_after_the_other()
    {
        var released = Office().PiecesOn(Calendar(CalendarOf.Daily("08:00-18:00")) with { Release = Four }, Monday)
            .GroupBy(p => p.ReleasedAt).OrderBy(g => g.Key).Select(g => $"{g.Key:yyyy-MM-dd HH:mm}: {g.Count()}");
        // 7:00 at the office; in September it is 5:00 UTC.
        Assert.Equal(["2026-09-28 05:00: 4", "2026-11-16 06:00: 3", "2026-11-22 06:00: 2", "2026-11-23 06:00: 1"], released);
    }

    [Fact]
    public void Two_days_do_not_release_the_same_hours_and_a_second_look_finds_the_same()
    {
        var calendar = Calendar(CalendarOf.Daily("08:00-18:00")) with { Release = Four };
        string Early(DateOnly day) => string.Join(' ', Office().PiecesOn(calendar, day)
            .OrderBy(p => p.ReleasedAt).ThenBy(p => p.From).Take(4).Select(p => p.From.Hour));
        Assert.True(Enumerable.Range(0, 7).Select(Monday.AddDays).Select(Early).Distinct().Count() > 3);
        Assert.Equal(Office().PiecesOf(calendar, Monday), Office().PiecesOf(calendar, Monday));
    }

    [Fact]
    public void Standing_wishes_are_served_before_the_public()
    {
        var (week, released) = (WeekOf(Calendar(CalendarOf.Daily("08:00-09:00"))), Utc("2026-09-28T05:00Z"));
        var from = Utc("2026-11-23T07:00Z");
        int Free(Channel channel, int minutes) => week.Free(from, from.AddMinutes(60), channel, released.AddMinutes(minutes)).Min();
        Assert.Equal([0, 0, 1], [Free(Channel.Wish, -1), Free(Channel.Public, -1), Free(Channel.Staff, -1)]);
        Assert.Equal([1, 0], [Free(Channel.Wish, 0), Free(Channel.Public, 14)]);
        Assert.Equal(1, Free(Channel.Public, 15));
        Assert.Equal(released.AddMinutes(15), week.NextChange(Channel.Public, released));
    }

    [Fact]
    public void A_staff_share_that_is_not_used_goes_to_the_public_by_itself()
    {
        var week = WeekOf(Calendar(CalendarOf.Daily("08:00-09:00", counters: 2, online: 0)));
        var from = Utc("2026-11-23T07:00Z");
        int Free(int minutes) =>
            week.Free(from, from.AddMinutes(10), Channel.Public, from.AddDays(-1).AddMinutes(minutes)).Min();
        Assert.Equal((0, 2), (Free(14), Free(15)));
    }

    [Fact]
    public void The_next_release_is_known_until_all_is_released()
    {
        var week = WeekOf(Calendar(CalendarOf.Daily("08:00-18:00")) with { Release = Four });
        var (from, to) = (Utc("2026-11-23T07:00Z"), Utc("2026-11-23T17:00Z"));
        string Next(string now) => $"{week.NextRelease(from, to, Utc(now)):MM-dd HH:mm}";
        Assert.Equal(["09-28 05:15", "11-16 06:15", "11-16 06:15", "11-23 06:15", ""],
            ((string[])["2026-09-01T00:00Z", "2026-09-28T05:15Z", "2026-11-16T06:14Z", "2026-11-22T06:15Z", "2026-11-23T06:15Z"])
                .Select(Next));
    }

    [Fact]
    public void A_share_that_would_be_released_too_late_is_released_earlier()
    {
        var calendar = Calendar(CalendarOf.Daily("06:00-08:00", counters: 1)) with { Release = new([new(0, 100)]) { StaffShareHours = 0 } };
        // At seven the first hour would be over.
        Assert.Equal(["04:15", "05:15"], Office().PiecesOn(calendar, Monday).OrderBy(p => p.From).Select(p => $"{p.ReleasedAt:HH:mm}"));
        Assert.Equal("06:15", $"{Office().PiecesOn(Calendar(CalendarOf.Daily("08:00-09:00", 1, 0)) with
        {
            Release = calendar.Release,
        }, Monday).Single().ReleasedAt:HH:mm}");
    }

    [Fact]
    public void Shares_add_up_to_the_whole_and_no_slot_is_lost()
    {
        var spans = Gen.Select(Gen.Int[0, 287], Gen.Int[0, 287], Gen.Int[1, 4], Gen.Int[0, 4]).Where(t => t.Item1 != t.Item2)
            .Select(t => (From: new WallTime(5 * Math.Min(t.Item1, t.Item2)), To: new WallTime(5 * Math.Max(t.Item1, t.Item2)),
                Counters: t.Item3, Online: Math.Min(t.Item3, t.Item4)))
            .Select(t => CalendarOf.Daily($"{t.From}-{t.To}", t.Counters, t.Online));
        var steps = Gen.Int[1, 99].Array[0, 4].Select(cuts => (int[])[0, .. cuts.Distinct().Order(), 100]).Select(cuts =>
            cuts.Zip(cuts.Skip(1)).Select((cut, i) => new ReleaseStep(60 - (12 * i), cut.Second - cut.First)).ToArray());
        Gen.Select(spans.Array[1, 3], steps, Gen.Int[4, 24], Gen.Int[0, 400]).Sample((series, release, piece, days) =>
        {
            var day = Monday.AddDays(days);
            var plan = new ReleasePlan(release) { PieceMinutes = 5 * piece, At = WallTime.DayBegins };
            var calendar = Calendar(series) with { Release = plan };
            var pieces = Office().PiecesOn(calendar, day);
            var length = Office().Instant(day, WallTime.DayEnds) - Office().Instant(day, WallTime.DayBegins);
            if (length == TimeSpan.FromDays(1))
            {
                Assert.Equal(series.Sum(s => (s.To.Minutes - s.From.Minutes) * s.Counters), pieces.Sum(p => (p.To - p.From).TotalMinutes));
                var publicly = calendar with { Series = [.. series.Select(s => s with { Counters = s.Online ?? s.Counters })] };
                var online = Office().PiecesOn(publicly, day);
                var (whole, sum) = (online.Sum(p => (p.To - p.From).TotalMinutes), 0);
                foreach (var step in release)
                {
                    sum += step.Percent;
                    var at = Office().Instant(day.AddDays(-step.DaysAhead), plan.At);
                    var given = online.Where(p => p.ReleasedAt <= at).Sum(p => (p.To - p.From).TotalMinutes);
                    Assert.True(Math.Abs(given - (whole * sum / 100)) <= plan.PieceMinutes, $"{day} {step}: {given} of {whole}");
                }
            }

            // When it begins, the public may book all of it.
            var week = CalendarWeek.Empty.Apply(new CalendarEvent.WeekPlanned(1, pieces, plan.WishesFirstMinutes, default));
            Assert.All(pieces, p => Assert.Equal(
                week.Free(p.From, p.To, Channel.Staff, p.From), week.Free(p.From, p.To, Channel.Public, p.From)));
            Assert.All(pieces, p => Assert.True(p.ReleasedAt < p.From));
        }, iter: 100);
    }
}

using Aufruf.Domain.Offices;
using CsCheck;

namespace Aufruf.Tests.Domain;

/// <summary>Properties of every day of every office.</summary>
public class HoursProperties
{
    private static readonly DateOnly[] SpecialDays = [new(2026, 3, 29), new(2026, 10, 25), new(2027, 3, 28), new(2027, 10, 31),
        new(2028, 2, 29), new(2026, 12, 31)];

    // Lord Howe moves its clocks by half an hour only, Havana at midnight.
    private static readonly string[] Zones = ["Europe/Berlin", "America/Havana", "Australia/Lord_Howe", "Asia/Kathmandu"];

    private static readonly Gen<HoursSpan> Spans =
        Gen.Select(Gen.Int[0, 1440], Gen.Int[0, 1440]).Where(t => t.Item1 != t.Item2)
            .Select(t => new HoursSpan(new(Math.Min(t.Item1, t.Item2)), new(Math.Max(t.Item1, t.Item2))));

    private static readonly Gen<DateOnly> Days = Gen.OneOf(
        Gen.Int[0, 1500].Select(d => new DateOnly(2026, 1, 1).AddDays(d)),
        Gen.Int[0, SpecialDays.Length - 1].Select(i => SpecialDays[i]));

    private static readonly Gen<HoursSeries> Series = Gen.Select(Spans, Gen.Int[1, 127], Gen.Int[1, 4], Gen.Int[0, 63], Days)
        .Select(t => new HoursSeries(
        [.. Enum.GetValues<Weekday>().Where(day => (t.Item2 >> (int)day & 1) == 1)], t.Item1.From, t.Item1.To)
        {
            EveryWeeks = t.Item3,
            OfMonth = t.Item4 < 32 ? [] : [.. Enum.GetValues<WeekOfMonth>().Where(week => (t.Item4 >> (int)week & 1) == 1)],
            Since = t.Item3 > 1 ? t.Item5 : null,
        });

    internal static readonly Gen<Office> Offices = Gen.Select(
        Series.Array[0, 6], Gen.Select(Days, Gen.Int[0, 10], Spans.Array[0, 3])
            .Select(t => new HoursException(t.Item1, t.Item1.AddDays(t.Item2), t.Item3)).Array[0, 4],
        Gen.Int[0, Zones.Length - 1].Select(i => Zones[i]))
        .Select(t => HoursOf.Office(new OpeningHours(t.Item1, t.Item2)) with { TimeZone = t.Item3 });

    [Fact]
    public void The_hours_of_a_day_lie_within_it_and_never_overlap() => Gen.Select(Offices, Days).Sample(t =>
    {
        var (office, day) = t;
        var (begins, ends) = (office.Instant(day, WallTime.DayBegins), office.Instant(day, WallTime.DayEnds));
        var at = begins;
        foreach (var span in office.OpenOn(day))
        {
            Assert.True(at <= span.From && span.From < span.To && span.To <= ends, $"{day}: {span}");
            Assert.Equal((day, day), (office.Day(span.From), office.Day(span.To.AddTicks(-1))));
            at = span.To;
        }
    }, iter: 3000);

    [Fact]
    public void A_day_is_open_as_long_as_its_door_says_but_for_the_change_of_the_clock() => Gen.Select(Offices, Days).Sample(t =>
    {
        var (office, day) = t;
        var said = TimeSpan.FromMinutes(office.Hours!.On(day).Sum(span => span.To.Minutes - span.From.Minutes));
        var change = office.Instant(day, WallTime.DayEnds) - office.Instant(day, WallTime.DayBegins) - TimeSpan.FromDays(1);
        var open = office.OpenOn(day).Aggregate(TimeSpan.Zero, (sum, span) => sum + (span.To - span.From));
        Assert.InRange(open - said, change < TimeSpan.Zero ? change : TimeSpan.Zero, change > TimeSpan.Zero ? change : TimeSpan.Zero);
    }, iter: 3000);

    [Fact]
    public void What_is_open_is_open_from_every_side() => Gen.Select(Offices, Days, Gen.Int[0, 1439], Gen.Int[0, 90])
        .Sample((office, day, minute, last) =>
    {
        var instant = office.Instant(day, new(minute));
        var open = office.IsOpenAt(instant);
        Assert.Equal(open, office.OpenOn(office.Day(instant)).Any(span => span.From <= instant && instant < span.To));
        Assert.True(!open || office.ClosesAt(instant) > instant);
        Assert.True(open || !office.TakesTicketsAt(instant, last));
        Assert.True(!open || !office.TakesTicketsAt(instant, last) || office.ClosesAt(instant) > instant.AddMinutes(last));
        if (!open && office.NextOpening(instant, TimeSpan.FromDays(40)) is { } opens)
        {
            Assert.True(office.IsOpenAt(opens) && !office.IsOpenAt(opens.AddTicks(-1)) && opens > instant);
        }
    }, iter: 2000);
}

using Aufruf.Domain;
using Aufruf.Domain.Forecasts;
using Aufruf.Domain.Offices;
using Aufruf.Domain.Queues.Policies;
using CsCheck;
using static Aufruf.Tests.Domain.Forecasts.SmallHall;

namespace Aufruf.Tests.Domain.Forecasts;

/// <summary>Halls nobody planned: any counters, pauses, people and policies.</summary>
public class GeneratedHallTests
{
    private static readonly ServiceId[] Services = [Passport, Certificate];

    private static readonly Gen<CounterNow> Counters = Gen.Select(Gen.Int[0, 3], Gen.Int[0, 4], Gen.Int[-30, 90], Gen.Int[0, 1]).Select((groups, doing, minutes, service) =>
    {
        var counter = new CounterNow(new("x"), groups switch
        {
            0 => [[Passport]],
            1 => [[Certificate]],
            2 => [[Passport, Certificate]],
            _ => [[Certificate], [Passport]],
        });
        return doing switch
        {
            0 => counter,
            1 => counter with { Absences = [new(Ten.AddMinutes(-10), null)] },
            2 => counter with { Absences = [new(Ten.AddMinutes(minutes), Ten.AddMinutes(minutes + 30))] },
            _ => counter with { Visit = new(Ticket(900), Services[service], Ten.AddMinutes(-Math.Abs(minutes))) },
        };
    });

    private static readonly Gen<(int Service, int Class, int Since, int Held)> People = Gen.Select(Gen.Int[0, 1], Gen.Int[0, 4], Gen.Int[-15, 60], Gen.Int[0, 9]);

    private static readonly Gen<Situation> Halls = Gen.Select(Counters.Array[0, 5], People.Array[0, 40], Gen.Int[0, 2], Gen.Int[0, 8], Gen.Bool).Select((counters, people, policy, expected, closes) =>
        new Situation(
            Ten,
            AreaRules.Default with { Policy = (PolicyKind)policy },
            counters.Select((c, i) => c with { Id = new($"{i}") }).ToArray(),
            people.Select((p, i) => Waits(i + 1, Services[p.Service], p.Since, (WaitingClass)p.Class) with
            {
                NotBefore = p.Held == 0 ? Ten.AddMinutes(10) : null,
                NotBeforeCalls = p.Held == 1 ? 2 : 0,
                ForCounter = p.Held == 2 ? new("0") : null,
            }).ToArray())
        {
            Expected = Enumerable.Range(0, expected).Select(i => new ExpectedAppointment(new Guid(i, 1, 1, new byte[8]), Services[i % 2], Ten.AddMinutes((7 * i) - 10))).ToArray(),
            ClosesAt = closes ? Ten.AddHours(2) : null,
        });

    [Fact]
    public void Everybody_gets_an_ordered_range_or_a_reason() => Halls.Sample(hall =>
    {
        var forecast = hall.Forecast();
        Assert.Equal(hall.Waiting.Count, forecast.Tickets.Count);
        Assert.All(forecast.Tickets.Values.Concat(forecast.NewTickets.Values), one =>
        {
            Assert.True(one.Range is null ^ one.Unknown is null);
            Assert.True(one.Range is null or { P10: >= 0 } && (one.Range is null || (one.Range.P10 <= one.Range.P50 && one.Range.P50 <= one.Range.P90 && double.IsFinite(one.Range.P90))));
        });
    }, iter: 150);

    [Fact]
    public void The_order_in_which_a_hall_is_described_does_not_matter() => Halls.Sample(hall =>
    {
        var turned = hall with { Waiting = [.. hall.Waiting.Reverse()], Expected = [.. hall.Expected.Reverse()] };
        Assert.All(hall.Forecast().Tickets, one => Assert.Equal(one.Value, turned.Forecast().Tickets[one.Key]));
    }, iter: 100);

    [Fact]
    public void Of_equals_who_came_first_is_expected_first() => Halls.Sample(hall =>
    {
        var forecast = hall.Forecast();
        var free = hall.Waiting.Where(w => w is { NotBefore: null, NotBeforeCalls: 0, ForCounter: null });
        foreach (var equals in free.GroupBy(w => (w.Candidate.Service, w.Candidate.Class)))
        {
            var waits = equals.OrderBy(w => w.Candidate).Select(w => forecast.Tickets[w.Candidate.Ticket].Range?.P50 ?? double.PositiveInfinity).ToArray();
            Assert.Equal(waits.Order(), waits);
        }
    }, iter: 100);

    [Fact]
    public void Who_is_called_first_by_the_true_policy_is_expected_first() => Gen.Select(People.Array[1, 20], Gen.Int[0, 2]).Sample((people, policy) =>
    {
        var rules = AreaRules.Default with { Policy = (PolicyKind)policy };
        var waiting = people.Select((p, i) => Waits(i + 1, Services[p.Service], Math.Abs(p.Since) + 1, (WaitingClass)p.Class)).ToArray();
        var forecast = new Situation(Ten, rules, [Counter("1", Services)], waiting).Forecast(Exactly(10, 5));
        var (called, first) = forecast.Tickets.MinBy(t => t.Value.Range?.P50);
        // Priorities grow while the counter is being freed: of two whose order changes in those moments, either may be called.
        double[] moments = first.Range is { } range ? [range.P10, range.P50, range.P90] : [0];
        Assert.Contains(called, moments.Select(minutes => rules.Next(waiting.Select(w => w.Candidate).ToArray(), Ten.AddMinutes(minutes)).Ticket));
    }, iter: 100);
}

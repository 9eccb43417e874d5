using Aufruf.Domain;
using Aufruf.Domain.Forecasts;
using Aufruf.Domain.Offices;
using Aufruf.Domain.Queues.Policies;

namespace Aufruf.Tests.Domain.Forecasts;

/// <summary>A morning at ten: passports take ten minutes, certificates five.</summary>
internal static class SmallHall
{
    public const ulong Seed = 1;

    public static readonly DateTimeOffset Ten = new(2026, 11, 23, 10, 0, 0, TimeSpan.FromHours(1));
    public static readonly ServiceId Passport = new("passport");
    public static readonly ServiceId Certificate = new("certificate");

    public static ServiceTimes DayOne { get; } = ServiceTimes.Of(
    [
        new Service(Passport, 'A', new Texts { ["de"] = "Pass" }, 10),
        new Service(Certificate, 'C', new Texts { ["de"] = "Bescheinigung" }, 5),
    ]);

    /// <summary>Times that never vary, so that a forecast can be worked out by hand.</summary>
    public static ServiceTimes Exactly(double passport, double certificate) => DayOne with
    {
        Services = new Dictionary<ServiceId, ServiceTime>
        {
            [Passport] = ServiceTime.Unseen(10) with { Times = Spread.Guess(passport, 0.01, 1) },
            [Certificate] = ServiceTime.Unseen(5) with { Times = Spread.Guess(certificate, 0.01, 1) },
        },
        Gap = Spread.Guess(0.02, 0.01, 1),
        Pace = new Pace(0, 0),
    };

    public static AreaRules Fifo { get; } = AreaRules.Default with { Policy = PolicyKind.Fifo };

    public static Situation Hall(params CounterNow[] counters) => new(Ten, Fifo, counters, []);

    public static CounterNow Counter(string id, params ServiceId[] services) => new(new(id), [services]);

    public static CounterNow Serving(this CounterNow counter, ServiceId service, double sinceMinutes) =>
        counter with { Visit = new(Ticket(1000 + counter.Id.Value[0]), service, Ten.AddMinutes(-sinceMinutes)) };

    public static CounterNow Away(this CounterNow counter, double? minutes) =>
        counter with { Absences = [new(Ten.AddMinutes(-5), minutes is { } known ? Ten.AddMinutes(known) : null)] };

    /// <summary>So many wait for a service; the first has waited as many minutes as there are people, the last one minute.</summary>
    public static Situation With(this Situation hall, int people, ServiceId service, WaitingClass of = WaitingClass.WalkIn)
    {
        var first = hall.Waiting.Count + 1;
        return hall with
        {
            Waiting = [.. hall.Waiting, .. Enumerable.Range(0, people).Select(i => Waits(first + i, service, people - i, of))]
        };
    }

    public static WaitingNow Waits(int number, ServiceId service, double sinceMinutes, WaitingClass of = WaitingClass.WalkIn) =>
        new(new Candidate(Ticket(number), service, of, Ten.AddMinutes(-sinceMinutes), number));

    public static TicketId Ticket(int number) => new(new Guid(number, 0, 0, [0, 0, 0, 0, 0, 0, 0, 1]));

    public static Forecast Forecast(this Situation hall, ServiceTimes? times = null) =>
        Aufruf.Domain.Forecasts.Forecast.Of(hall, times ?? DayOne, Seed);

    public static WaitRange Range(this Forecast forecast, int number) => forecast.Tickets[Ticket(number)].Range
        ?? throw new InvalidOperationException("unknown");
}

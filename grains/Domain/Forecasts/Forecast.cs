using System.Buffers;
using System.Numerics;

namespace Aufruf.Domain.Forecasts;

/// <summary>How long everybody still waits, and how long somebody would who took a ticket now.</summary>
/// <remarks>
/// A forward simulation of the rest of the day with the true policy. Pure: the same situation, experience and seed give the same forecast.
/// Raw as simulated; <see cref="Calibration.Adjust"/> makes of it what may be promised.
/// </remarks>
public sealed class Forecast
{
    private const int MostReplications = 256;
    private const int FewestReplications = 32;
    private const int Visits = 2048; // Simulated calls that one forecast may cost: about a millisecond.

    private readonly Dictionary<ServiceId, WaitForecast> _new = [];
    private readonly Dictionary<ServiceId, float[]> _ends = [];
    private readonly Dictionary<TicketId, WaitForecast> _tickets = [];
    private readonly DateTimeOffset _now;

    private Forecast(Situation situation, ServiceTimes times, ulong seed)
    {
        _now = situation.Now;
        if (times.Services.Count == 0)
        {
            _tickets = situation.Waiting.ToDictionary(w => w.Candidate.Ticket, _ => (WaitForecast)Unknown.TooLittleKnown);
            return;
        }

        var scene = Scene.Of(situation, times, seed);
        var count = situation.Waiting.Count;
        var replications = ReplicationsFor(count);
        var calls = ArrayPool<float>.Shared.Rent(Math.Max(1, count * replications));
        var simulation = new Simulation(scene, replications, calls);
        simulation.Run();
        for (var i = 0; i < count; i++)
        {
            var waiting = situation.Waiting[i];
            _tickets[waiting.Candidate.Ticket] = Read(calls.AsSpan(i * replications, replications), situation, waiting.Candidate.Service, waiting.ForCounter);
        }

        ArrayPool<float>.Shared.Return(calls);
        for (var i = 0; i < scene.Ghosts.Length; i++)
        {
            var service = scene.Ghosts[i].Candidate.Service;
            _new[service] = Read(simulation.GhostCalls.AsSpan(i * replications, replications), situation, service, null);
            _ends[service] = simulation.GhostEnds[(i * replications)..((i + 1) * replications)];
        }
    }

    /// <param name="seed">Of the queue and its day, so that the same ticket meets the same chance all day long.</param>
    public static Forecast Of(Situation situation, ServiceTimes times, ulong seed) => new(situation, times, seed);

    /// <summary>Every waiting ticket.</summary>
    public IReadOnlyDictionary<TicketId, WaitForecast> Tickets => _tickets;

    /// <summary>Services that some counter calls, and how long a walk-in who took a ticket now would wait.</summary>
    public IReadOnlyDictionary<ServiceId, WaitForecast> NewTickets => _new;

    /// <summary>How long somebody would wait who took a ticket for a service now.</summary>
    public WaitForecast ForNew(ServiceId service) => _new.GetValueOrDefault(service) ?? Unknown.NoCounter;

    /// <summary>Whether somebody who took a ticket now would probably be finished by closing; null: nobody knows.</summary>
    public bool? WouldFinishBy(ServiceId service, DateTimeOffset closing) =>
        ChanceToFinishBy(service, closing) is { } chance ? chance >= 0.5 : null;

    /// <summary>The same as a probability 0..1.</summary>
    public double? ChanceToFinishBy(ServiceId service, DateTimeOffset closing)
    {
        var minutes = (float)(closing - _now).TotalMinutes;
        return ForNew(service) is { Unknown: Unknown.NoCounter } || !_ends.TryGetValue(service, out var ends) ? null : ends.Count(end => end <= minutes) / (double)ends.Length;
    }

    /// <summary>Fewer for a longer queue: its forecasts average over more visits by themselves. Powers of two, so that one ticket more seldom changes it.</summary>
    private static int ReplicationsFor(int waiting)
    {
        var wanted = Math.Clamp(Visits / (waiting + 1), FewestReplications, MostReplications);
        return (int)BitOperations.RoundUpToPowerOf2((uint)(wanted / 2) + 1);
    }

    private static WaitForecast Read(Span<float> minutes, Situation situation, ServiceId service, CounterId? only)
    {
        minutes.Sort();
        var closing = situation.ClosesAt is { } closes ? (closes - situation.Now).TotalMinutes : double.PositiveInfinity;
        var median = At(minutes, 0.5);
        if (!double.IsFinite(median))
        {
            return !double.IsFinite(minutes[0]) && !situation.Counters.Any(c => only is null ? c.Groups.Any(g => g.Contains(service)) && Calls(c) : c.Id == only && Calls(c))
                ? Unknown.NoCounter
                : double.IsFinite(closing) ? Unknown.AfterClosing : Unknown.NotReached;
        }

        // Those that are not reached wait at least as long as the longest that is.
        return median > closing
            ? Unknown.AfterClosing
            : new WaitRange(At(minutes, 0.1), median, double.IsFinite(At(minutes, 0.9)) ? At(minutes, 0.9) : minutes[minutes.IndexOf(float.PositiveInfinity) - 1]);

        bool Calls(CounterNow counter) => counter.Absences is not [{ Until: null } absence, ..] || absence.From > situation.Now;
    }

    private static double At(ReadOnlySpan<float> sorted, double share)
    {
        var at = (sorted.Length * share) - 0.5;
        var low = (int)at;
        return double.IsFinite(sorted[low + 1]) ? sorted[low] + ((at - low) * (sorted[low + 1] - sorted[low])) : sorted[low + 1];
    }
}

using Aufruf.Domain;
using Aufruf.Domain.Offices;
using Aufruf.Domain.Queues;
using Aufruf.Hub.Push;

namespace Aufruf.Simulation.Promises;

/// <summary>The right state of a screen for a durable version, counted ticket by ticket, without the hub's code. Null: the screen is
/// right.</summary>
internal static class Pictures
{
    public static string? LieOfBoard(Version truth, WaitingArea area, IReadOnlyDictionary<TicketNumber, BoardCall> calls,
        IReadOnlyDictionary<char, int> waiting)
    {
        var count = 0;
        foreach (var t in truth.Alive.Where(t => t.AtCounter))
        {
            count++;
            var expected = new BoardCall(t.Number, t.Counter!.Value, t.State, t.CalledAt!.Value, t.LastCallAt!.Value, t.Calls);
            if (calls.GetValueOrDefault(t.Number) != expected)
            {
                return $"shows {calls.GetValueOrDefault(t.Number)} instead of {expected}";
            }
        }

        if (calls.Count != count)
        {
            return $"shows {calls.Count} calls instead of {count}";
        }

        foreach (var letter in area.Services.Select(s => s.Letter).Distinct())
        {
            var wait = truth.Alive.Count(t => t.State is TicketState.Waiting && area.Service(t.Service)?.Letter == letter);
            if (waiting.GetValueOrDefault(letter) != wait)
            {
                return FormattableString.Invariant($"says that {waiting.GetValueOrDefault(letter)} wait with {letter}, but it is {wait}");
            }
        }

        return null;
    }

    public static string? LieOfDesk(Version truth, Setting setting, CounterId counter, DateTimeOffset at,
        IReadOnlyDictionary<TicketId, DeskTicket> tickets, IReadOnlyDictionary<CounterId, DeskCounter> counters, TicketId? next, int served)
    {
        foreach (var t in truth.Alive)
        {
            var shown = tickets.GetValueOrDefault(t.Id);
            if (shown is null || Facts(shown) != (t.Number, t.Service, t.Language, t.State, t.TakenAt, t.Calls, t.Counter, t.CalledAt,
                t.LastCallAt, t.ArrivedAt))
            {
                return $"shows {shown} instead of {t}";
            }
        }

        foreach (var c in setting.Area.Counters)
        {
            var state = truth.Queue.At(c.Id);
            var expected = new DeskCounter(c.Id, c.Label, state.Open, state.Revision, truth.VisitAt(c.Id)?.Id, state.Clerk, state.Presence,
                state.Profile);
            if (counters.GetValueOrDefault(c.Id) != expected)
            {
                return $"shows {counters.GetValueOrDefault(c.Id)} instead of {expected}";
            }
        }

        // A missed ticket is shown too, but does not wait.
        var alive = tickets.Values.Count(
            t => t.State is TicketState.Waiting or TicketState.Called or TicketState.Serving or TicketState.Parked or TicketState.Pickup);
        return alive != truth.Alive.Count ? FormattableString.Invariant($"shows {alive} tickets instead of {truth.Alive.Count}")
            : !truth.IsNext(next, setting, counter, at) ? $"says that {next} is next"
            : served != truth.Served.GetValueOrDefault(counter) ? FormattableString.Invariant($"says that {served} were served")
            : null;
    }

    private static (TicketNumber, ServiceId, string, TicketState, DateTimeOffset, int, CounterId?, DateTimeOffset?, DateTimeOffset?,
        DateTimeOffset?) Facts(DeskTicket t) =>
        (t.Number, t.Service, t.Language, t.State, t.TakenAt, t.Calls, t.Counter, t.CalledAt, t.LastCallAt, t.ArrivedAt);
}

using Aufruf.Domain.Appointments;
using static Aufruf.Domain.Appointments.CalendarEvent;

namespace Aufruf.Tests.Domain.Appointments;

/// <summary>A calendar's week as a child would count it: bookings in a list, looked at one moment after the other.</summary>
internal sealed class CapacityModel
{
    private const int Grid = 5;

    private readonly Dictionary<AppointmentId, (DateTimeOffset From, DateTimeOffset To, Channel Channel, DateTimeOffset Until)> _taken = [];
    private readonly List<(DateTimeOffset From, DateTimeOffset To, Channel Channel, DateTimeOffset PublicAt)> _returning = [];
    private IReadOnlyList<Piece> _pieces = [];
    private int _wishesFirst;

    public void Hear(CalendarEvent happened)
    {
        switch (happened)
        {
            case WeekPlanned e:
                (_pieces, _wishesFirst) = (e.Pieces, e.WishesFirstMinutes);
                break;
            case SlotHeld { Appointment: var a }:
                _taken[a.Id] = (a.From, a.From.AddMinutes(a.Minutes), a.Channel, a.Until);
                break;
            case HoldExtended e:
                _taken[e.Id] = _taken[e.Id] with { Until = e.Until };
                break;
            case AppointmentPreconfirmed e:
                _taken[e.Id] = _taken[e.Id] with { Until = e.Until };
                break;
            case AppointmentConfirmed e:
                _taken[e.Id] = _taken[e.Id] with { Until = DateTimeOffset.MaxValue };
                break;
            case HoldEnded e:
                _taken.Remove(e.Id);
                break;
            case AppointmentCancelled e:
                Return(e.Id, e.PublicAt);
                break;
            case AppointmentMoved e:
                Return(e.Id, e.PublicAt);
                break;
        }
    }

    public bool IsTaken(AppointmentId id, DateTimeOffset now) => _taken.TryGetValue(id, out var taken) && now < taken.Until;

    /// <summary>Whether there is room at every moment of an appointment.</summary>
    /// <param name="without">An appointment that leaves in the same step.</param>
    public bool Fits(DateTimeOffset from, int minutes, Channel channel, DateTimeOffset now, AppointmentId? without = null) =>
        Moments(from, from.AddMinutes(minutes)).All(at => Room(at, channel, now, without) > 0);

    /// <summary>Bookings that are more than the counters, at each moment.</summary>
    public int[] TooMany(DateTimeOffset from, DateTimeOffset to, DateTimeOffset now) =>
        [.. Moments(from, to).Select(at => Math.Max(0, -Room(at, Channel.Staff, now, null)))];

    private int Room(DateTimeOffset at, Channel channel, DateTimeOffset now, AppointmentId? without)
    {
        var here = _taken.Where(t => t.Key != without && t.Value.From <= at && at < t.Value.To && now < t.Value.Until)
            .Select(t => t.Value.Channel).ToList();
        if (channel is Channel.Public)
        {
            here.AddRange(_returning.Where(r => r.From <= at && at < r.To && now < r.PublicAt).Select(r => r.Channel));
        }

        var counters = _pieces.Where(p => p.From <= at && at < p.To).ToList();
        var wait = TimeSpan.FromMinutes(channel is Channel.Public ? _wishesFirst : 0);
        return channel is Channel.Staff ? counters.Count - here.Count
            : Math.Min(counters.Count - here.Count, counters.Count(p => p.ReleasedAt + wait <= now) - here.Count(c => c is not Channel.Staff));
    }

    private void Return(AppointmentId id, DateTimeOffset publicAt)
    {
        _taken.Remove(id, out var taken);
        _returning.Add((taken.From, taken.To, taken.Channel, publicAt));
    }

    private static IEnumerable<DateTimeOffset> Moments(DateTimeOffset from, DateTimeOffset to)
    {
        for (var at = from; at < to; at = at.AddMinutes(Grid))
        {
            yield return at;
        }
    }
}

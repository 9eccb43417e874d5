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
    public int[] TooMany(DateTimeOffset from, DateTimeOffset to, DateTimeOffset now)
    {
        var many = new int[(int)(to - from).TotalMinutes / Grid];
        foreach (var piece in _pieces)
        {
            Add(piece.From, piece.To, -1);
        }

        foreach (var taken in _taken.Values.Where(taken => now < taken.Until))
        {
            Add(taken.From, taken.To, 1);
        }

        return [.. many.Select(n => Math.Max(0, n))];

        void Add(DateTimeOffset begin, DateTimeOffset end, int change)
        {
            for (var i = Math.Max(0, (int)(begin - from).TotalMinutes / Grid); i < many.Length && from.AddMinutes(i * Grid) < end; i++)
            {
                many[i] += change;
            }
        }
    }

    private int Room(DateTimeOffset at, Channel channel, DateTimeOffset now, AppointmentId? without)
    {
        var (counters, released, here, ofReleased) = (0, 0, 0, 0);
        foreach (var piece in _pieces)
        {
            var isThere = piece.From <= at && at < piece.To;
            counters += isThere ? 1 : 0;
            released += isThere && piece.ReleasedAt.AddMinutes(channel is Channel.Public ? _wishesFirst : 0) <= now ? 1 : 0;
        }

        foreach (var (id, taken) in _taken)
        {
            Count(id != without && now < taken.Until && taken.From <= at && at < taken.To, taken.Channel);
        }

        foreach (var slot in _returning)
        {
            Count(channel is Channel.Public && now < slot.PublicAt && slot.From <= at && at < slot.To, slot.Channel);
        }

        return channel is Channel.Staff ? counters - here : Math.Min(counters - here, released - ofReleased);

        void Count(bool isThere, Channel by)
        {
            here += isThere ? 1 : 0;
            ofReleased += isThere && by is not Channel.Staff ? 1 : 0;
        }
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

using Aufruf.Domain.Offices;
using Aufruf.Domain.Queues;
using static Aufruf.Domain.Forecasts.Observation;
using static Aufruf.Domain.Queues.QueueEvent;

namespace Aufruf.Domain.Forecasts;

/// <summary>What one waiting area has learned from its days: how long things take, and how true its forecasts were.</summary>
/// <remarks>A fold over the queue's events: whoever reads the same days has the same experience.</remarks>
public sealed class Experience(Setting setting)
{
    private readonly Dictionary<CounterId, DateTimeOffset> _freeSince = [];
    private readonly Dictionary<CounterId, DateTimeOffset> _awaySince = [];
    private readonly Dictionary<TicketId, (WaitRange Range, DateTimeOffset At)> _told = [];

    public ServiceTimes Times { get; private set; } = ServiceTimes.Of(setting.Area.Services);

    public Calibration Calibration { get; private set; } = Calibration.None;

    /// <summary>One fact, and the queue before and after it.</summary>
    public void Learn(Queue before, QueueEvent happened, Queue after)
    {
        var at = setting.Office.LocalTime(happened.At);
        switch (happened)
        {
            case ForecastGiven e:
                _told[e.Ticket] = (new(e.P10, e.P50, e.P90), e.At);
                break;
            case CheckedIn e:
                Times = Times.Learn(new AppointmentOver(e.Service, Came: true, at));
                break;
            case TicketCalled e:
                LearnCall(e, before, at);
                break;
            case CounterOpened or ClerkLoggedIn or PresenceChanged { Presence: Presence.Ready }:
                IsBack(CounterOf(happened), happened.At, at);
                break;
            case PresenceChanged { Presence: Presence.Pause } e:
                HasLeft(e.Counter, e.At, at);
                break;
            case CounterClosed e:
                HasLeft(e.Counter, e.At, at);
                break;
            case DayEnded:
                foreach (var left in _awaySince.Values)
                {
                    Times = Times.Learn(new PauseOver(setting.Office.LocalTime(left), null, at));
                }

                _awaySince.Clear();
                _freeSince.Clear();
                _told.Clear();
                break;
        }

        LearnVisit(before, happened, after, at);
    }

    private void LearnCall(TicketCalled e, Queue before, DateTimeOffset at)
    {
        var ticket = before.Tickets[e.Ticket];
        if (_freeSince.Remove(e.Counter, out var free))
        {
            Times = Times.Learn(new NextCalled(e.At - (free > ticket.DueAt ? free : ticket.DueAt), at));
        }

        if (ticket.CalledAt is null && _told.Remove(e.Ticket, out var told))
        {
            Calibration = Calibration.Learn(ticket.Service, told.Range, (e.At - told.At).TotalMinutes);
        }
    }

    /// <summary>A stretch of a visit has ended: its counter was occupied from the call until now.</summary>
    private void LearnVisit(Queue before, QueueEvent happened, Queue after, DateTimeOffset at)
    {
        if (VisitOf(happened) is not var (id, counter) || after.Tickets[id].Parts.Count <= before.Tickets[id].Parts.Count)
        {
            return;
        }

        var part = after.Tickets[id].Parts[^1];
        Times = Times.Learn(new VisitEnded(part.Service, part.EndedAt - part.CalledAt, at));
        if (after.At(counter) is { Ticket: null, Calling: true })
        {
            _freeSince[counter] = happened.At;
        }
    }

    private void HasLeft(CounterId counter, DateTimeOffset when, DateTimeOffset at)
    {
        _freeSince.Remove(counter);
        if (_awaySince.TryAdd(counter, when))
        {
            Times = Times.Learn(new PauseBegan(at));
        }
    }

    private void IsBack(CounterId counter, DateTimeOffset when, DateTimeOffset at)
    {
        _freeSince[counter] = when;
        if (_awaySince.Remove(counter, out var left))
        {
            Times = Times.Learn(new PauseOver(setting.Office.LocalTime(left), when - left, at));
        }
    }

    private static CounterId CounterOf(QueueEvent happened) => happened switch
    {
        CounterOpened e => e.Counter,
        ClerkLoggedIn e => e.Counter,
        PresenceChanged e => e.Counter,
        _ => default,
    };

    // The day's end cuts visits off: their times teach nothing.
    private static (TicketId, CounterId)? VisitOf(QueueEvent happened) => happened switch
    {
        TicketServed e => (e.Ticket, e.Counter),
        TicketMissed e => (e.Ticket, e.Counter),
        PickupPromised e => (e.Ticket, e.Counter),
        TicketReturned e => (e.Ticket, e.Counter),
        TicketParked e => (e.Ticket, e.Counter),
        TicketTransferred e => (e.Ticket, e.Counter),
        ServiceSwitched e => (e.Ticket, e.Counter),
        _ => null,
    };
}

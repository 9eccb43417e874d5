namespace Aufruf.Domain.Forecasts;

/// <summary>The experience of one waiting area from its days: how long things take, and how true its forecasts were.</summary>
/// <remarks>A fold over the queue's events: the same days give the same experience.</remarks>
/// <param name="learned">The experience at the end of an earlier day; null: none.</param>
public sealed class Experience(Setting setting, LearnedDays? learned = null)
{
    private readonly Dictionary<CounterId, DateTimeOffset> _freeSince = [];
    private readonly Dictionary<CounterId, DateTimeOffset> _awaySince = [];
    private readonly Dictionary<TicketId, ForecastGiven> _forecasts = [];

    public ServiceTimes Times { get; private set; } = (learned?.Times ?? new()).With(setting.Area.Services);

    public Calibration Calibration { get; private set; } = learned?.Calibration ?? Calibration.None;

    /// <summary>The experience as it is kept at the end of a day.</summary>
    public LearnedDays UpTo(DateOnly day) => new(day, Times, Calibration);

    /// <summary>One event, and the queue before and after it.</summary>
    public void Learn(Queue before, QueueEvent happened, Queue after)
    {
        var at = setting.Office.LocalTime(happened.At);
        switch (happened)
        {
            case ForecastGiven e:
                _forecasts[e.Ticket] = e;
                break;
            case CheckedIn e:
                Times = Times.AppointmentOver(e.Service, came: true, at);
                break;
            case TicketCalled e:
                LearnCall(e, before.Tickets[e.Ticket], at);
                break;
            case CounterOpened or ClerkLoggedIn or PresenceChanged { Presence: Presence.Ready } when happened is ICounterEvent e:
                IsBack(e.Counter, at);
                break;
            case CounterClosed or PresenceChanged { Presence: Presence.Pause } when happened is ICounterEvent e:
                HasLeft(e.Counter, at);
                break;
            case DayEnded:
                Times = _awaySince.Values.Aggregate(Times, (times, left) => times.PauseOver(left, null, at));
                _awaySince.Clear();
                _freeSince.Clear();
                _forecasts.Clear();
                break;
            case IVisitEvent e and not VisitCutOff: // The times of a visit that the day's end cut off are not accurate.
                LearnVisit(e.Counter, before.Tickets[e.Ticket], after.Tickets[e.Ticket], after, at);
                break;
        }
    }

    private void LearnCall(TicketCalled e, Ticket ticket, DateTimeOffset at)
    {
        if (_freeSince.Remove(e.Counter, out var free))
        {
            Times = Times.NextCalled(e.At - (free > ticket.CallableFrom ? free : ticket.CallableFrom), at);
        }

        if (ticket.CalledAt is null && _forecasts.Remove(e.Ticket, out var given))
        {
            Calibration = Calibration.Learn(ticket.Service, new(given.P10, given.P50, given.P90), (e.At - given.At).TotalMinutes);
        }
    }

    /// <summary>When a part of a visit has ended: its counter was occupied from the call until now.</summary>
    private void LearnVisit(CounterId counter, Ticket before, Ticket ticket, Queue after, DateTimeOffset at)
    {
        if (ticket.Parts.Count <= before.Parts.Count)
        {
            return;
        }

        var part = ticket.Parts[^1];
        Times = Times.VisitEnded(part.Service, part.EndedAt - part.CalledAt, at);
        if (after.At(counter) is { Ticket: null, Calling: true })
        {
            _freeSince[counter] = at;
        }
    }

    private void HasLeft(CounterId counter, DateTimeOffset at)
    {
        _freeSince.Remove(counter);
        if (_awaySince.TryAdd(counter, at))
        {
            Times = Times.PauseBegan(at);
        }
    }

    private void IsBack(CounterId counter, DateTimeOffset at)
    {
        _freeSince[counter] = at;
        if (_awaySince.Remove(counter, out var left))
        {
            Times = Times.PauseOver(left, at - left, at);
        }
    }
}

/// <summary>The experience of a waiting area at the end of a day, as it is kept over a restart.</summary>
/// <param name="Day">The last day that is in it.</param>
public sealed record LearnedDays(DateOnly Day, ServiceTimes Times, Calibration Calibration);

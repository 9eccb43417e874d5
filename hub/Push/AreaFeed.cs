using System.Collections.Immutable;
using Aufruf.Hub.Running;

namespace Aufruf.Hub.Push;

/// <summary>The present state of one waiting area, and the screens that show it.</summary>
public sealed class AreaFeed(string area)
{
    // A screen that is further behind than this gets the whole picture instead of a change.
    private const int Remembered = 256;

    private readonly Lock _gate = new();
    private readonly Queue<(long Before, long Version, ImmutableArray<TicketId> Tickets)> _recent = new();
    private ImmutableArray<Screen> _screens = [];
    private AreaState? _now;
    private QueueKey? _today;

    /// <summary>"alsdorf.rathaus.erdgeschoss".</summary>
    public string Area { get; } = area;

    /// <summary>Null until today's queue was read.</summary>
    public AreaState? Now => Volatile.Read(ref _now);

    /// <summary>The screens at the end of a live connection.</summary>
    public IEnumerable<ConnectedScreen> Connected => _screens.OfType<ConnectedScreen>();

    /// <param name="before">The version before <paramref name="happened"/>.</param>
    /// <param name="happened">Null when the state may differ in anything.</param>
    public void Take(Queue queue, long before, long version, IReadOnlyList<QueueEvent>? happened)
    {
        lock (_gate)
        {
            if ((_today ?? queue.Key) != queue.Key
                || (queue.Key == _now?.Queue.Key && (happened is null ? version < _now.Version : version <= _now.Version)))
            {
                return; // Another day's queue, or a state that a faster announcement has overtaken.
            }

            if (happened is null || _now?.Queue.Key != queue.Key || before != _now.Version)
            {
                _recent.Clear();
            }
            else
            {
                _recent.Enqueue((before, version, [.. happened.OfType<ITicketEvent>().Select(e => e.Ticket)]));
                if (_recent.Count > Remembered)
                {
                    _recent.Dequeue();
                }
            }

            Volatile.Write(ref _now, new AreaState(queue, version));
        }

        using var trace = HubTrace.Source.StartActivity("push");
        trace?.SetTag("area", Area);
        WakeAll();
    }

    /// <summary>Whether this queue is the one to show.</summary>
    public bool Shows(QueueKey queue)
    {
        lock (_gate)
        {
            return _today == queue;
        }
    }

    /// <summary>From now on only this queue is shown. The clock may move a day forwards, or backwards.</summary>
    public void MoveTo(QueueKey today)
    {
        lock (_gate)
        {
            _today = today;
        }
    }

    /// <summary>Nothing is known any more: screens say that they are old.</summary>
    public void Clear() => Volatile.Write(ref _now, null);

    /// <summary>The tickets that changed between two states; null when the first is too old to know.</summary>
    public IReadOnlyCollection<TicketId>? ChangedSince(AreaState before, AreaState after)
    {
        if (before == after)
        {
            return [];
        }

        lock (_gate)
        {
            return before.Queue.Key == after.Queue.Key && _recent.TryPeek(out var oldest) && oldest.Before <= before.Version
                ? _recent.Where(change => change.Version > before.Version && change.Version <= after.Version)
                    .SelectMany(change => change.Tickets).Distinct().ToArray()
                : null;
        }
    }

    /// <summary>Connected screens come before signs, transfers and forecasts.</summary>
    public void Add(Screen screen)
    {
        lock (_gate)
        {
            _screens = screen is ConnectedScreen ? _screens.Insert(0, screen) : _screens.Add(screen);
        }

        screen.Wake();
    }

    public void Remove(Screen screen)
    {
        lock (_gate)
        {
            _screens = _screens.Remove(screen);
        }
    }

    public void WakeAll()
    {
        foreach (var screen in _screens)
        {
            screen.Wake();
        }
    }

    /// <summary>Every screen starts from a whole picture: the configuration has changed.</summary>
    public void RefreshAll()
    {
        foreach (var screen in _screens)
        {
            screen.Refresh();
        }
    }
}

/// <summary>A durable state of one queue.</summary>
public sealed record AreaState(Queue Queue, long Version);

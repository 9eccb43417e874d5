using System.Collections.Immutable;
using Aufruf.Domain;
using Aufruf.Domain.Queues;
using Aufruf.Hub.Running;
using static Aufruf.Domain.Queues.QueueEvent;

namespace Aufruf.Hub.Push;

/// <summary>What one waiting area looks like now, and everything that wants to hear when it changes.</summary>
public sealed class AreaFeed(string area)
{
    // A screen that is further behind than this gets the whole picture instead of what changed.
    private const int Remembered = 256;

    private readonly Lock _gate = new();
    private readonly Queue<(long Before, long Version, ImmutableArray<TicketId> Tickets)> _recent = new();
    private ImmutableArray<Screen> _screens = [];
    private AreaState? _now;

    /// <summary>"alsdorf.rathaus.erdgeschoss".</summary>
    public string Area { get; } = area;

    /// <summary>Null until today's queue was read.</summary>
    public AreaState? Now => Volatile.Read(ref _now);

    public int Screens => _screens.Length;

    /// <summary>The screens at the end of a live connection.</summary>
    public IEnumerable<ConnectedScreen> Connected => _screens.OfType<ConnectedScreen>();

    /// <param name="before">The version that what happened led from.</param>
    public void Take(Queue queue, long before, long version, IReadOnlyList<QueueEvent>? happened)
    {
        lock (_gate)
        {
            if (_now is { } now && (queue.Key.Day < now.Queue.Key.Day || (queue.Key == now.Queue.Key && version < now.Version)))
            {
                return; // Yesterday's queue, or news that a faster announcement has overtaken.
            }

            if (happened is null || _now?.Queue.Key != queue.Key || before != _now.Version)
            {
                _recent.Clear();
            }
            else
            {
                _recent.Enqueue((before, version, [.. happened.Select(TicketOf).OfType<TicketId>()]));
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

    /// <summary>Which tickets changed after a version; null when that is too long ago to know.</summary>
    public IReadOnlyCollection<TicketId>? ChangedSince(AreaState before, AreaState after)
    {
        lock (_gate)
        {
            return before.Queue.Key == after.Queue.Key && _recent.TryPeek(out var oldest) && oldest.Before <= before.Version
                ? _recent.Where(change => change.Version > before.Version && change.Version <= after.Version).SelectMany(change => change.Tickets).Distinct().ToArray()
                : null;
        }
    }

    /// <summary>What people look at is told before what works behind it.</summary>
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

    /// <summary>Every screen looks again; after a change of configuration each starts from a whole picture.</summary>
    public void WakeAll(bool afresh = false)
    {
        foreach (var screen in _screens)
        {
            if (afresh)
            {
                screen.StartAfresh();
            }

            screen.Wake();
        }
    }

    /// <summary>The ticket that looks different after an event; null when none does.</summary>
    internal static TicketId? TicketOf(QueueEvent happened) => happened switch
    {
        TicketTaken e => e.Ticket,
        CheckedIn e => e.Ticket,
        TicketTakenOver e => e.Ticket,
        TakeOverConfirmed e => e.Ticket,
        TakeOverRefused e => e.Ticket,
        TicketCalled e => e.Ticket,
        TicketRecalled e => e.Ticket,
        TicketArrived e => e.Ticket,
        TicketServed e => e.Ticket,
        PickupPromised e => e.Ticket,
        TicketMissed e => e.Ticket,
        TicketReturned e => e.Ticket,
        TicketParked e => e.Ticket,
        TicketResumed e => e.Ticket,
        TicketTransferred e => e.Ticket,
        ServiceSwitched e => e.Ticket,
        ServicesChosen e => e.Ticket,
        StepUndone e => e.Ticket,
        TicketReactivated e => e.Ticket,
        TicketCancelled e => e.Ticket,
        PriorityGiven e => e.Ticket,
        RemarkWritten e => e.Ticket,
        VisitCutOff e => e.Ticket,
        TicketExpired e => e.Ticket,
        _ => null,
    };
}

/// <summary>A durable state of one queue.</summary>
public sealed record AreaState(Queue Queue, long Version);

using System.Diagnostics;
using Aufruf.Domain.Offices;
using static Aufruf.Domain.Queues.QueueCommand;
using static Aufruf.Domain.Queues.QueueEvent;

namespace Aufruf.Domain.Queues;

// Counters and the clerks who sit there.
public sealed partial record Queue
{
    /// <summary>The counter at which a clerk sits; null when at none of this area.</summary>
    public CounterState? SeatOf(ClerkId clerk) => Counters.Values.FirstOrDefault(c => c.Clerk == clerk);

    private Decision<QueueEvent> DecidePresence(QueueCommand command, Setting setting, DateTimeOffset now) => command switch
    {
        _ when Ended => Refusal.DayIsOver,
        OpenCounter wish when At(wish.Counter).Open => NothingToDo,
        OpenCounter wish => new CounterOpened(wish.Counter, now),
        CloseCounter wish when VisitAt(wish.Counter) is not null => Refusal.VisitOpen,
        CloseCounter wish => At(wish.Counter).Open ? new CounterClosed(wish.Counter, now) : NothingToDo,
        LogIn wish => Seat(wish, setting, now),
        SetPresence wish when !At(wish.Counter).Open => Refusal.CounterClosed,
        SetPresence wish => ChangePresence(wish, now),
        _ => throw new UnreachableException(),
    };

    private Decision<QueueEvent> Seat(LogIn wish, Setting setting, DateTimeOffset now)
    {
        if (wish.Profile is not null && setting.Area.Profile(wish.Profile) is null)
        {
            return Refusal.UnknownProfile;
        }

        var (there, before) = (At(wish.Counter), SeatOf(wish.Clerk));
        if (there is { Clerk: { } other, Ticket: not null } && other != wish.Clerk)
        {
            return Refusal.CounterTaken; // Somebody is being served there by somebody else.
        }

        if (there.Clerk == wish.Clerk && there.Profile == wish.Profile && there.Open)
        {
            return NothingToDo;
        }

        // Nothing is bound to a PC: who takes another seat leaves the one before, but not in the middle of a visit.
        return before is { Ticket: not null } && before.Id != wish.Counter
            ? Refusal.VisitOpen
            : new Decision<QueueEvent>([
                .. before is { Open: true } && before.Id != wish.Counter ? [new CounterClosed(before.Id, now)] : (QueueEvent[])[],
                .. there.Open ? [] : (QueueEvent[])[new CounterOpened(wish.Counter, now)],
                new ClerkLoggedIn(wish.Counter, wish.Clerk, wish.Profile, now),
            ]);
    }

    /// <summary>A pause in the middle of a visit begins when it is over.</summary>
    private Decision<QueueEvent> ChangePresence(SetPresence wish, DateTimeOffset now)
    {
        var wanted = wish.Presence switch
        {
            Presence.Pause when VisitAt(wish.Counter) is not null => Presence.PauseAfter,
            Presence.PauseAfter when VisitAt(wish.Counter) is null => Presence.Pause,
            var other => other,
        };
        return At(wish.Counter).Presence == wanted ? NothingToDo : new PresenceChanged(wish.Counter, wanted, now);
    }

    private static Decision<QueueEvent> NotConcerned => Refusal.NoEmergency;

    private Decision<QueueEvent> DecideEmergency(QueueCommand command, Setting setting, DateTimeOffset now) => command switch
    {
        RaiseEmergency wish => Emergencies.ContainsKey(wish.Counter) ? NothingToDo : new EmergencyRaised(wish.Counter, now),
        AcceptEmergency wish when !Emergencies.ContainsKey(wish.Counter) => NotConcerned,
        AcceptEmergency wish when setting.Office.Counter(wish.From) is null => Refusal.UnknownCounter,
        AcceptEmergency wish => Emergencies[wish.Counter].Coming.Contains(wish.From) ? NothingToDo : new EmergencyAccepted(wish.Counter, wish.From, now),
        EndEmergency wish => Emergencies.ContainsKey(wish.Counter) ? new EmergencyEnded(wish.Counter, now) : NotConcerned,
        _ => throw new UnreachableException(),
    };

    private Queue ApplyPresence(QueueEvent happened) => happened switch
    {
        CounterOpened e => Touched(e.Counter, c => c with { Open = true, Presence = Presence.Ready, PausedAt = null }),
        // Whose step it was has gone: nobody takes it back for them.
        CounterClosed e => Touched(e.Counter, c => c with { Open = false, Clerk = null, Profile = null, Presence = Presence.Ready, PausedAt = null, LastStep = null }),
        ClerkLoggedIn e when At(e.Counter).Clerk == e.Clerk => Touched(e.Counter, c => c with { Profile = e.Profile }),
        ClerkLoggedIn e => Touched(e.Counter, c => c with { Clerk = e.Clerk, Profile = e.Profile, Presence = Presence.Ready, PausedAt = null, LastStep = null }),
        PresenceChanged e => Touched(e.Counter, c => c with { Presence = e.Presence, PausedAt = e.Presence is Presence.Pause ? e.At : null }),
        _ => throw new UnreachableException(),
    };

    private Queue ApplyEmergency(QueueEvent happened) => happened switch
    {
        EmergencyRaised e => this with { Emergencies = Emergencies.SetItem(e.Counter, new(e.Counter, e.At, [])) },
        EmergencyAccepted e => this with { Emergencies = Emergencies.SetItem(e.Counter, Emergencies[e.Counter] with { Coming = [.. Emergencies[e.Counter].Coming, e.From] }) },
        EmergencyEnded e => this with { Emergencies = Emergencies.Remove(e.Counter) },
        _ => throw new UnreachableException(),
    };
}

using System.Text.Json;
using Aufruf.Domain;
using Aufruf.Domain.Queues;
using Aufruf.Grains;
using static Aufruf.Domain.Queues.QueueEvent;

namespace Aufruf.Tests.Flows;

/// <summary>Reads a journal as somebody would who knows nothing of queues: each ticket is in one place, each counter has one
/// ticket.</summary>
internal sealed record WrittenList
{
    private const string Waits = "waits", IsAside = "is set aside", IsGone = "is gone";

    private readonly Dictionary<TicketId, string> _places = [];
    private readonly Dictionary<CounterId, List<(TicketId Ticket, string Before, DateTimeOffset At)>> _steps = [];

    public int Taken { get; private set; }
    public int Calls { get; private set; }
    public int Parked { get; private set; }
    public int Transferred { get; private set; }
    public int Undone { get; private set; }
    public int Ignored { get; private set; }

    /// <summary>Tickets that have not come to an end.</summary>
    public IEnumerable<TicketId> Open => _places.Where(p => p.Value != IsGone).Select(p => p.Key);

    public static async Task<WrittenList> OfAsync(IJournal journal, string stream)
    {
        var list = new WrittenList();
        await foreach (var entry in journal.ReadAsync(stream, 0, CancellationToken.None))
        {
            using var json = JsonDocument.Parse(entry.Entry);
            foreach (var happened in json.RootElement.GetProperty("events").Deserialize<IReadOnlyList<QueueEvent>>(DomainJson.Options)!)
            {
                list.Read(happened);
            }
        }

        return list;
    }

    private void Read(QueueEvent happened)
    {
        switch (happened)
        {
            case TicketTaken e:
                Taken++;
                Assert.True(_places.TryAdd(e.Ticket, Waits), $"{e} a second time.");
                break;
            case TicketCalled e:
                Calls++;
                var from = _places[e.Ticket];
                Go(e.Ticket, e.Counter, e, Waits, IsAside);
                var ended = _steps.GetValueOrDefault(e.Counter)?.Where(s => s.At == e.At && s.Before == At(e.Counter)) ?? [];
                _steps[e.Counter] = [(e.Ticket, from, e.At), .. ended];
                break;
            case TicketResumed e:
                Go(e.Ticket, e.Counter, e, IsAside);
                _steps[e.Counter] = [(e.Ticket, IsAside, e.At)];
                break;
            case TicketArrived e: Leave(e.Ticket, e.Counter, At(e.Counter), e); break;
            case TicketServed e: Leave(e.Ticket, e.Counter, IsGone, e); break;
            case TicketMissed e: Leave(e.Ticket, e.Counter, IsGone, e); break;
            case VisitCutOff e: Leave(e.Ticket, e.Counter, IsGone, e); break;
            case TicketReturned e: Leave(e.Ticket, e.Counter, Waits, e); break;
            case TicketTransferred e:
                Transferred++;
                Leave(e.Ticket, e.Counter, Waits, e);
                break;
            case TicketParked e:
                Parked++;
                Leave(e.Ticket, e.Counter, IsAside, e);
                break;
            case StepUndone e:
                Undone++;
                var step = _steps[e.Counter].FirstOrDefault();
                Assert.True(step.Ticket == e.Ticket, $"{e}: not the last step there.");
                _steps[e.Counter].RemoveAt(0);
                Assert.True(step.Before != At(e.Counter) || _places.All(p => p.Value != At(e.Counter) || p.Key == e.Ticket),
                    $"{e}: somebody else is there.");
                _places[e.Ticket] = step.Before;
                break;
            case TicketReactivated e:
                Assert.Equal(IsGone, _places[e.Ticket]);
                _places[e.Ticket] = Waits;
                break;
            case TicketExpired e:
                Assert.True(_places[e.Ticket] is Waits or IsAside, $"{e} though it {_places[e.Ticket]}.");
                _places[e.Ticket] = IsGone;
                break;
            case PressIgnored:
                Ignored++;
                break;
        }
    }

    private void Go(TicketId ticket, CounterId counter, QueueEvent happened, params string[] from)
    {
        Assert.True(from.Contains(_places[ticket]), $"{happened} though it {_places[ticket]}.");
        Assert.True(_places.Values.All(place => place != At(counter)), $"{happened} though somebody is there.");
        _places[ticket] = At(counter);
    }

    private void Leave(TicketId ticket, CounterId counter, string to, QueueEvent happened)
    {
        Assert.True(_places[ticket] == At(counter), $"{happened} though it {_places[ticket]}.");
        _places[ticket] = to;
        _steps[counter] = [(ticket, At(counter), happened.At)];
    }

    private static string At(CounterId counter) => $"is at {counter}";
}

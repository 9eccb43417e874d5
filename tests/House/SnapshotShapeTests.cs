using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Aufruf.Domain;
using Aufruf.Domain.Queues;
using Aufruf.Grains;
using static Aufruf.Domain.Queues.QueueEvent;
using static Aufruf.Tests.Domain.QueueDay;
using static Aufruf.Tests.Running.SmallOffice;

namespace Aufruf.Tests.House;

/// <summary>A hub uses the snapshot of another build if the schema numbers are equal: then shape and meaning must be equal too.</summary>
public class SnapshotShapeTests
{
    /// <summary>The hashes of the schema that <see cref="Queue.Schema"/> names.</summary>
    private const int Schema = 3;
    private const string Shape = "7BBEA2ECE3C6288E";
    private const string Meaning = "7FFCAC3B67EA6C74";

    [Fact]
    public void A_changed_shape_of_the_snapshot_gets_a_new_schema_number()
    {
        var shape = ShapeText();
        Check("shape", Shape, shape, $"Now it is:{Environment.NewLine}{shape}");
    }

    [Fact]
    public void A_changed_effect_of_an_event_gets_a_new_schema_number() => Check("meaning", Meaning, MeaningText());

    [Fact]
    public void The_day_has_every_event() => Assert.Empty(
        typeof(QueueEvent).GetCustomAttributes<JsonDerivedTypeAttribute>().Select(a => a.DerivedType)
            .Except(EveryEvent.Select(e => e.GetType())));

    private static void Check(string part, string stored, string text, string more = "")
    {
        var hash = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..16];
        Assert.True(Queue.Schema != Schema || hash == stored, $"The {part} of a queue's snapshot has changed: raise Queue.Schema"
            + $" to {Schema + 1}, and store that number and the hash {hash} of the {part} in SnapshotShapeTests. {more}");
        Assert.True(Queue.Schema == Schema && hash == stored,
            $"Store the schema number {Queue.Schema} and the hash {hash} of the {part} in SnapshotShapeTests.");
    }

    /// <summary>Names and types of all properties that are written, type by type.</summary>
    private static string ShapeText()
    {
        SortedDictionary<string, string> types = new(StringComparer.Ordinal);
        Describe(typeof(Snapshot<Queue>));
        Describe(typeof(QueueSnapshot)); // Queue has a converter of its own.
        return string.Join('\n', types.Select(t => $"{t.Key}: {t.Value}"));

        string Describe(Type type)
        {
            var info = DomainJson.Options.GetTypeInfo(Nullable.GetUnderlyingType(type) ?? type);
            return info.Kind switch
            {
                JsonTypeInfoKind.Enumerable => $"{Describe(info.ElementType!)}[]",
                JsonTypeInfoKind.Dictionary => $"{Describe(info.KeyType!)} -> {Describe(info.ElementType!)}",
                _ => DescribeOne(info) + (Nullable.GetUnderlyingType(type) is null ? "" : "?"),
            };
        }

        string DescribeOne(JsonTypeInfo info)
        {
            if (types.TryAdd(info.Type.Name, ""))
            {
                types[info.Type.Name] = info.Type.IsEnum
                    ? string.Join(", ", Enum.GetNames(info.Type))
                    : string.Join(", ", info.Properties.Where(p => p.Get is not null).Select(p => $"{p.Name} {Describe(p.PropertyType)}"));
            }

            return info.Type.Name;
        }
    }

    /// <summary>The queue after each event of the day.</summary>
    private static string MeaningText()
    {
        StringBuilder text = new();
        var queue = Queue.Empty(Key);
        foreach (var happened in EveryEvent)
        {
            queue = queue.Apply(happened);
            text.Append(happened.GetType().Name).Append(' ')
                .AppendLine(JsonSerializer.Serialize(Ordered(QueueSnapshot.Of(queue)), DomainJson.Options));
        }

        return text.ToString();
    }

    // The order of a dictionary changes from process to process.
    private static QueueSnapshot Ordered(QueueSnapshot queue) => queue with
    {
        Tickets = [.. queue.Tickets.OrderBy(t => t.Place)],
        Counters = [.. queue.Counters.OrderBy(c => c.Id.Value, StringComparer.Ordinal)],
    };

    private static QueueEvent[] EveryEvent { get; } = [.. ((QueueEvent[])
    [
        new CounterOpened(One, Nine), new CounterOpened(Three, Nine), new ClerkLoggedIn(Three, new("anna"), "residence-first", Nine),
        ForPassport(1), new ForecastGiven(Id(1), 2, 5, 9, Nine), new ServicesChosen(Id(1), [Residence, Collection], Nine),
        Booked(2, Nine.AddMinutes(20)), ForPassport(3), ForResidence(4), ForResidence(5), ForPassport(6), ForPassport(7), ForPassport(8),
        new PriorityGiven(Id(3), "frail", Nine), new RemarkWritten(Id(3), "sealed", Nine),
        Called(1, One), new TicketRecalled(Id(1), One, Nine), Arrived(1, One), new ServiceSwitched(Id(1), One, Residence, Nine),
        new ServicesGiven(Id(1), One, [new(Residence, 2)], Nine), Served(1, One),
        Called(3, One), new TicketReturned(Id(3), One, ReturnWay.AtTime, null, Nine.AddMinutes(9), true, Nine),
        new StepUndone(Id(3), One, Nine), new TicketReturned(Id(3), One, ReturnWay.ToEnd, null, null, false, Nine),
        Called(4, One), new TicketReturned(Id(4), One, ReturnWay.After, 3, null, false, Nine),
        Called(2, Three), Arrived(2, Three), new TicketParked(Id(2), Three, Nine.AddMinutes(30), Nine),
        new TicketResumed(Id(2), Three, Nine), new PickupPromised(Id(2), Three, Nine),
        Called(6, Three), Missed(6, Three), new TicketReactivated(Id(6), Nine),
        Called(5, Three), Arrived(5, Three), new TicketTransferred(Id(5), Three, new(Counter: One, Service: Passport), Nine),
        Called(7, Three), new TicketTransferred(Id(7), Three, new("upstairs", Service: new("vehicle")), Nine),
        new TransferWithdrawn(Id(7), Three, Nine), new TransferClosed(Id(7), TransferState.Rejected, Nine),
        new StepUndone(Id(7), Three, Nine),
        new TicketTransferred(Id(7), Three, new("upstairs", Service: new("vehicle")), Nine),
        new TransferClosed(Id(7), TransferState.Rejected, Nine),
        new TransferAccepted(Id(30), Code(30), new('K', 3), Passport, "en", "upstairs", Nine.AddMinutes(-9), null, Three, 1, Nine),
        new TransferReleased(Id(30), "upstairs", 1, Nine),
        new TransferAccepted(Id(20), Code(20), new('K', 1), Passport, "en", "upstairs", Nine.AddMinutes(-9), null, Three, 1, Nine),
        new TransferRejected(Id(21), 1, Refusal.NumberTaken, Nine),
        new PresenceChanged(One, Presence.Pause, Nine), new EmergencyRaised(One, Nine), new EmergencyAccepted(One, Three, Nine),
        new ServiceStopped(Passport, StopKind.Automatic, Nine), new PressIgnored(One, Refusal.StaleFace, Nine),
        new TicketIgnored(Passport, Refusal.TooLate, Nine), new EmergencyEnded(One, Nine), new ServiceReleased(Passport, Nine),
        new TicketCancelled(Id(8), new("anna"), Nine), new CounterClosed(One, Nine),
        Called(20, Three), Arrived(20, Three), new VisitCutOff(Id(20), Three, Nine), new TicketExpired(Id(2), Nine),
        new TicketExpired(Id(3), Nine), new DayEnded(Nine),
    ]).Select((happened, n) => happened with { At = Nine.AddSeconds(n) })];
}

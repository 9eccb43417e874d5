using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Aufruf.Domain;
using Aufruf.Domain.Appointments;
using Aufruf.Domain.Cases;
using Aufruf.Domain.Deadlines;
using Aufruf.Domain.Identity;
using Aufruf.Domain.Offices;
using Aufruf.Domain.Outbox;
using Aufruf.Domain.Queues;
using Aufruf.Domain.Towns;
using Aufruf.Grains;
using static Aufruf.Tests.House.SnapshotSamples;
using static Aufruf.Tests.Running.SmallOffice;

namespace Aufruf.Tests.House;

/// <summary>A hub uses the snapshot of another build if the schema numbers are equal: then shape and meaning must be equal too.</summary>
public class SnapshotShapeTests
{
    /// <param name="Schema">Of the aggregate, as it is now.</param>
    /// <param name="Shape">The hash of the form at that number.</param>
    /// <param name="Meaning">The hash of what every event does, at that number.</param>
    private sealed record Saved(int Schema, int StoredSchema, string Shape, string Meaning, string ShapeText, string MeaningText);

    private static readonly Dictionary<Type, Saved> Kinds = new()
    {
        [typeof(Queue)] = new(Queue.Schema, 9, "381CC593D90FB9FA", "7342951A4D5AB38D",
            ShapeOf(typeof(Snapshot<Queue>), typeof(QueueSnapshot)), // Queue has a converter of its own.
            MeaningOf(Queue.Empty(Key), QueueEvents, (queue, happened) => queue.Apply(happened),
                queue => Ordered(QueueSnapshot.Of(queue)))),
        [typeof(Credentials)] = Of<Credentials, CredentialsCommand, CredentialsEvent>(
            4, "E19221624B938B9E", "D67380704A858D18", CredentialsEvents),
        [typeof(AccessLog)] = Of<AccessLog, AccessLogCommand, AccessLogEvent>(
            1, "4E2700A4E87FB9C5", "37FA233164E8D308", AccessLogEvents),
        [typeof(OfficeConfiguration)] = Of<OfficeConfiguration, OfficeCommand, OfficeEvent>(
            7, "D6332BBB8EE1A2FE", "00D83E42C494CC3A", OfficeEvents),
        [typeof(Outbox)] = Of<Outbox, OutboxCommand, OutboxEvent>(
            3, "E36419D11E03E2FD", "4C7DDAEAA63C1F27", OutboxEvents),
        [typeof(CalendarWeek)] = Of<CalendarWeek, CalendarCommand, CalendarEvent>(
            7, "F2960C387C3EEC2B", "D8A4F480C69495EB", AppointmentSamples.WeekEvents),
        [typeof(ContactLimits)] = Of<ContactLimits, ContactLimitsCommand, ContactLimitsEvent>(
            1, "722EFD4E613D901D", "5601FE10BBE07539", AppointmentSamples.ContactEvents),
        [typeof(Wishes)] = Of<Wishes, WishCommand, WishEvent>(
            2, "0B7B0D68AB21038F", "8BB8E3D289FAF224", WishSamples.Events),
        [typeof(Invitations)] = Of<Invitations, InvitationCommand, InvitationEvent>(
            2, "F3528CCA6F829B3F", "76ADBEDD1343C40B", InvitationSamples.Events),
        [typeof(People)] = Of<People, PeopleCommand, PeopleEvent>(
            5, "986EAE4282E3EB16", "A72F915366D1683B", PeopleSamples.Events),
        [typeof(CitizenCase)] = Of<CitizenCase, CaseCommand, CaseEvent>(4, "A2C4823004A2EC96", "13C85FA36DAF9290", CaseSamples.Events),
        [typeof(Dispatch)] = Of<Dispatch, DispatchCommand, DispatchEvent>(
            1, "4F31776D4980960B", "8DD9441A43590C95", CaseSamples.LetterEvents),
        [typeof(Claim)] = Of<Claim, ClaimCommand, ClaimEvent>(3, "DD3238FECFC860D5", "06CB18E84407C6E3", CaseSamples.ClaimEvents),
        [typeof(Stock)] = Of<Stock, StockCommand, StockEvent>(1, "037F0C37C6B224DD", "5AEF456D1B79C389", CaseSamples.StockEvents),
        [typeof(Sequence)] = Of<Sequence, SequenceCommand, SequenceEvent>(
            1, "275F1172B69466D0", "B1655885F4D4941F", CaseSamples.NumberEvents),
        [typeof(PersonFile)] = Of<PersonFile, PersonFileCommand, PersonFileEvent>(
            2, "AFE9A673D157FC9B", "CF8164CDE5A27CA8", CaseSamples.PersonEvents),
        [typeof(PublishedProcedure)] = Of<PublishedProcedure, ProcedureCommand, ProcedureEvent>(
            2, "75A9F879E4474BBA", "E8EB86C9AF6E7A64", CaseSamples.ProcedureEvents),
        [typeof(CaseDraft)] = Of<CaseDraft, CaseDraftCommand, CaseDraftEvent>(
            5, "3F69725CFE459DEE", "DFF173CFE8FDFB28", CaseSamples.DraftEvents),
        [typeof(Plans)] = Of<Plans, PlanCommand, PlanEvent>(
            2, "5F60FB0AA7792A03", "2B56E68A22AC9CC2", PlanSamples.Events),
        [typeof(TownConfiguration)] = Of<TownConfiguration, TownCommand, TownEvent>(
            2, "0B378ED98512AFFA", "DD58D42591CBF796", TownSamples.Events),
        [typeof(Wheel)] = Of<Wheel, WheelCommand, WheelEvent>(1, "38C6999AD57EB364", "405779E500DEFC88", WheelEvents),
    };

    public static TheoryData<Type> All => [.. Kinds.Keys];

    private static Saved Of<TState, TCommand, TEvent>(int storedSchema, string shape, string meaning, TEvent[] events)
        where TState : IAggregate<TState, TCommand, TEvent> where TEvent : notnull =>
        new(TState.Schema, storedSchema, shape, meaning, ShapeOf(typeof(Snapshot<TState>)),
            MeaningOf(TState.Empty, events, (state, happened) => state.Apply(happened), state => state));

    [Fact]
    public void Every_aggregate_that_is_saved_stands_here() => Assert.Equal(
        typeof(ISaved).Assembly.GetTypes().Where(type => type.IsAssignableTo(typeof(ISaved)) && !type.IsInterface)
            .Select(type => type.Name).Order(StringComparer.Ordinal),
        Kinds.Keys.Select(type => type.Name).Order(StringComparer.Ordinal));

    [Theory, MemberData(nameof(All))]
    public void A_changed_shape_of_a_snapshot_gets_a_new_schema_number(Type kind)
    {
        var saved = Kinds[kind];
        Check(kind, saved, "shape", saved.Shape, saved.ShapeText, $"Now it is:{Environment.NewLine}{saved.ShapeText}");
    }

    [Theory, MemberData(nameof(All))]
    public void A_changed_effect_of_an_event_gets_a_new_schema_number(Type kind) =>
        Check(kind, Kinds[kind], "meaning", Kinds[kind].Meaning, Kinds[kind].MeaningText);

    [Fact]
    public void The_samples_have_every_event()
    {
        foreach (var events in (object[][])[QueueEvents, CredentialsEvents, AccessLogEvents, OfficeEvents, OutboxEvents, WheelEvents,
            AppointmentSamples.WeekEvents, AppointmentSamples.ContactEvents, WishSamples.Events,
            PlanSamples.Events, InvitationSamples.Events, PeopleSamples.Events, TownSamples.Events,
            CaseSamples.Events, CaseSamples.ClaimEvents, CaseSamples.NumberEvents, CaseSamples.StockEvents,
            CaseSamples.LetterEvents, CaseSamples.PersonEvents])
        {
            Assert.Empty(events.GetType().GetElementType()!.GetCustomAttributes<JsonDerivedTypeAttribute>().Select(a => a.DerivedType)
                .Except(events.Select(e => e.GetType())));
        }
    }

    private static void Check(Type kind, Saved saved, string part, string stored, string text, string more = "")
    {
        var hash = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..16];
        Assert.True(saved.Schema != saved.StoredSchema || hash == stored, $"The {part} of a snapshot has changed: raise {kind.Name}.Schema"
            + $" to {saved.StoredSchema + 1}, and store that number and the hash {hash} of the {part} in SnapshotShapeTests. {more}");
        Assert.True(saved.Schema == saved.StoredSchema && hash == stored,
            $"Store the schema number {saved.Schema} and the hash {hash} of the {part} of {kind.Name} in SnapshotShapeTests.");
    }

    /// <summary>Names and types of all properties that are written, type by type.</summary>
    private static string ShapeOf(params Type[] written)
    {
        SortedDictionary<string, string> types = new(StringComparer.Ordinal);
        foreach (var type in written)
        {
            Describe(type);
        }

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

    /// <summary>The state after each event, with the keys of its dictionaries in order: theirs changes from process to process.</summary>
    private static string MeaningOf<TState, TEvent>(TState state, TEvent[] events, Func<TState, TEvent, TState> apply,
        Func<TState, object> written) where TEvent : notnull
    {
        StringBuilder text = new();
        foreach (var happened in events)
        {
            state = apply(state, happened);
            text.Append(happened.GetType().Name).Append(' ')
                .AppendLine(Sorted(JsonSerializer.SerializeToNode(written(state), DomainJson.Options))!.ToJsonString());
        }

        return text.ToString();
    }

    private static JsonNode? Sorted(JsonNode? node) => node switch
    {
        JsonObject o => new JsonObject(o.OrderBy(p => p.Key, StringComparer.Ordinal)
            .Select(p => KeyValuePair.Create(p.Key, Sorted(p.Value?.DeepClone())))),
        JsonArray a => new JsonArray([.. a.Select(item => Sorted(item?.DeepClone()))]),
        _ => node?.DeepClone(),
    };

    private static QueueSnapshot Ordered(QueueSnapshot queue) => queue with
    {
        Tickets = [.. queue.Tickets.OrderBy(t => t.Place)],
        Counters = [.. queue.Counters.OrderBy(c => c.Id.Value, StringComparer.Ordinal)],
    };
}

using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Aufruf.Domain;
using Aufruf.Domain.Queues;
using Aufruf.Edge.Protocol;
using Aufruf.Grains.Journal;
using Aufruf.Tests.Running;

namespace Aufruf.Tests.House;

/// <summary>The stored examples are what journals and devices hold: a rename fails here.</summary>
/// <remarks>To add an event or message: add a sample to <see cref="WireSamples"/> and store what the failing test shows. Never change a
/// stored file.</remarks>
public class WireTests
{
    public static TheoryData<string> Names => [.. WireSamples.All.Keys];

    [Theory, MemberData(nameof(Names))]
    public void What_is_written_is_what_was_always_written(string name) =>
        Assert.Equal(Stored(name), WireSamples.All[name].Write());

    [Theory, MemberData(nameof(Names))]
    public void What_was_written_can_still_be_read(string name) =>
        Assert.Equal(Stored(name), WireSamples.All[name].ReadAndWrite(File.ReadAllText(FileOf(name))));

    [Theory, MemberData(nameof(Names))]
    public void What_lacks_a_part_is_not_read_as_something_else(string name)
    {
        var sample = WireSamples.All[name];
        var whole = JsonNode.Parse(File.ReadAllText(FileOf(name)))!.AsObject();
        foreach (var part in whole.Select(p => p.Key).Where(key => !sample.MayLack.Contains(key)).ToArray())
        {
            var without = whole.DeepClone().AsObject();
            without.Remove(part);
            Assert.ThrowsAny<Exception>(() => sample.ReadAndWrite(without.ToJsonString()));
        }
    }

    /// <summary>Of queues, and of every aggregate that lives longer than a day.</summary>
    private static IEnumerable<(Type Command, Type Event)> Messages =>
        from type in typeof(ISaved).Assembly.GetTypes()
        where type.IsAssignableTo(typeof(ISaved)) && !type.IsInterface
        let rules = type.GetInterfaces().FirstOrDefault(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IAggregate<,,>))
        select rules is null ? (typeof(QueueCommand), typeof(QueueEvent))
            : (rules.GetGenericArguments()[1], rules.GetGenericArguments()[2]);

    [Fact]
    public void Every_journal_event_has_its_example() => Assert.Empty(
        Messages.SelectMany(m => m.Event.GetCustomAttributes<JsonDerivedTypeAttribute>()).Select(a => $"journal/{a.TypeDiscriminator}")
            .Except(WireSamples.All.Keys));

    [Fact]
    public void Every_event_type_is_written_to_the_journal_by_name() =>
        Assert.All(Messages.SelectMany(m => (Type[])[m.Command, m.Event]),
        type => Assert.Equal(
            type.GetNestedTypes().Where(t => !t.IsAbstract).Select(t => t.Name).Order(StringComparer.Ordinal),
            type.GetCustomAttributes<JsonDerivedTypeAttribute>().Select(a => a.DerivedType.Name).Order(StringComparer.Ordinal)));

    [Fact]
    public void Every_message_between_hub_and_devices_has_its_example() => Assert.Empty(
        typeof(ProtocolJson).GetCustomAttributesData().Where(a => a.AttributeType == typeof(JsonSerializableAttribute))
            .Select(a => $"mqtt/{JsonNamingPolicy.KebabCaseLower.ConvertName(((Type)a.ConstructorArguments[0].Value!).Name)}")
            .Except(WireSamples.All.Keys));

    [Fact]
    public async Task An_entry_of_the_journal_is_one_request_with_all_it_changed()
    {
        var journal = new MemoryJournal();
        var shell = new Aufruf.Grains.Journaled<Queue, QueueCommand, QueueEvent>("s", journal, new Heard<Queue, QueueEvent>(),
            new Microsoft.Extensions.Time.Testing.FakeTimeProvider(SmallOffice.Nine),
            Queue.Empty(SmallOffice.Key), (queue, command, now) => queue.Decide(command, SmallOffice.Area, now), (queue, happened) =>
                queue.Apply(happened), compared: command => command.Compared());
        await shell.Handle(new RequestId(WireSamples.Id), new QueueCommand.IgnorePress(SmallOffice.Three, Refusal.TooLate));
        Assert.Equal(Stored("journal/entry"), WireSamples.Pretty(journal.Of("s")[0].Entry.Span));
        Assert.Equal(new RequestId(WireSamples.Id), EntryContent.RequestOf(journal.Of("s")[0])); // The journal's index looks there.
    }

    private static string FileOf(string name) => Repository.PathOf("tests", "House", "Wire", name + ".json");

    private static string Stored(string name) => File.Exists(FileOf(name))
        ? File.ReadAllText(FileOf(name)).TrimEnd()
        : $"tests/House/Wire/{name}.json is missing; store what is written now.";
}

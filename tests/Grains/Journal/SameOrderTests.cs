using System.Text.Json;
using Aufruf.Domain;
using Aufruf.Domain.Offices;
using Aufruf.Domain.Queues;
using Aufruf.Grains;
using Aufruf.Grains.Journal;
using Aufruf.Tests.Domain;
using Aufruf.Tests.Running;
using CsCheck;
using Microsoft.Extensions.Time.Testing;
using Npgsql;

namespace Aufruf.Tests.Grains.Journal;

/// <summary>One day, two databases: the order in which people are called depends on neither, nor on a restart in the middle.</summary>
[Trait("Needs", "process")]
public sealed class SameOrderTests(Postgres postgres)
{
    private sealed record Sent(RequestId Request, QueueCommand Command, Setting Setting, DateTimeOffset At, Decision<QueueEvent> Decided);

    [Fact]
    public async Task The_same_day_is_the_same_from_sqlite_from_postgresql_and_after_replay()
    {
        var (commands, expected) = GeneratedCommands();
        using var folder = new TempFolder();
        await using var sqlite = new SqliteJournal(folder.File("aufruf.db"));
        await using var database = NpgsqlDataSource.Create(await postgres.NewDatabaseAsync());
        await using var postgresql = new PostgresJournal(database);
        await postgresql.PrepareAsync();
        foreach (var journal in (GroupCommitJournal[])[sqlite, postgresql])
        {
            var lived = await LiveAsync(journal, commands);
            Assert.Equal(expected, QueueDay.Text(lived));
            Assert.Equal(expected, QueueDay.Text(
                (await NewShell(journal, new FakeTimeProvider(SmallOffice.Nine), () => commands[^1].Setting).ViewAsync()).State));
        }

        Assert.Equal(await EntriesAsync(sqlite), await EntriesAsync(postgresql));
    }

    private static (IReadOnlyList<Sent> Commands, string Expected) GeneratedCommands()
    {
        GeneratedDay day = new(GeneratedDay.Halls[0]);
        List<Sent> commands = [];
        // CsCheck's own way to one reproducible example of some size.
        GeneratedDay.Steps(1500, 1500).Single(steps =>
        {
            day = new GeneratedDay(GeneratedDay.Halls[0]);
            commands.Clear();
            foreach (var step in steps)
            {
                var command = day.CommandOf(step);
                var (setting, at) = (day.Setting, day.Now);
                commands.Add(new(new RequestId(Guid.CreateVersion7()), command, setting, at, day.Do(command)));
            }

            return true;
        }, "0000KOIPe3n1");
        return (commands, QueueDay.Text(day.Queue));
    }

    private static async Task<Queue> LiveAsync(GroupCommitJournal journal, IReadOnlyList<Sent> commands)
    {
        var clock = new FakeTimeProvider(SmallOffice.Nine);
        var setting = commands[0].Setting;
        var shell = NewShell(journal, clock, () => setting);
        foreach (var (sent, n) in commands.Select((w, i) => (w, i)))
        {
            clock.SetUtcNow(sent.At);
            setting = sent.Setting;
            shell = n % 500 == 250 ? NewShell(journal, clock, () => setting) : shell; // The hub restarts.
            var answer = await shell.Handle(sent.Request, sent.Command);
            Assert.Equal(Text(sent.Decided.Events), Text(answer.Events));
            Assert.Equal(sent.Decided.Refusal, answer.Refusal);
        }

        return (await shell.ViewAsync()).State;
    }

    private static Journaled<Queue, QueueCommand, QueueEvent> NewShell(IJournal journal, TimeProvider clock, Func<Setting> setting) =>
        new(SmallOffice.Key.Stream, journal, new Heard<Queue, QueueEvent>(), clock, Queue.Empty(SmallOffice.Key),
            (queue, command, now) => queue.Decide(command, setting(), now), (queue, happened) => queue.Apply(happened));

    private static async Task<string[]> EntriesAsync(IJournal journal)
    {
        var entries = new List<string>();
        await foreach (var entry in journal.ReadAllAsync(TestContext.Current.CancellationToken))
        {
            entries.Add($"{entry.Version} {Convert.ToHexString(entry.Hash.ToArray())}");
        }

        return [.. entries];
    }

    private static string Text(IReadOnlyList<QueueEvent> events) => JsonSerializer.Serialize(events, DomainJson.Options);
}

using System.Text;
using Aufruf.Contracts;
using Aufruf.Grains.Journal;
using Aufruf.Grains.Subscriptions;
using Aufruf.Tests.Running;
using Microsoft.Extensions.Time.Testing;

namespace Aufruf.Tests.Grains;

/// <summary>Commands that follow from an entry are sent at least once, after faults and crashes, and hold up no others.</summary>
public sealed class FollowUpTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly MemoryJournal _journal = new();
    private readonly FakeTimeProvider _clock = new(SmallOffice.Nine);
    private readonly ListLogger<Subscription> _log = new();
    private readonly CancellationTokenSource _stop = new();

    public void Dispose()
    {
        _stop.Cancel();
        _stop.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_command_that_cannot_be_sent_waits_and_the_others_go_on()
    {
        var letters = Start();
        letters.IsDown = "queue/b";
        await AppendAsync("queue/a");
        await AppendAsync("queue/b");
        await AppendAsync("queue/c");
        await UntilAsync(() => letters.Sent.Count == 2);
        Assert.Equal(["queue/a", "queue/c"], letters.Sent);
        Assert.Contains("what follows from queue/b waits and is tried again. The other side is down.", Assert.Single(_log.Lines),
            StringComparison.Ordinal);

        // It is named when it has waited for long. The log says it once.
        Assert.Empty(letters.StuckFor(TimeSpan.FromSeconds(10)));
        await PassAsync(12);
        var (stream, since, reason) = Assert.Single(letters.StuckFor(TimeSpan.FromSeconds(10)));
        Assert.Equal(("queue/b", "The other side is down."), (stream, reason));
        Assert.InRange(since, SmallOffice.Nine, SmallOffice.Nine.AddSeconds(1));
        Assert.Single(_log.Lines);

        letters.IsDown = null;
        await PassAsync(60);
        Assert.Equal(["queue/a", "queue/c", "queue/b"], letters.Sent);
        Assert.Empty(letters.StuckFor(TimeSpan.Zero));
    }

    [Fact]
    public async Task After_a_crash_what_waited_is_sent()
    {
        using var crash = new CancellationTokenSource();
        var letters = Start(crash.Token);
        letters.IsDown = "queue/b";
        await AppendAsync("queue/a");
        await AppendAsync("queue/b");
        await AppendAsync("queue/c");
        await UntilAsync(() => letters.Sent.Count == 2);
        await crash.CancelAsync();
        var again = Start();
        await UntilAsync(() => again.Sent.Contains("queue/b"));
        Assert.DoesNotContain("queue/a", again.Sent); // The checkpoint stood before the one that waited.
    }

    private Letters Start(CancellationToken? stop = null)
    {
        var letters = new Letters(_journal, Checkpoints.InSqlite(_folder.File("subscriptions.db")), _clock, _log);
        _ = letters.RunAsync(stop ?? _stop.Token);
        return letters;
    }

    private Task<JournalHead> AppendAsync(string stream) =>
        _journal.AppendAsync(stream, JournalHead.Start, SmallOffice.Nine, Encoding.UTF8.GetBytes("{}"));

    private async Task UntilAsync(Func<bool> condition)
    {
        while (!condition())
        {
            _clock.Advance(TimeSpan.FromMilliseconds(20)); // The subscription gathers the entries of many commits.
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }
    }

    private async Task PassAsync(int seconds)
    {
        for (var passed = 0; passed < seconds; passed++)
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }
    }

    private sealed class Letters(MemoryJournal journal, ICheckpoints checkpoints, TimeProvider clock, ListLogger<Subscription> log)
        : FollowUp("letters", "queue", new(journal, checkpoints, OneHub.Only, clock), log)
    {
        public List<string> Sent { get; } = [];

        public string? IsDown { get; set; }

        protected override Task CarryOutAsync(JournalEntry entry)
        {
            if (entry.Stream == IsDown)
            {
                throw new JournalUnavailableException("The other side is down.");
            }

            Sent.Add(entry.Stream);
            return Task.CompletedTask;
        }
    }
}

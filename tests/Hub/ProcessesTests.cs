using Aufruf.Grains.Reports;
using Aufruf.Grains.Subscriptions;
using Aufruf.Hub.Running;
using Aufruf.Tests.Running;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Time.Testing;

namespace Aufruf.Tests.Hub;

/// <summary>Subscriptions are watched: a stopped one, one that is behind, and rows that are rebuilt.</summary>
public sealed class ProcessesTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly MemoryJournal _journal = new();
    private readonly FakeTimeProvider _clock = new(SmallOffice.Nine);

    public void Dispose() => _folder.Dispose();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_stopped_subscription_is_named_with_its_lag_and_its_reason_and_a_rebuild_with_its_progress()
    {
        await PlausibleWeeks.WriteAsync(_journal, SmallOffice.Office, [SmallOffice.Day], seed: 3);
        var entries = await _journal.LastPositionAsync(Stop);
        var store = ReportStore.InSqlite(_folder.File("reports.db"));
        var broken = new ReportProjection(store, new CountedJournal(_journal) { FailsAfter = 100 }, () => new Dictionary<string, bool>(),
            OneHub.Only, _clock, new ListLogger<ReportProjection>());
        var processes = new Processes([broken], _journal, _clock);
        Assert.Equal(HealthStatus.Healthy, (await processes.CheckHealthAsync(new(), Stop)).Status);

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        stop.CancelAfter(TimeSpan.FromSeconds(30));
        var run = broken.RunAsync(stop.Token);
        while (broken.Subscription.Trouble is null)
        {
            await Task.Delay(5, stop.Token);
        }

        Assert.Empty(await TroublesAsync(processes)); // A short fault heals before anybody could act on it.
        _clock.Advance(TimeSpan.FromSeconds(11));
        var trouble = Assert.Single(await TroublesAsync(processes));
        Assert.Equal($"reports: {entries} entries behind the journal. The disk failed.", trouble.Sentence);
        Assert.Equal(SmallOffice.Nine, trouble.Since);
        await stop.CancelAsync();
        await run;

        await store.OpenNextAsync(entries, _clock.GetUtcNow(), Stop);
        Assert.Contains(await TroublesAsync(processes), t => t.Sentence.Contains("0 % is done", StringComparison.Ordinal));
    }

    private static async Task<Trouble[]> TroublesAsync(Processes processes) =>
        (Trouble[])(await processes.CheckHealthAsync(new(), Stop)).Data["troubles"];
}

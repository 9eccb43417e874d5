using System.Text.Json;
using Aufruf.Domain;
using Aufruf.Domain.Offices;
using Aufruf.Domain.Queues;
using Aufruf.Domain.Reports;
using Aufruf.Grains.Journal;
using Aufruf.Grains.Reports;
using Aufruf.Grains.Subscriptions;
using Aufruf.Tests.Running;

namespace Aufruf.Tests.Grains.Reports;

/// <summary>Rows of reports in a true database, a journal of two areas, and projections between them.</summary>
public abstract class ReportRoom : IAsyncLifetime
{
    private ReportStore? _store;

    private protected ReportStore Store => _store ?? throw new InvalidOperationException("The store is opened before each test.");

    private protected MemoryJournal Journal { get; } = new();

    private protected abstract Task<ReportStore> OpenAsync();

    public async ValueTask InitializeAsync() => _store = await OpenAsync();

    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return default;
    }

    private protected static CancellationToken Stop => TestContext.Current.CancellationToken;
    private protected static readonly DateOnly[] Days = [.. PlausibleWeeks.WorkingDays(SmallOffice.Day, 3)];
    private protected static readonly Office Floors =
        SmallOffice.Office with { Areas = [SmallOffice.Area, SmallOffice.Area with { Id = "upstairs" }] };

    private protected ListLogger<ReportProjection> Log { get; } = new();
    private protected Dictionary<string, bool> Clerks { get; } = new() { [Floors.Key] = false };

    private protected ReportProjection Projection(Aufruf.Grains.IJournal? journal = null) =>
        new(Store, journal ?? Journal, () => new Dictionary<string, bool>(Clerks), OneHub.Only, TimeProvider.System, Log);

    private protected Following Follow(Aufruf.Grains.IJournal? journal = null) => new(Projection(journal));

    private protected static ReportScope Scope(bool perClerk = false) =>
        new(Floors with { Reports = new(perClerk) }, new(Days[^1], SmallOffice.Day), SmallOffice.Nine.AddHours(3));

    private protected static string Text(IEnumerable<DayFacts> days) => JsonSerializer.Serialize(days, DomainJson.Options);

    private protected static async Task<string> ReadAsync(ReportProjection projection, bool perClerk = false)
    {
        var (days, until) = await projection.ReadAsync(Scope(perClerk), Stop, TimeSpan.FromSeconds(20));
        Assert.Null(until);
        return Text(days);
    }

    private protected async Task<string> RowsAsync()
    {
        var days = new List<DayFacts>();
        await foreach (var day in Store.ReadAsync(Floors.Key, Days[^1], SmallOffice.Day, Stop))
        {
            days.Add(day);
        }

        return Text(days);
    }

    private protected static async Task UntilAsync(Func<Task<bool>> condition)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        patience.CancelAfter(TimeSpan.FromSeconds(30));
        while (!await condition())
        {
            await Task.Delay(20, patience.Token);
        }
    }

    private protected async Task<string> RebuiltAsync()
    {
        await Projection().RebuildAsync(_ => { }, Stop);
        return await RowsAsync();
    }

    /// <summary>The days as the domain reads them, without any projection.</summary>
    private protected string Read(bool perClerk = false) => Text(
        from area in Floors.Areas
        from day in Days.Append(SmallOffice.Day).Order()
        let key = SmallOffice.Key with { Area = area.Id, Day = day }
        let entries = Journal.Of(key.Stream)
        where entries.Count > 0
        select DayFacts.Of(key, entries.SelectMany(entry => EntryContent<QueueEvent>.Read(entry).Events), perClerk));

    private protected static IReadOnlyList<PlausibleDay.Entry> Today(int seed, int area = 0) =>
        PlausibleDay.Of(Floors, Floors.Areas[area], SmallOffice.Day, seed).Entries;

    private protected static string StreamOf(int area) => (SmallOffice.Key with { Area = Floors.Areas[area].Id }).Stream;

    private protected async Task<JournalHead> AppendAsync(JournalHead head, IEnumerable<PlausibleDay.Entry> entries, int area = 0)
    {
        foreach (var entry in entries)
        {
            head = await Journal.AppendAsync(StreamOf(area), head, entry.At,
                JsonSerializer.SerializeToUtf8Bytes(new { request = Guid.CreateVersion7(), events = entry.Events, refusal = entry.Refusal },
                    DomainJson.Options));
        }

        return head;
    }

    private protected sealed class Following(ReportProjection projection) : IAsyncDisposable
    {
        private readonly CancellationTokenSource _stop = new();
        private Task? _run;

        public ReportProjection Projection
        {
            get
            {
                _run ??= projection.RunAsync(_stop.Token);
                return projection;
            }
        }

        public async ValueTask DisposeAsync()
        {
            if (!_stop.IsCancellationRequested)
            {
                await _stop.CancelAsync();
                await (_run ?? Task.CompletedTask);
            }
        }
    }
}

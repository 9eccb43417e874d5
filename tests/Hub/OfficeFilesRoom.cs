using Aufruf.Domain;
using Aufruf.Domain.Appointments;
using Aufruf.Domain.Queues;
using Aufruf.Hub;
using Aufruf.Hub.Offices;
using Aufruf.Tests.Domain;
using Aufruf.Tests.Running;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Aufruf.Tests.Hub;

/// <summary>A journal and a folder with the file of one office, for tests that open hubs on them.</summary>
public abstract class OfficeFilesRoom : IDisposable
{
    private protected static readonly DateTimeOffset Start = SmallOffice.Nine;
    private readonly TempFolder _data = new();

    protected OfficeFilesRoom()
    {
        Folder = new(_data.File("offices"));
        Folder.Write("town.json", OfficeFileTests.Small);
    }

    private protected MemoryJournal Journal { get; } = new();

    private protected ListLogger<OfficeFiles> Log { get; } = new();

    /// <summary>The offices that changed while a hub ran.</summary>
    private protected List<string> Changed { get; } = [];

    private protected InFolder Folder { get; }

    /// <summary>Somebody waits in every area.</summary>
    private protected bool Waits { get; set; }

    private protected static string Renamed => OfficeFileTests.Small.Replace("Bürgeramt", "Stadthaus", StringComparison.Ordinal);

    private protected static string Second => OfficeFileTests.Small.Replace("\"rathaus\"", "\"second\"", StringComparison.Ordinal);

    public void Dispose()
    {
        _data.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>The folder of the offices, which a test may swap.</summary>
    private protected sealed record InFolder(string Path)
    {
        public string File(string name) => System.IO.Path.Combine(Path, name);

        public string Write(string name, string text)
        {
            Directory.CreateDirectory(Path);
            System.IO.File.WriteAllText(File(name), text);
            return File(name);
        }
    }

    /// <summary>A hub's part of offices: its directory, and the files that it watches.</summary>
    private protected sealed record WatchedOffices(OfficeDirectory Offices, OfficeChanges Changes, OfficeFiles Files) : IDisposable
    {
        public string NameOf(string office) => Offices.Find(office)?.Name.In("de") ?? "";

        public void Dispose() => Files.Dispose();
    }

    /// <summary>The weeks of the calendars, with their bookings.</summary>
    private protected IReadOnlyList<(CalendarWeekKey Key, CalendarWeek Week)> Weeks { get; set; } = [];

    /// <summary>Starts as a hub does.</summary>
    private protected async Task<WatchedOffices> OpenAsync(TimeProvider? clock = null, bool isShared = false, string? publicUrl = null,
        string? folder = null)
    {
        clock ??= new FakeTimeProvider(Start);
        var offices = new OfficeDirectory();
        var copies = new OfficeCopies(offices, Journal, new(clock, Log), clock, Log);
        var changes = new OfficeChanges(offices, copies,
            (stream, command) => copies.ShellOf(stream).Handle(new RequestId(Guid.NewGuid()), command),
            queue => Task.FromResult(QueueOf(queue, offices)), _ => Task.FromResult(Weeks), clock);
        var options = new HubOptions { Offices = folder ?? Folder.Path, Data = _data.File("data"), PublicUrl = publicUrl };
        var files = new OfficeFiles(offices, copies, changes, Options.Create(options), isShared, clock, Log);
        await files.BeginAsync(TestContext.Current.CancellationToken);
        await files.TakeFirstAsync();
        offices.Changed += (office, _) => Changed.Add(office);
        return new(offices, changes, files);
    }

    private Queue QueueOf(QueueKey key, OfficeDirectory offices)
    {
        var queue = Queue.Empty(key);
        return Waits && offices.For(key) is { } setting
            ? queue.Decide(QueueDay.Take(1, SmallOffice.Passport), setting, Start).Events.Aggregate(queue, (q, e) => q.Apply(e)) : queue;
    }
}

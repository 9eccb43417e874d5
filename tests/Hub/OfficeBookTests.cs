using Aufruf.Domain.Offices;
using Aufruf.Hub;
using Aufruf.Hub.Offices;
using Aufruf.Tests.Running;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Aufruf.Tests.Hub;

public sealed class OfficeBookTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly ListLogger<OfficeBook> _log = new();
    private readonly List<string> _changed = [];

    public OfficeBookTests() => _folder.Write("town.json", OfficeFileTests.Small);

    public void Dispose() => _folder.Dispose();

    private OfficeBook Open(TimeProvider? clock = null)
    {
        var book = new OfficeBook(Options.Create(new HubOptions { Offices = _folder.Path }), clock ?? new FakeTimeProvider(), _log);
        book.Changed += office => _changed.Add(office.Key);
        return book;
    }

    private static string Renamed => OfficeFileTests.Small.Replace("Bürgeramt", "Stadthaus", StringComparison.Ordinal);

    private static string NameOf(OfficeBook book) => book.Find("town.rathaus")?.Name.In("de") ?? "";

    [Fact]
    public void A_wrong_file_at_start_keeps_the_hub_from_starting()
    {
        _folder.Write("other.json", "{");
        _folder.Write("third.json", OfficeFileTests.Small.Replace("\"left\"", "\"sideways\"", StringComparison.Ordinal));
        var wrong = Assert.Throws<OfficeFilesException>(() => Open());
        Assert.Equal(2, wrong.Errors.Count);
        Assert.Contains("other.json, line 1", wrong.Errors[0], StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_folder_is_told()
    {
        File.Delete(_folder.File("town.json"));
        Assert.Contains("no office file found", Assert.Single(Assert.Throws<OfficeFilesException>(() => Open()).Errors), StringComparison.Ordinal);
    }

    [Fact]
    public void One_office_in_two_files_is_told()
    {
        _folder.Write("twice.json", Renamed);
        Assert.Contains("described in another file already", Assert.Single(Assert.Throws<OfficeFilesException>(() => Open()).Errors), StringComparison.Ordinal);
    }

    [Fact]
    public void A_change_takes_effect()
    {
        using var book = Open();
        _folder.Write("town.json", Renamed);
        book.Reread();
        Assert.Equal("Stadthaus", NameOf(book));
        Assert.Equal(["town.rathaus"], _changed);
    }

    [Fact]
    public void A_file_that_says_the_same_changes_nothing()
    {
        using var book = Open();
        _folder.Write("town.json", OfficeFileTests.Small + "\n\n");
        book.Reread();
        Assert.Empty(_changed);
    }

    [Fact]
    public void A_change_that_is_wrong_leaves_the_office_as_it_was()
    {
        using var book = Open();
        _folder.Write("town.json", Renamed.Replace("\"letter\": \"A\"", "\"letter\": \"O\"", StringComparison.Ordinal));
        book.Reread();
        Assert.Equal("Bürgeramt", NameOf(book));
        Assert.Empty(_changed);
        Assert.Contains("town.json, line 13, areas[0].services[0].letter", Assert.Single(_log.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public void A_change_the_hub_objects_to_waits()
    {
        using var book = Open();
        string? objection = "people wait there";
        book.Objection = (_, _) => objection;
        _folder.Write("town.json", Renamed);
        book.Reread();
        Assert.Equal("Bürgeramt", NameOf(book));
        Assert.Contains("people wait there", Assert.Single(_log.Lines), StringComparison.Ordinal);
        objection = null;
        book.Reread();
        Assert.Equal("Stadthaus", NameOf(book));
    }

    [Fact]
    public void An_office_whose_file_is_gone_is_asked_about_before_it_leaves()
    {
        using var book = Open();
        _folder.Write("second.json", OfficeFileTests.Small.Replace("\"rathaus\"", "\"second\"", StringComparison.Ordinal));
        book.Reread();
        var asked = new List<(string, Office?)>();
        book.Objection = (before, after) =>
        {
            asked.Add((before.Key, after));
            return null;
        };
        File.Delete(_folder.File("second.json"));
        book.Reread();
        Assert.Contains(("town.second", (Office?)null), asked);
        Assert.Null(book.Find("town.second"));
        Assert.NotNull(book.Find("town.rathaus"));
    }

    [Fact]
    public void A_file_that_cannot_be_read_does_not_end_the_hub()
    {
        using var book = Open();
        File.CreateSymbolicLink(_folder.File("gone.json"), _folder.File("nowhere"));
        book.Reread();
        Assert.Equal("Bürgeramt", NameOf(book));
        Assert.Contains("gone.json: cannot be read", Assert.Single(_log.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_saved_file_is_noticed_and_read_when_it_rests()
    {
        var clock = new SignallingClock();
        using var book = Open(clock);
        await book.StartAsync(TestContext.Current.CancellationToken);
        File.Move(_folder.Write("draft", Renamed), _folder.File("town.json"), overwrite: true);
        await clock.TimerSet.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        Assert.Empty(_changed);
        clock.Advance(TimeSpan.FromMilliseconds(300));
        Assert.Equal("Stadthaus", NameOf(book));
        await book.StopAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Tells when somebody has set a timer.</summary>
    private sealed class SignallingClock : FakeTimeProvider
    {
        private readonly TaskCompletionSource _set = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task TimerSet => _set.Task;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            new Told(base.CreateTimer(callback, state, dueTime, period), _set);

        private sealed class Told(ITimer inner, TaskCompletionSource set) : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period)
            {
                var changed = inner.Change(dueTime, period);
                set.TrySetResult();
                return changed;
            }

            public void Dispose() => inner.Dispose();

            public ValueTask DisposeAsync() => inner.DisposeAsync();
        }
    }
}

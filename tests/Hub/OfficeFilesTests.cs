using Aufruf.Domain.Offices;
using Aufruf.Hub;
using Aufruf.Hub.Offices;
using Aufruf.Tests.Running;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Aufruf.Tests.Hub;

public sealed class OfficeFilesTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly ListLogger<OfficeFiles> _log = new();
    private readonly List<string> _changed = [];

    public OfficeFilesTests() => _folder.Write("town.json", OfficeFileTests.Small);

    public void Dispose() => _folder.Dispose();

    private OfficeFiles Open(TimeProvider? clock = null)
    {
        var files = new OfficeFiles(Options.Create(new HubOptions { Offices = _folder.Path }), clock ?? new FakeTimeProvider(), _log);
        files.Changed += office => _changed.Add(office.Key);
        return files;
    }

    private static string Renamed => OfficeFileTests.Small.Replace("Bürgeramt", "Stadthaus", StringComparison.Ordinal);

    private static string NameOf(OfficeFiles files) => files.Current.Find("town.rathaus")?.Name.In("de") ?? "";

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
    public void An_empty_folder_is_named()
    {
        File.Delete(_folder.File("town.json"));
        Assert.Contains("no office file found", Assert.Single(Assert.Throws<OfficeFilesException>(() => Open()).Errors),
            StringComparison.Ordinal);
    }

    [Fact]
    public void One_office_in_two_files_is_named()
    {
        _folder.Write("twice.json", Renamed);
        Assert.Contains("described in another file already", Assert.Single(Assert.Throws<OfficeFilesException>(() => Open()).Errors),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_change_takes_effect()
    {
        using var files = Open();
        _folder.Write("town.json", Renamed);
        files.Reread();
        Assert.Equal("Stadthaus", NameOf(files));
        Assert.Equal(["town.rathaus"], _changed);
    }

    [Fact]
    public void A_file_that_says_the_same_changes_nothing()
    {
        using var files = Open();
        _folder.Write("town.json", OfficeFileTests.Small + "\n\n");
        files.Reread();
        Assert.Empty(_changed);
    }

    [Fact]
    public void A_change_that_is_wrong_leaves_the_office_as_it_was()
    {
        using var files = Open();
        _folder.Write("town.json", Renamed.Replace("\"letter\": \"A\"", "\"letter\": \"O\"", StringComparison.Ordinal));
        files.Reread();
        Assert.Equal("Bürgeramt", NameOf(files));
        Assert.Empty(_changed);
        Assert.Contains("town.json, line 13, areas[0].services[0].letter", Assert.Single(_log.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public void A_change_the_hub_objects_to_waits()
    {
        using var files = Open();
        string? objection = "people wait there";
        files.Objection = (_, _) => objection;
        _folder.Write("town.json", Renamed);
        files.Reread();
        Assert.Equal("Bürgeramt", NameOf(files));
        Assert.Contains("people wait there", Assert.Single(_log.Lines), StringComparison.Ordinal);
        objection = null;
        files.Reread();
        Assert.Equal("Stadthaus", NameOf(files));
    }

    [Fact]
    public void An_office_whose_file_is_gone_is_asked_about_before_it_leaves()
    {
        using var files = Open();
        _folder.Write("second.json", OfficeFileTests.Small.Replace("\"rathaus\"", "\"second\"", StringComparison.Ordinal));
        files.Reread();
        var asked = new List<(string, Office?)>();
        files.Objection = (before, after) =>
        {
            asked.Add((before.Key, after));
            return null;
        };
        File.Delete(_folder.File("second.json"));
        files.Reread();
        Assert.Contains(("town.second", (Office?)null), asked);
        Assert.Null(files.Current.Find("town.second"));
        Assert.NotNull(files.Current.Find("town.rathaus"));
    }

    [Fact]
    public void A_file_that_cannot_be_read_does_not_end_the_hub()
    {
        using var files = Open();
        File.CreateSymbolicLink(_folder.File("gone.json"), _folder.File("nowhere"));
        files.Reread();
        Assert.Equal("Bürgeramt", NameOf(files));
        Assert.Contains("gone.json: cannot be read", Assert.Single(_log.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_saved_file_is_noticed_and_read_when_it_rests()
    {
        var clock = new SignallingClock();
        using var files = Open(clock);
        await files.StartAsync(TestContext.Current.CancellationToken);
        File.Move(_folder.Write("draft", Renamed), _folder.File("town.json"), overwrite: true);
        await clock.TimerSet.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        Assert.Empty(_changed);
        clock.Advance(TimeSpan.FromMilliseconds(300));
        Assert.Equal("Stadthaus", NameOf(files));
        await files.StopAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Signals that a timer was set.</summary>
    private sealed class SignallingClock : FakeTimeProvider
    {
        private readonly TaskCompletionSource _set = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task TimerSet => _set.Task;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            new SignallingTimer(base.CreateTimer(callback, state, dueTime, period), _set);

        private sealed class SignallingTimer(ITimer inner, TaskCompletionSource set) : ITimer
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

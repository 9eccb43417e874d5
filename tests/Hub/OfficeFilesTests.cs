using Aufruf.Domain.Offices;
using Aufruf.Hub;
using Aufruf.Hub.Offices;
using Aufruf.Tests.Running;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Aufruf.Tests.Hub;

public sealed class OfficeFilesTests : IDisposable
{
    private static readonly DateTimeOffset Start = SmallOffice.Nine;
    private readonly TempFolder _data = new();
    private readonly ListLogger<OfficeFiles> _log = new();
    private readonly List<string> _changed = [];

    private readonly string _offices;
    private readonly InFolder _folder;

    public OfficeFilesTests()
    {
        _offices = _data.File("offices");
        _folder = new(_offices);
        _folder.Write("town.json", OfficeFileTests.Small);
    }

    public void Dispose() => _data.Dispose();

    /// <summary>The folder of the offices, which a test may swap.</summary>
    private sealed record InFolder(string Path)
    {
        public string File(string name) => System.IO.Path.Combine(Path, name);

        public string Write(string name, string text)
        {
            Directory.CreateDirectory(Path);
            System.IO.File.WriteAllText(File(name), text);
            return File(name);
        }
    }

    private OfficeFiles Open(TimeProvider? clock = null)
    {
        var files = new OfficeFiles(Options.Create(new HubOptions { Offices = _offices, Data = _data.File("data") }),
            clock ?? new FakeTimeProvider(Start), _log);
        files.Changed += office => _changed.Add(office.Key);
        return files;
    }

    private static string Renamed => OfficeFileTests.Small.Replace("Bürgeramt", "Stadthaus", StringComparison.Ordinal);

    private static string Second => OfficeFileTests.Small.Replace("\"rathaus\"", "\"second\"", StringComparison.Ordinal);

    private static string NameOf(OfficeFiles files) => files.Current.Find("town.rathaus")?.Name.In("de") ?? "";

    [Theory]
    [InlineData(30, false)]
    [InlineData(500, true)]
    public void An_area_whose_QR_code_does_not_fit_narrow_paper_is_warned_about_with_its_line(int length, bool isWarned)
    {
        const string Warning = "town.json, line 10, areas[0].id: slips on 58 mm paper lack the QR code";
        using var files = new OfficeFiles(Options.Create(new HubOptions
        {
            Offices = _offices,
            Data = _data.File("data"),
            PublicUrl = $"https://{new string('a', length)}.example/",
        }), new FakeTimeProvider(Start), _log);
        files.Reread();
        Assert.Equal(isWarned ? 1 : 0, _log.Lines.Count(line => line.Contains(Warning, StringComparison.Ordinal)));
        Assert.NotNull(files.Current.Find("town.rathaus")); // A warning, no refusal.
    }

    [Fact]
    public void The_hub_does_not_start_when_no_office_can_be_served()
    {
        _folder.Write("town.json", "{");
        _folder.Write("third.json", OfficeFileTests.Small.Replace("\"left\"", "\"sideways\"", StringComparison.Ordinal));
        var wrong = Assert.Throws<OfficeFilesException>(() => Open());
        Assert.Equal(2, wrong.Errors.Count);
        Assert.Contains(wrong.Errors, error => error.Contains("town.json, line 1", StringComparison.Ordinal));
    }

    [Fact]
    public void Each_office_stands_for_itself_and_a_restart_goes_on_with_its_last_good_version()
    {
        _folder.Write("second.json", Second);
        using (Open())
        {
            // Both are kept.
        }

        _folder.Write("town.json", Renamed.Replace("\"letter\": \"A\"", "\"letter\": \"O\"", StringComparison.Ordinal));
        _folder.Write("second.json", Second.Replace("Bürgeramt", "Nebenstelle", StringComparison.Ordinal));
        _folder.Write("third.json", "{");
        using var files = Open();
        Assert.Equal(("Bürgeramt", "Nebenstelle"), (NameOf(files), files.Current.Find("town.second")?.Name.In("de")));
        Assert.Equal(["third.json", "town.json"], files.Current.Refused.Keys.Order());
        Assert.Equal(Start, files.Current.Refused["town.json"].Since);

        File.Delete(_folder.File("third.json"));
        _folder.Write("town.json", Renamed);
        files.Reread();
        Assert.Equal("Stadthaus", NameOf(files));
        Assert.Empty(files.Current.Refused);

        Directory.Move(_offices, _offices + "-away"); // A share that is not mounted yet.
        using var again = Open();
        Assert.Equal(("Stadthaus", 2), (NameOf(again), again.Current.All.Count()));
        Assert.Contains("no office file found", Assert.Single(again.Current.Refused).Value.Errors[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_change_is_found_whatever_way_the_file_gets_there()
    {
        var clock = new FakeTimeProvider(Start);
        using var files = Open(clock);
        await files.StartAsync(TestContext.Current.CancellationToken);
        var path = _folder.File("town.json");
        (string Way, Action<string> Bring)[] ways =
        [
            ("edited", text => File.WriteAllText(path, text)),
            ("replaced", text => File.Move(_folder.Write("draft", text), path, overwrite: true)),
            ("same size and date", text =>
            {
                var date = File.GetLastWriteTimeUtc(path);
                File.WriteAllText(path, text);
                File.SetLastWriteTimeUtc(path, date);
            }),
            ("folder swapped", text =>
            {
                Directory.Move(_offices, _offices + "-old");
                Directory.CreateDirectory(_offices);
                File.WriteAllText(path, text);
            }),
            ("link swapped", text =>
            {
                Directory.Move(_offices, _offices + "-v1");
                Directory.CreateDirectory(_offices + "-v2");
                File.WriteAllText(Path.Combine(_offices + "-v2", "town.json"), text);
                Directory.CreateSymbolicLink(_offices, _offices + "-v2");
            }),
            ("renamed", text =>
            {
                File.WriteAllText(path, text);
                File.Move(path, _folder.File("rathaus.json"));
            }),
        ];
        foreach (var (way, n) in ways.Select((way, n) => (way, n)))
        {
            way.Bring(OfficeFileTests.Small.Replace("Bürgeramt", $"Stadthaus {n}", StringComparison.Ordinal));
            for (var looks = 0; NameOf(files) != $"Stadthaus {n}"; looks++)
            {
                Assert.True(looks < 2000, $"A file that is {way.Way} is not noticed.");
                clock.Advance(TimeSpan.FromSeconds(0.5));
                await Task.Delay(1, TestContext.Current.CancellationToken);
            }
        }

        await files.StopAsync(TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData("._town.json", "town.json")]
    [InlineData(".town.json", "town.json")]
    [InlineData("~$town.json", "town.json")]
    [InlineData("Kopie von town.json", "town.json")]
    [InlineData("town (1).json", "town.json")]
    [InlineData("a.json", "town.rathaus.json")]
    public void Foreign_files_are_left_out_with_a_line_that_names_the_right_one(string foreign, string right)
    {
        File.Move(_folder.File("town.json"), _folder.File(right));
        _folder.Write(foreign, foreign.Contains("Kopie", StringComparison.Ordinal) || foreign is "town (1).json" or "a.json"
            ? Renamed : "\0\u0005\u0016\u0007");
        using var files = Open();
        Assert.Equal("Bürgeramt", NameOf(files));
        Assert.Empty(files.Current.Refused);
        var line = Assert.Single(_log.Lines, line => line.Contains("is left out", StringComparison.Ordinal));
        Assert.Contains(foreign, line, StringComparison.Ordinal);
        Assert.Contains($"'{right}'", line, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_folder_is_named()
    {
        File.Delete(_folder.File("town.json"));
        Assert.Contains("no office file found", Assert.Single(Assert.Throws<OfficeFilesException>(() => Open()).Errors),
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
        _folder.Write("second.json", Second);
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
}

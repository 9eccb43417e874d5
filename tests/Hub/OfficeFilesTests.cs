using Aufruf.Hub.Offices;
using Microsoft.Extensions.Time.Testing;

namespace Aufruf.Tests.Hub;

/// <summary>Files come and go in a watched folder.</summary>
public sealed class OfficeFilesTests : OfficeFilesRoom
{
    private static string NameOf(WatchedOffices hub) => hub.NameOf("town.rathaus");

    [Theory]
    [InlineData(30, false)]
    [InlineData(500, true)]
    public async Task An_area_whose_QR_code_does_not_fit_narrow_paper_is_warned_about_with_its_line(int length, bool isWarned)
    {
        const string Warning = "town.json, line 10, areas[0].id: slips on 58 mm paper lack the QR code";
        using var hub = await OpenAsync(publicUrl: $"https://{new string('a', length)}.example/");
        Assert.Equal(isWarned ? 1 : 0, Log.Lines.Count(line => line.Contains(Warning, StringComparison.Ordinal)));
        Assert.NotNull(hub.Offices.Find("town.rathaus")); // A warning, no refusal.
    }

    [Fact]
    public async Task The_hub_does_not_start_when_no_office_can_be_served()
    {
        Folder.Write("town.json", "{");
        Folder.Write("third.json", OfficeFileTests.Small.Replace("\"left\"", "\"sideways\"", StringComparison.Ordinal));
        var wrong = await Assert.ThrowsAsync<OfficeFilesException>(() => OpenAsync());
        Assert.Equal(2, wrong.Errors.Count);
        Assert.Contains(wrong.Errors, error => error.Contains("town.json, line 1", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Each_office_stands_for_itself_and_a_restart_goes_on_with_its_last_good_version()
    {
        Folder.Write("second.json", Second);
        using (await OpenAsync())
        {
            // Both are in the journal.
        }

        Folder.Write("town.json", Renamed.Replace("\"letter\": \"A\"", "\"letter\": \"O\"", StringComparison.Ordinal));
        Folder.Write("second.json", Second.Replace("Bürgeramt", "Nebenstelle", StringComparison.Ordinal));
        Folder.Write("third.json", "{");
        using var hub = await OpenAsync();
        Assert.Equal(("Bürgeramt", "Nebenstelle"), (NameOf(hub), hub.NameOf("town.second")));
        Assert.Equal(["third.json", "town.json"], hub.Offices.Refused.Keys.Order());
        Assert.Equal(Start, hub.Offices.Refused["town.json"].Since);
        Assert.Equal(["town.rathaus"], hub.Offices.Refused["town.json"].Offices);

        File.Delete(Folder.File("third.json"));
        Folder.Write("town.json", Renamed);
        await hub.Files.RereadAsync();
        Assert.Equal("Stadthaus", NameOf(hub));
        Assert.Empty(hub.Offices.Refused);

        Directory.Move(Folder.Path, Folder.Path + "-away"); // A share that is not mounted yet.
        using var again = await OpenAsync();
        Assert.Equal(("Stadthaus", 2), (NameOf(again), again.Offices.All.Count()));
        Assert.Contains("no office file found", Assert.Single(again.Offices.Refused).Value.Errors[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_change_is_found_whatever_way_the_file_gets_there()
    {
        var clock = new FakeTimeProvider(Start);
        using var hub = await OpenAsync(clock);
        await hub.Files.StartAsync(TestContext.Current.CancellationToken);
        var path = Folder.File("town.json");
        (string Way, Action<string> Bring)[] ways =
        [
            ("edited", text => File.WriteAllText(path, text)),
            ("replaced", text => File.Move(Folder.Write("draft", text), path, overwrite: true)),
            ("same size and date", text =>
            {
                var date = File.GetLastWriteTimeUtc(path);
                File.WriteAllText(path, text);
                File.SetLastWriteTimeUtc(path, date);
            }),
            ("folder swapped", text =>
            {
                Directory.Move(Folder.Path, Folder.Path + "-old");
                Directory.CreateDirectory(Folder.Path);
                File.WriteAllText(path, text);
            }),
            ("link swapped", text =>
            {
                Directory.Move(Folder.Path, Folder.Path + "-v1");
                Directory.CreateDirectory(Folder.Path + "-v2");
                File.WriteAllText(Path.Combine(Folder.Path + "-v2", "town.json"), text);
                Directory.CreateSymbolicLink(Folder.Path, Folder.Path + "-v2");
            }),
            ("renamed", text =>
            {
                File.WriteAllText(path, text);
                File.Move(path, Folder.File("rathaus.json"));
            }),
        ];
        foreach (var (way, n) in ways.Select((way, n) => (way, n)))
        {
            way.Bring(OfficeFileTests.Small.Replace("Bürgeramt", $"Stadthaus {n}", StringComparison.Ordinal));
            for (var looks = 0; NameOf(hub) != $"Stadthaus {n}"; looks++)
            {
                Assert.True(looks < 2000, $"A file that is {way.Way} is not noticed.");
                clock.Advance(TimeSpan.FromSeconds(0.5));
                await Task.Delay(1, TestContext.Current.CancellationToken);
            }
        }

        await hub.Files.StopAsync(TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData("._town.json", "town.json")]
    [InlineData(".town.json", "town.json")]
    [InlineData("~$town.json", "town.json")]
    [InlineData("Kopie von town.json", "town.json")]
    [InlineData("town (1).json", "town.json")]
    [InlineData("a.json", "town.rathaus.json")]
    public async Task Foreign_files_are_left_out_with_a_line_that_names_the_right_one(string foreign, string right)
    {
        File.Move(Folder.File("town.json"), Folder.File(right));
        Folder.Write(foreign, foreign.Contains("Kopie", StringComparison.Ordinal) || foreign is "town (1).json" or "a.json"
            ? Renamed : "\0\u0005\u0016\u0007");
        using var hub = await OpenAsync();
        Assert.Equal("Bürgeramt", NameOf(hub));
        Assert.Empty(hub.Offices.Refused);
        var line = Assert.Single(Log.Lines, line => line.Contains("is left out", StringComparison.Ordinal));
        Assert.Contains(foreign, line, StringComparison.Ordinal);
        Assert.Contains($"'{right}'", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hub_without_any_office_starts_for_the_guide_of_the_administration()
    {
        File.Delete(Folder.File("town.json"));
        using var hub = await OpenAsync();
        Assert.Empty(hub.Offices.All);
        Assert.Empty(hub.Offices.Refused);
    }

    [Fact]
    public async Task A_change_takes_effect()
    {
        using var hub = await OpenAsync();
        Folder.Write("town.json", Renamed);
        await hub.Files.RereadAsync();
        Assert.Equal("Stadthaus", NameOf(hub));
        Assert.Equal(["town.rathaus"], Changed);
    }

    [Fact]
    public async Task A_file_that_says_the_same_changes_nothing()
    {
        using var hub = await OpenAsync();
        Folder.Write("town.json", OfficeFileTests.Small + "\n\n");
        await hub.Files.RereadAsync();
        Assert.Empty(Changed);
    }

    [Fact]
    public async Task A_change_that_is_wrong_leaves_the_office_as_it_was()
    {
        using var hub = await OpenAsync();
        Folder.Write("town.json", Renamed.Replace("\"letter\": \"A\"", "\"letter\": \"O\"", StringComparison.Ordinal));
        await hub.Files.RereadAsync();
        Assert.Equal("Bürgeramt", NameOf(hub));
        Assert.Empty(Changed);
        Assert.Contains("town.json, line 13, areas[0].services[0].letter", Assert.Single(Log.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_change_that_would_lose_a_place_waits_for_its_tickets()
    {
        using var hub = await OpenAsync();
        Waits = true;
        Folder.Write("town.json", OfficeFileTests.Small.Replace("\"hall\"", "\"lobby\"", StringComparison.Ordinal));
        await hub.Files.RereadAsync();
        Assert.NotNull(hub.Offices.FindArea("town.rathaus.hall"));
        Assert.Contains("area 'hall' is gone from the configuration, but 1 tickets are there today (A001)", Assert.Single(Log.Lines),
            StringComparison.Ordinal);
        Waits = false;
        await hub.Files.RereadAsync();
        Assert.NotNull(hub.Offices.FindArea("town.rathaus.lobby"));
        Assert.Empty(hub.Offices.Refused);
    }

    [Fact]
    public async Task An_office_whose_file_is_gone_leaves_when_nobody_waits_there()
    {
        using var hub = await OpenAsync();
        Folder.Write("second.json", Second);
        await hub.Files.RereadAsync();
        Waits = true;
        File.Delete(Folder.File("second.json"));
        await hub.Files.RereadAsync();
        Assert.NotNull(hub.Offices.Find("town.second"));
        Assert.Equal(["second.json"], hub.Offices.Refused.Keys);
        Waits = false;
        await hub.Files.RereadAsync();
        Assert.Null(hub.Offices.Find("town.second"));
        Assert.NotNull(hub.Offices.Find("town.rathaus"));
        Folder.Write("second.json", Second);
        await hub.Files.RereadAsync();
        Assert.NotNull(hub.Offices.Find("town.second"));
    }

    [Fact]
    public async Task A_file_that_cannot_be_read_does_not_end_the_hub()
    {
        using var hub = await OpenAsync();
        File.CreateSymbolicLink(Folder.File("gone.json"), Folder.File("nowhere"));
        await hub.Files.RereadAsync();
        Assert.Equal("Bürgeramt", NameOf(hub));
        Assert.Contains("gone.json: cannot be read", Assert.Single(Log.Lines), StringComparison.Ordinal);
    }
}

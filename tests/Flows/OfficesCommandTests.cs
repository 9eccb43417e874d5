using System.Net;
using Aufruf.Domain.Offices;
using Aufruf.Grains.Journal;
using Aufruf.Hub.Offices;
using Aufruf.Hub.Running;
using Aufruf.Tests.Running;
using Microsoft.Extensions.DependencyInjection;

namespace Aufruf.Tests.Flows;

/// <summary>"offices" changes and shows offices beside a running hub, and before its first start.</summary>
public sealed class OfficesCommandTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    private static async Task<(int Code, string Words)> RunAsync(string data, params string[] words)
    {
        await using var output = new StringWriter();
        var code = await OfficesCommand.RunAsync([.. words, "--by", "anna", $"--Hub:Data={data}"], TimeProvider.System, output);
        return (code, output.ToString());
    }

    [Fact]
    public async Task An_import_beside_the_hub_is_in_force_within_a_second_and_after_a_restart_and_stands_in_the_history()
    {
        await using var hub = await TestHub.StartAsync();
        var demo = await File.ReadAllTextAsync(hub.OfficeFile, Now);
        var file = _folder.Write("new.json", demo.Replace("Bürgeramt Alsdorf", "Stadthaus", StringComparison.Ordinal));
        var broken = _folder.Write("half.json", demo[..(demo.Length / 2)]);
        var foreign = _folder.Write("foreign.json", TestOffice.WithCounters(2, "fremd"));

        var (code, words) = await RunAsync(hub.Data, "import", broken, file, foreign);
        Assert.Equal(1, code); // The half one is refused, and the others are taken.
        Assert.Contains($"{broken}, line ", words, StringComparison.Ordinal);
        Assert.Contains("alsdorf.rathaus: version 2 is in force", words, StringComparison.Ordinal);
        Assert.Contains("name.de: \"Bürgeramt Alsdorf\" -> \"Stadthaus\"", words, StringComparison.Ordinal);
        Assert.Contains("fremd.amt: version 1 is in force", words, StringComparison.Ordinal);
        var offices = ((InnerHub)hub).Services.GetRequiredService<OfficeDirectory>();
        await hub.UntilAsync(() => Task.FromResult(NameOf(hub) == "Stadthaus" && offices.Find("fremd.amt") is not null),
            "The hub follows", seconds: 10);
        await hub.UntilAsync(() => Task.FromResult(hub.Words.Contains("fremd.amt~first-kiosk~", StringComparison.Ordinal)),
            "The new office gets its first tokens", seconds: 10);
        Assert.Equal("A001", (await hub.TakeAsync()).Number);
        Assert.Contains("nothing changed", (await RunAsync(hub.Data, "import", file)).Words, StringComparison.Ordinal);

        await hub.StopAsync();
        await hub.StartAgainAsync(); // The folder has the old file.
        Assert.Equal("Stadthaus", NameOf(hub));
        Assert.Contains("is not used, because alsdorf.rathaus was changed after it by command:anna", hub.Words, StringComparison.Ordinal);

        var (_, history) = await RunAsync(hub.Data, "history", "--office", TestHub.Office);
        Assert.Matches(@"^1  20\d\d-\d\d-\d\d \d\d:\d\d:\d\d UTC  file:alsdorf\.rathaus\.json  published\n"
            + @"2  .* UTC  command:anna  changed\n"
            + "   name.de: \"Bürgeramt Alsdorf\" -> \"Stadthaus\"\n$", history);
        Assert.Equal(0, (await HubCommand.RunAsync("audit", $"--Hub:Data={hub.Data}")).ExitCode);
    }

    [Fact]
    public async Task What_is_exported_can_be_imported_before_the_first_start_and_serves_without_any_file()
    {
        await using var hub = await TestHub.StartAsync();
        var folder = _folder.File("export");
        Assert.Equal(0, (await RunAsync(hub.Data, "export", "--to", folder)).Code);
        var exported = Path.Combine(folder, "alsdorf.rathaus.json");
        Assert.Equal((await RunAsync(hub.Data, "export")).Words, await File.ReadAllTextAsync(exported, Now));
        Assert.Equal(2, (await RunAsync(hub.Data, "export", "--to", folder)).Code); // A file that is there is not overwritten.
        await hub.StopAsync();

        var other = new InnerHub(null, []);
        await using var _ = other;
        Assert.Equal(0, (await RunAsync(other.Data, "import", folder)).Code);
        await other.StartAgainAsync();
        Assert.Empty(await other.TroublesAsync("offices"));
        Assert.Equal("A001", (await other.TakeAsync()).Number);
        Assert.Contains("nothing changed", (await RunAsync(other.Data, "import", exported)).Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_command_loses_no_place_that_a_ticket_needs()
    {
        await using var hub = await TestHub.StartAsync();
        await hub.TakeAsync();
        var file = _folder.Write("new.json", (await File.ReadAllTextAsync(hub.OfficeFile, Now))
            .Replace("erdgeschoss", "keller", StringComparison.Ordinal));
        foreach (var words in (string[][])[["import", file], ["withdraw", "--office", TestHub.Office]])
        {
            var (code, why) = await RunAsync(hub.Data, words);
            Assert.Equal(1, code);
            Assert.Contains("area 'erdgeschoss' is gone from the configuration, but 1 tickets are there today (A001)", why,
                StringComparison.Ordinal);
        }

        using (var called = await hub.ActAsync("3", "call-next"))
        using (var finished = await hub.ActAsync("3", "finish"))
        {
            Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (called.StatusCode, finished.StatusCode));
        }

        Assert.Equal(0, (await RunAsync(hub.Data, "withdraw", "--office", TestHub.Office)).Code);
        await hub.UntilAsync(() => Task.FromResult(hub.Words.Contains("Office alsdorf.rathaus was withdrawn", StringComparison.Ordinal)),
            "The hub follows", seconds: 10);
        using var gone = await hub.ActAsync("3", "call-next");
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
    }

    [Fact]
    public async Task A_check_names_line_path_and_expected_value_and_warns()
    {
        var demo = await File.ReadAllTextAsync(TestHub.DemoOffice, Now);
        var good = _folder.Write("good.json", demo);
        var wrong = _folder.Write("wrong.json",
            demo.Replace("\"usualMinutes\": 10", "\"usualMinutes\": \"long\"", StringComparison.Ordinal));
        var (code, words) = await HubCommand.RunAsync("offices", "check", good);
        Assert.Equal(0, code);
        Assert.Contains("good.json: alsdorf.rathaus is in order. Areas: 1, counters: 4", words, StringComparison.Ordinal);
        (code, words) = await RunAsync(_folder.File("none"), "check", good, wrong);
        Assert.Equal(1, code);
        Assert.Matches(@"wrong\.json, line \d+, areas\[0\]\.services\[0\]\.usualMinutes: expected a whole number of minutes", words);
        Assert.False(Directory.Exists(_folder.File("none")));
    }

    [Fact]
    public async Task A_command_without_sense_says_what_it_needs()
    {
        await using var hub = await TestHub.StartAsync();
        (string[] Words, string Said)[] cases =
        [
            ([], "Usage: offices"), (["import"], "Usage: offices"), (["history"], "Usage: offices"), (["mayor"], "Usage: offices"),
            (["history", "--office", "nowhere.amt"], "no office 'nowhere.amt'"),
            (["withdraw", "--office", "nowhere.amt"], "no office 'nowhere.amt'"),
            (["export", "--office", "nowhere.amt"], "no office 'nowhere.amt'"),
        ];
        foreach (var (words, said) in cases)
        {
            var (code, answer) = await RunAsync(hub.Data, words);
            Assert.Equal(2, code);
            Assert.Contains(said, answer, StringComparison.Ordinal);
        }

        Assert.Contains("no journal in", (await RunAsync(_folder.File("none"), "history", "--office", "a.b")).Words,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_forged_configuration_stops_its_office_and_no_other()
    {
        await using var hub = await TestHub.StartAsync();
        await File.WriteAllTextAsync(Path.Combine(hub.Offices, "fremd.json"), TestOffice.WithCounters(2, "fremd"), Now);
        var offices = ((InnerHub)hub).Services.GetRequiredService<OfficeDirectory>();
        await hub.UntilAsync(() => Task.FromResult(offices.Find("fremd.amt") is not null), "The second office is there");
        await hub.StopAsync();
        await using (var unsigned = new SqliteJournal(Path.Combine(hub.Data, "aufruf.db")))
        {
            var last = await unsigned.ReadAsync("office/fremd.amt", 0, Now).LastAsync(Now);
            await unsigned.AppendAsync(last.Stream, new(last.Version, last.Hash), last.At, new EntryContent<OfficeEvent>(
                new(Guid.NewGuid()), [new OfficeEvent.OfficeWithdrawn("command:forger", last.At)]).Write());
        }

        await hub.StartAgainAsync();
        await hub.UntilTroubleAsync("journal", "office/fremd.amt is stopped, all others go on");
        await hub.TakeAsync();
        Assert.Null(((InnerHub)hub).Services.GetRequiredService<OfficeDirectory>().Find("fremd.amt"));
    }

    private static string? NameOf(TestHub hub) =>
        ((InnerHub)hub).Services.GetRequiredService<OfficeDirectory>().Find(TestHub.Office)?.Name["de"];
}

using Aufruf.Tests.Running;

namespace Aufruf.Tests.Flows;

/// <summary>A hub that cannot start says why in sentences, and an office whose file is wrong stops no other one.</summary>
[Trait("Needs", "process")]
public sealed class RefusedStartTests(Postgres postgres) : IDisposable
{
    private readonly TempFolder _folder = new();

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Wrong_office_files_end_a_start_with_their_sentences_alone(bool onPostgres)
    {
        var offices = Directory.CreateDirectory(_folder.File("offices")).FullName;
        await File.WriteAllTextAsync(Path.Combine(offices, "town.rathaus.json"), "{", Now);
        var words = await RefusedAsync($"--Hub:Offices={offices}",
            $"--ConnectionStrings:Aufruf={(onPostgres ? await postgres.NewDatabaseAsync() : "")}");
        Assert.Contains("town.rathaus.json, line 1: not valid JSON", words, StringComparison.Ordinal);
        Assert.Contains("The hub does not start half-configured", words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_that_is_away_ends_a_start_with_one_sentence()
    {
        var words = await RefusedAsync($"--Hub:Offices={Path.GetDirectoryName(TestHub.DemoOffice)}",
            $"--ConnectionStrings:Aufruf=Host=127.0.0.1;Port={Ports.Next()};Username=aufruf;Database=none");
        Assert.StartsWith("The database of ConnectionStrings:Aufruf cannot be used: ", words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task On_PostgreSQL_too_a_wrong_file_stops_only_its_own_office()
    {
        await using var hub = new InnerHub(null, [$"--ConnectionStrings:Aufruf={await postgres.NewDatabaseAsync()}"]);
        await File.WriteAllTextAsync(hub.OfficeFile, await File.ReadAllTextAsync(TestHub.DemoOffice, Now), Now);
        await File.WriteAllTextAsync(Path.Combine(hub.Offices, "fremd.amt.json"), "{", Now);
        await hub.StartAgainAsync();
        await hub.UntilTroubleAsync("offices", "fremd.amt.json, line 1: not valid JSON");
        Assert.Equal("A001", (await hub.TakeAsync()).Number);
    }

    /// <summary>All that the program printed. It must be for an operator.</summary>
    private async Task<string> RefusedAsync(params string[] options)
    {
        var (code, words) = await HubCommand.RunAsync([$"--Hub:Data={_folder.File("data")}", $"--Hub:HttpPort={Ports.Next()}",
            $"--Hub:MqttPort={Ports.Next()}", $"--Hub:SiloPort={Ports.Next()}", $"--Hub:GatewayPort={Ports.Next()}", .. options]);
        Assert.Equal(2, code);
        Assert.DoesNotContain("   at ", words, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", words, StringComparison.Ordinal);
        return words;
    }
}

using System.Text.Json.Nodes;
using Aufruf.Hub.Running;

namespace Aufruf.Tests.Flows;

/// <summary>All that is kept about one person is found by the address that was entered, and nothing of anybody else.</summary>
[Trait("Needs", "process")]
public class PersonCommandTests
{
    [Fact]
    public async Task A_person_gets_all_that_was_entered_and_a_stranger_gets_nothing()
    {
        await using var anna = await BookingCitizen.StartAsync();
        await anna.BookAsync((await anna.FreeAsync(daysAhead: 3))[0]);

        var (code, words) = await RunAsync(anna, " Anna.Uenal@Example.org "); // However it is written.
        Assert.Equal(0, code);
        var kept = JsonNode.Parse(words)!;
        var appointment = Assert.Single(kept["appointments"]!.AsArray())!;
        Assert.Equal("confirmed", appointment["state"]!.ToString());
        Assert.Equal([BookingCitizen.Name, BookingCitizen.Mail, "0241 4711", "Rollstuhl"],
            ((string[])["name", "mail", "phone", "remark"]).Select(part => appointment["citizen"]![part]!.ToString()));

        var (nothing, none) = await RunAsync(anna, "bert@example.org");
        Assert.Equal(1, nothing);
        Assert.DoesNotContain("Ünal", none, StringComparison.Ordinal);
        Assert.Equal(2, (await RunAsync(anna, "")).Code);
    }

    private static async Task<(int Code, string Words)> RunAsync(BookingCitizen citizen, string contact)
    {
        await using var output = new StringWriter();
        var code = await PersonCommand.RunAsync(["--contact", contact, "--authority", "alsdorf", $"--Hub:Data={citizen.Hub.Data}"],
            TimeProvider.System, output);
        return (code, output.ToString());
    }
}

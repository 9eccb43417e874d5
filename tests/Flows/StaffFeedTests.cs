using System.Net;
using Aufruf.Tests.Running;
using Microsoft.Extensions.DependencyInjection;

namespace Aufruf.Tests.Flows;

/// <summary>The true hub shows an office's appointments to a clerk's calendar program.</summary>
[Trait("Needs", "process")]
public class StaffFeedTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_feed_names_services_and_no_citizen_keeps_its_tag_shows_cancellations_and_ends_when_it_is_revoked()
    {
        await using var anna = await BookingCitizen.StartAsync();
        await anna.BookAsync((await anna.FreeAsync(daysAhead: 3))[0]);
        var (code, words) = await HubCommand.RunAsync(
            "token", "feed", "--office", TestHub.Office, "--holder", "kalender", $"--Hub:Data={anna.Hub.Data}");
        Assert.True(code == 0, words);
        Uri address = new(words.Trim(), UriKind.Relative);

        var (booked, tag) = await ReadAsync(anna, address);
        Assert.Equal(["CONFIRMED"], Statuses(booked, anna));
        Assert.Contains("SUMMARY:Ausweis und Pass", booked, StringComparison.Ordinal);
        foreach (var personal in (string[])["Anna", "Ünal", BookingCitizen.Mail, "4711", "Rollstuhl", anna.Code])
        {
            Assert.DoesNotContain(personal, booked, StringComparison.OrdinalIgnoreCase);
        }

        using (var again = new HttpRequestMessage(HttpMethod.Get, address))
        {
            again.Headers.TryAddWithoutValidation("If-None-Match", tag);
            using var same = await anna.Hub.Anybody.SendAsync(again, Stop);
            Assert.Equal(HttpStatusCode.NotModified, same.StatusCode);
        }

        Assert.Empty(Statuses((await ReadAsync(anna, new($"{address}?calendar=no-such", UriKind.Relative))).File, anna));
        await anna.CancelAsync();
        var (cancelled, newTag) = await ReadAsync(anna, address);
        Assert.Equal(["CANCELLED"], Statuses(cancelled, anna));
        Assert.NotEqual(tag, newTag);

        var (revoked, _) = await HubCommand.RunAsync(
            "token", "revoke", "--office", TestHub.Office, "--holder", "kalender", $"--Hub:Data={anna.Hub.Data}");
        Assert.Equal(0, revoked);
        await anna.Hub.UntilAsync(async () =>
        {
            using var answer = await anna.Hub.Anybody.GetAsync(address, Stop);
            return answer.StatusCode is HttpStatusCode.Unauthorized;
        }, "The feed has ended");
        Assert.Null(anna.Hub.Services.GetRequiredService<Aufruf.Hub.Identity.CredentialCache>()
            .Of(TestHub.Office).ByHolder.GetValueOrDefault("kalender"));
    }

    private static async Task<(string File, string Tag)> ReadAsync(BookingCitizen anna, Uri address)
    {
        string? tag = null;
        var file = "";
        await anna.Hub.UntilAsync(async () =>
        {
            using var answer = await anna.Hub.Anybody.GetAsync(address, Stop);
            (tag, file) = (answer.Headers.ETag?.ToString(), (await answer.Content.ReadAsStringAsync(Stop))
                .Replace("\r\n ", "", StringComparison.Ordinal)); // Long lines are folded.
            return answer.StatusCode is HttpStatusCode.OK && answer.Content.Headers.ContentType?.MediaType == "text/calendar";
        }, "The hub knows the token that another process issued");
        return (file, Assert.IsType<string>(tag));
    }

    /// <summary>Of Anna's appointment: the demo has others.</summary>
    private static string[] Statuses(string file, BookingCitizen anna) => [.. file.ReplaceLineEndings("\n").Split("BEGIN:VEVENT")
        .Where(entry => entry.Contains($"UID:{anna.View.Origin}", StringComparison.Ordinal))
        .Select(entry => entry.Split('\n').Single(line => line.StartsWith("STATUS:", StringComparison.Ordinal))["STATUS:".Length..])];
}

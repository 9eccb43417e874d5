using System.Net;
using System.Text.RegularExpressions;

namespace Aufruf.Tests.Flows;

/// <summary>A citizen reports a barrier by the form, as a browser without JavaScript does.</summary>
[Trait("Needs", "process")]
public partial class BarrierReportTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_report_leaves_as_one_mail_with_the_number_that_the_citizen_sees_and_a_flood_is_refused()
    {
        await using var anna = await BookingCitizen.StartAsync("--Hub:Mail:Barriers=barrierefrei@alsdorf.example");
        Assert.Contains("href=\"/barrier?lang=de\"", await anna.Hub.Anybody.GetStringAsync("/info/barrier?lang=de", Stop),
            StringComparison.Ordinal);
        var form = await FormAsync(anna);
        var (missing, _) = await SendAsync(anna, form, text: " ");
        Assert.Equal(HttpStatusCode.BadRequest, missing);
        Assert.Equal(HttpStatusCode.BadRequest, (await SendAsync(anna, form, text: new('x', 3001))).Status);

        var (status, page) = await SendAsync(anna, form);
        Assert.Equal(HttpStatusCode.OK, status);
        var number = Number().Match(page).Groups[1].Value;
        Assert.Matches("^[0-9A-F]{4}-[0-9A-F]{4}$", number);
        Assert.Equal(number, Number().Match((await SendAsync(anna, form)).Page).Groups[1].Value); // Sent twice.
        await anna.UntilMailsAsync(1);
        var mail = Assert.Single(anna.Server.Arrived);
        Assert.Equal(("barrierefrei@alsdorf.example", $"Barriere gemeldet: {number}"),
            (Assert.Single(mail.To.Mailboxes).Address, mail.Subject));
        Assert.Contains("> Der Kalender\n> ist nicht lesbar. Bcc: a@b.example", (mail.TextBody ?? "").ReplaceLineEndings("\n"),
            StringComparison.Ordinal);
        Assert.Contains("Antwort an: anna.uenal@example.org", mail.TextBody, StringComparison.Ordinal);
        Assert.DoesNotContain("uenal", anna.Hub.Words, StringComparison.Ordinal);

        HttpStatusCode last = default;
        for (var sent = 0; sent < Aufruf.Portal.Web.ReportLimit.MostForms; sent++)
        {
            last = (await SendAsync(anna, Guid.NewGuid().ToString("N"), text: $"Flut {sent}")).Status;
        }

        Assert.Equal(HttpStatusCode.Conflict, last);
    }

    private static async Task<string> FormAsync(BookingCitizen anna) =>
        FormId().Match(await anna.Hub.Anybody.GetStringAsync("/barrier?lang=de", Stop)).Groups[1].Value;

    private static async Task<(HttpStatusCode Status, string Page)> SendAsync(
        BookingCitizen anna, string form, string text = "Der Kalender\r\nist nicht lesbar.\u0007Bcc: a@b.example")
    {
        using var answer = await anna.Hub.Anybody.PostAsync("/barrier?lang=de", new FormUrlEncodedContent([new("form", form),
            new("text", text), new("where", "/book"), new("aids", ""), new("mail", BookingCitizen.Mail)]), Stop);
        return (answer.StatusCode, WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Stop)));
    }

    [GeneratedRegex("id=\"number\"[^>]*>([^<]+)<")]
    private static partial Regex Number();

    [GeneratedRegex("name=\"form\" value=\"([0-9a-f]+)\"")]
    private static partial Regex FormId();
}

using System.Net;
using System.Text.RegularExpressions;
using Aufruf.Contracts;
using Aufruf.Domain.Appointments;
using Microsoft.Extensions.DependencyInjection;

namespace Aufruf.Tests.Flows;

/// <summary>Mail filters open every link before the citizen sees the mail. Nothing may happen by that.</summary>
[Trait("Needs", "process")]
public partial class LinkRobotTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_robot_that_follows_every_link_of_every_mail_changes_nothing_and_the_buttons_do()
    {
        await using var anna = await BookingCitizen.StartAsync();
        var (soon, later) = (await anna.FreeAsync(daysAhead: 3), await anna.FreeAsync(daysAhead: 12));
        await anna.HoldAsync(soon[0]);
        await anna.PreconfirmAsync();
        await FollowAsync(anna, mails: 1);
        await PressAsync(anna, Link(anna, "/confirm/"), []);
        Assert.Equal(AppointmentState.Confirmed, await StateAsync(anna));
        await FollowAsync(anna, mails: 2);
        await anna.RebookAsync(later[^1]);
        await FollowAsync(anna, mails: 3);
        await PressAsync(anna, Link(anna, "/cancel"), [new("sure", "yes")]);
        Assert.Equal(AppointmentState.Cancelled, await StateAsync(anna));
        await FollowAsync(anna, mails: 4);
        Assert.Equal(4, anna.Server.Arrived.Count);
    }

    [Fact]
    public async Task The_calendar_file_of_the_page_is_the_one_of_the_mail_and_a_wrong_code_has_none()
    {
        await using var anna = await BookingCitizen.StartAsync();
        await anna.BookAsync((await anna.FreeAsync(daysAhead: 3))[0]);
        var page = $"/a/{anna.Week}/{anna.Code}/calendar.ics";
        using var answer = await anna.Hub.Anybody.GetAsync(page, Stop);
        Assert.Equal(("text/calendar", "termin.ics"),
            (answer.Content.Headers.ContentType?.MediaType, answer.Content.Headers.ContentDisposition?.FileName));
        Assert.Equal(Lasting(BookingCitizen.CalendarOf(anna.Server.Arrived[1])!), Lasting(await answer.Content.ReadAsStringAsync(Stop)));
        using var wrong = await anna.Hub.Anybody.GetAsync(page.Replace(anna.Code, "000000000000", StringComparison.Ordinal), Stop);
        Assert.Equal(HttpStatusCode.NotFound, wrong.StatusCode);
    }

    /// <summary>Follows all links of all mails by HEAD and by GET, several times.</summary>
    private static async Task FollowAsync(BookingCitizen citizen, int mails)
    {
        await citizen.UntilMailsAsync(mails);
        await citizen.UntilQuietAsync();
        var before = await citizen.Journal.LastPositionAsync(Stop);
        var links = citizen.Server.Arrived.SelectMany(mail => Links(mail.TextBody).Concat(Links(mail.HtmlBody)))
            .Distinct().ToArray();
        Assert.NotEmpty(links);
        foreach (var link in links)
        {
            foreach (var method in (HttpMethod[])[HttpMethod.Head, HttpMethod.Get, HttpMethod.Get, HttpMethod.Head])
            {
                using var answer = await citizen.Hub.Anybody.SendAsync(new(method, link), Stop);
                Assert.True((int)answer.StatusCode < 500, $"{method} {link}: {answer.StatusCode}\n{citizen.Hub.Words}");
            }
        }

        Assert.Equal(before, await citizen.Journal.LastPositionAsync(Stop));
    }

    /// <summary>Opens the page and presses its button, as a browser without JavaScript does.</summary>
    private static async Task PressAsync(BookingCitizen citizen, string link, KeyValuePair<string, string>[] more)
    {
        var page = await citizen.Hub.Anybody.GetStringAsync(link, Stop);
        var form = FormId().Match(page).Groups[1].Value;
        Assert.NotEmpty(form);
        using var answer = await citizen.Hub.Anybody.PostAsync(link, new FormUrlEncodedContent([new("form", form), .. more]), Stop);
        Assert.True(answer.IsSuccessStatusCode, $"{answer.StatusCode}");
    }

    private static async Task<AppointmentState?> StateAsync(BookingCitizen citizen) =>
        (await citizen.Hub.Services.GetRequiredService<IAppointments>().ViewAsync(citizen.Week, citizen.Code))?.State;

    private static string Link(BookingCitizen citizen, string part) =>
        Links(citizen.Server.Arrived[^1].TextBody).First(link => link.Contains(part, StringComparison.Ordinal));

    private static IEnumerable<string> Links(string? text) =>
        Address().Matches(WebUtility.HtmlDecode(text) ?? "").Select(match => match.Value);

    /// <summary>All lines but the time at which the file was written and the page's address, which names the reader's language.</summary>
    private static IEnumerable<string> Lasting(string file) => file.ReplaceLineEndings("\n").Replace("\n ", "", StringComparison.Ordinal)
        .Split('\n').Where(line => line.Length > 0 && !line.StartsWith("DTSTAMP", StringComparison.Ordinal)
            && !line.StartsWith("DESCRIPTION", StringComparison.Ordinal));

    [GeneratedRegex("""https?://[^\s"'<>]+""")]
    private static partial Regex Address();

    [GeneratedRegex("name=\"form\" value=\"([0-9a-f]+)\"")]
    private static partial Regex FormId();
}

using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Aufruf.Domain.Identity;
using Aufruf.Tests.Running;

namespace Aufruf.Tests.Flows;

/// <summary>An auditor reads everything and changes nothing.</summary>
public sealed partial class AuditorTests(TwoOffices offices) : IClassFixture<TwoOffices>
{
    private const string Configuration = $"/api/v1/offices/{TestHub.Office}/configuration";

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    private HttpClient Auditor => Visitor("auditor of alsdorf");

    [Fact]
    public async Task An_auditor_opens_every_page_of_the_staff_and_finds_no_button_on_it()
    {
        var desk = (await Visitor("administrator of alsdorf").GetFromJsonAsync<JsonObject>(new Uri(Configuration, UriKind.Relative), Now))!;
        var text = ((string)desk["text"]!).Replace("Etwas anderes", "Auskunft", StringComparison.Ordinal);
        using (var draft = await Visitor("administrator of alsdorf").PutAsJsonAsync($"{Configuration}/draft",
            new { text, basedOn = 1, seen = 0 }, Now))
        {
            Assert.Equal(HttpStatusCode.OK, draft.StatusCode); // So the pages have a draft to show.
        }

        var wrong = new List<string>();
        foreach (var way in await WaysIn.OfAsync(offices.Hub.Services))
        {
            // The form of a case that a clerk begins is only there to send it.
            if (way is not { Kind: WayInKind.Page, Verb: "GET" } || !InAPlace().IsMatch(way.Address)
                || way.Address.Contains("/cases/new", StringComparison.Ordinal))
            {
                continue;
            }

            using var answer = await Auditor.GetAsync(TriedWays.Filled(way, offices.Ticket), Now);
            var page = await answer.Content.ReadAsStringAsync(Now);
            var isOpen = answer.StatusCode is HttpStatusCode.OK // There is no plan, and its page says so.
                || (answer.StatusCode is HttpStatusCode.NotFound && page.Contains("error-summary", StringComparison.Ordinal));
            if (!isOpen || PostedButton().Count(page) != 1) // The one signs out.
            {
                wrong.Add($"{way.Address}: {answer.StatusCode}, {PostedButton().Count(page)} buttons");
            }
        }

        Assert.True(wrong.Count == 0, string.Join(Environment.NewLine, wrong));
    }

    [Fact]
    public async Task No_form_and_no_request_lets_an_auditor_change_anything()
    {
        var token = await StaffBrowser.FormTokenAsync(Auditor, new("/staff/account", UriKind.Relative));
        var wrong = new List<string>();
        foreach (var way in await WaysIn.OfAsync(offices.Hub.Services))
        {
            if (way.Verb is "GET" || way.Kind is WayInKind.Live or WayInKind.File
                || way.Needs is Permission.Public or Permission.OwnAccount or Permission.OwnTicket or Permission.OwnAppointment
                    or Permission.OwnCase)
            {
                continue;
            }

            using var request = new HttpRequestMessage(HttpMethod.Parse(way.Verb), TriedWays.Filled(way, offices.Ticket))
            {
                Content = way.Kind is WayInKind.Page ? new FormUrlEncodedContent([new(StaffBrowser.FormToken, token)])
                    : JsonContent.Create(TriedWays.BodyOf(way)),
            };
            using var answer = await Auditor.SendAsync(request, Now);
            if (answer.StatusCode is not HttpStatusCode.Forbidden)
            {
                wrong.Add($"{way.Verb} {way.Address}: {answer.StatusCode}");
            }
        }

        Assert.True(wrong.Count == 0, string.Join(Environment.NewLine, wrong));
    }

    private HttpClient Visitor(string name) => offices.Visitors.First(visitor => visitor.Name == name).Client;

    [GeneratedRegex(@"^/staff/\{(authority|office)\}")]
    private static partial Regex InAPlace();

    [GeneratedRegex("<form method=\"post\"(?:(?!</form>).)*<button", RegexOptions.Singleline)]
    private static partial Regex PostedButton();
}

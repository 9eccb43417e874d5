using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Aufruf.Contracts;
using Aufruf.Domain.Appointments;
using Aufruf.Portal.Web;
using Aufruf.Tests.Running;
using Microsoft.Extensions.DependencyInjection;

namespace Aufruf.Tests.Flows;

/// <summary>A program without a token against the slots and codes of all. The hub believes no address that the program invents.</summary>
public class HoldLimitTests
{
    private static CancellationToken Now => TestContext.Current.CancellationToken;

    private int _callers;

    [Fact]
    public async Task A_program_works_for_slots_and_for_a_booking_without_mail_and_cannot_guess_codes()
    {
        await using var hub = await TestHub.StartAtNineAsync(null, "--Hub:TrustedProxies=192.0.2.1");
        BookableOffices.AddTo(hub);
        var appointments = hub.Services.GetRequiredService<IAppointments>();
        var free = (await appointments.FindAsync(new("alsdorf", [new(new("ausweis"))], TestHub.Office, Most: 60))).Offices.Single();
        var starts = new Queue<DateTimeOffset>(free.Starts);

        async Task<(HttpStatusCode Status, JsonNode Body)> HoldAsync(string? altcha = null) =>
            await PostAsync(hub.Anybody, "/api/v1/authorities/alsdorf/appointments", new
            {
                requestId = Guid.CreateVersion7(),
                office = TestHub.Office,
                calendar = free.Offer.Calendar,
                services = new[] { new { service = "ausweis", persons = 1 } },
                from = starts.Dequeue(),
                kind = "at-counter",
                language = "de",
                altcha,
            });

        for (var n = 0; n < HoldLimit.Free; n++)
        {
            Assert.Equal(HttpStatusCode.OK, (await HoldAsync()).Status);
        }

        Assert.Equal("puzzle-needed", (string?)(await HoldAsync()).Body["reason"]);
        Assert.Equal("puzzle-needed", (string?)(await HoldAsync("bm8=")).Body["reason"]);
        var solution = await SolveAsync(hub);
        var held = (await HoldAsync(solution)).Body;
        Assert.Equal("puzzle-needed", (string?)(await HoldAsync(solution)).Body["reason"]);

        // Without a mail address the work is the proof. It books at once.
        var mine = $"/api/v1/appointments/{held["week"]}/{held["code"]}";
        Assert.Equal("puzzle-needed", (string?)(await CitizenAsync("02404 12345", null)).Body["reason"]);
        Assert.Equal(HttpStatusCode.BadRequest, (await CitizenAsync(null, await SolveAsync(hub))).Status);
        Assert.Equal("confirmed", (string?)(await CitizenAsync("02404 12345", await SolveAsync(hub))).Body["state"]);

        // Guessing, with a new invented address each time.
        var elsewhere = $"/api/v1/appointments/{held["week"]}/0123456789";
        HttpStatusCode[] tries = new HttpStatusCode[WrongCodes.Most + 1];
        for (var n = 0; n < tries.Length; n++)
        {
            tries[n] = (await SendAsync(hub.Anybody, new(HttpMethod.Get, $"{elsewhere}{n:00}"))).Status;
        }

        Assert.All(tries[..^1], status => Assert.Equal(HttpStatusCode.NotFound, status));
        Assert.Equal(HttpStatusCode.TooManyRequests, tries[^1]);
        using (var page = await hub.Anybody.GetAsync($"/a/{held["week"]}/{held["code"]}", Now))
        {
            Assert.Equal(HttpStatusCode.TooManyRequests, page.StatusCode);
            Assert.InRange(page.Headers.RetryAfter?.Delta?.TotalSeconds ?? 0, 1, WrongCodes.Pause.TotalSeconds);
            Assert.Contains("zu viele falsche Codes", await page.Content.ReadAsStringAsync(Now), StringComparison.Ordinal);
        }

        var day = new AppointmentDay(hub);
        for (var n = 0; n < WrongCodes.Most; n++)
        {
            Assert.Equal("unknown-code", await day.RefusalAsync($"0123456789{n:00}"));
        }

        Assert.Equal("wrong-codes", await day.RefusalAsync((string)held["code"]!));
        hub.Clock.Step += WrongCodes.Pause;
        Assert.NotEqual("wrong-codes", await day.RefusalAsync("000000000000"));
        Assert.Equal("confirmed", (string?)(await SendAsync(hub.Anybody, new(HttpMethod.Get, mine))).Body["state"]);

        Assert.NotEmpty((await appointments.FindAsync(new("alsdorf", [new(new("ausweis"))], TestHub.Office))).Offices.Single().Starts);
        Assert.Null(await appointments.ViewAsync(
            CalendarWeekKey.TryParse("alsdorf.rathaus.buergerservice.9996-12-30", out var far) ? far.Value : default, "0123456789ab"));

        Task<(HttpStatusCode Status, JsonNode Body)> CitizenAsync(string? phone, string? altcha) =>
            PostAsync(hub.Anybody, $"{mine}/citizen", new { requestId = Guid.CreateVersion7(), name = "Anna", phone, altcha });
    }

    private static async Task<string> SolveAsync(InnerHub hub) => PuzzleSolver.Solve(
        (await hub.Anybody.GetFromJsonAsync<Puzzle>("/api/v1/challenge", JsonSerializerOptions.Web, Now))!);

    private Task<(HttpStatusCode Status, JsonNode Body)> PostAsync(HttpClient anybody, string path, object body) =>
        SendAsync(anybody, new(HttpMethod.Post, path) { Content = JsonContent.Create(body) });

    private async Task<(HttpStatusCode Status, JsonNode Body)> SendAsync(HttpClient anybody, HttpRequestMessage request)
    {
        request.Headers.Add("X-Forwarded-For", $"203.0.113.{++_callers}");
        using var answer = await anybody.SendAsync(request, Now);
        request.Dispose();
        return (answer.StatusCode, JsonNode.Parse(await answer.Content.ReadAsStringAsync(Now))!);
    }
}

using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Aufruf.Contracts;
using Aufruf.Domain;
using Aufruf.Domain.Appointments;
using Aufruf.Grains;
using Aufruf.Tests.Running;
using Microsoft.Extensions.DependencyInjection;

namespace Aufruf.Tests.Flows;

/// <summary>Invitations through the true hub: placed, accepted, moved once, refused, not answered, and missed.</summary>
[Trait("Needs", "process")]
public sealed partial class InvitationFlowTests : IAsyncDisposable
{
    private const string List = "/api/v1/authorities/alsdorf/invitations";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private readonly MailServer _server = new();

    private string[] Settings => ["--Hub:Mail:Host=localhost", $"--Hub:Mail:Port={_server.Port}", "--Hub:Mail:Tls=None",
        "--Hub:Mail:From=termine@alsdorf.example", "--Hub:Mail:Timeout=00:00:20"];

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task The_authority_places_an_appointment_and_hears_what_became_of_it()
    {
        await using var hub = await TestHub.StartAtNineAsync(null, Settings);
        var accepted = await InviteAsync(hub, "accepted", days: (1, 5));
        Assert.Equal("placed", (string)accepted["state"]!);
        Assert.Equal((string)accepted["id"]!, (string)(await InviteAsync(hub, "accepted", days: (1, 5)))["id"]!);
        Assert.Single(await BookedAsync(hub, accepted));
        using (var nobody = await hub.Anybody.GetAsync(List, Stop))
        {
            Assert.Equal(HttpStatusCode.Unauthorized, nobody.StatusCode);
        }

        Assert.Equal("nothing-free-to-invite", await RefusalAsync(hub, "past", days: (-3, -2)));
        Assert.Equal("nothing-to-invite", await RefusalAsync(hub, "unknown", days: (1, 2), service: "no-such"));

        // A robot follows the links of the mail, and nothing changes.
        var own = await LinkAsync(accepted);
        foreach (var page in (string[])[$"/i/alsdorf/{own}", $"/i/alsdorf/{own}/refuse"])
        {
            using var robot = await hub.Anybody.GetAsync(page, Stop);
            Assert.True(robot.IsSuccessStatusCode, page);
        }

        Assert.Equal("placed", await StateAsync(hub, accepted));
        using (var page = await hub.Anybody.PostAsync($"/i/alsdorf/{own}", new FormUrlEncodedContent([]), Stop))
        {
            Assert.Contains("data-state=\"accepted\"", await page.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
        }

        Assert.Equal("accepted", (string)(await PressAsync(hub, own, "accept"))["state"]!);
        using (var wrong = await hub.Anybody.GetAsync($"/api/v1/invitations/alsdorf/{own[..^3]}000", Stop))
        {
            Assert.Equal(HttpStatusCode.NotFound, wrong.StatusCode);
        }

        await MoveOnceAsync(hub, await InviteAsync(hub, "moved", days: (1, 12)));
        var refused = await InviteAsync(hub, "refused", days: (1, 5));
        Assert.Equal("refused", (string)(await PressAsync(hub, await LinkAsync(refused), "refuse"))["state"]!);
        Assert.Empty(await BookedAsync(hub, refused));
        Assert.Contains(await FreeAsync(hub), start => start == refused["from"]!.GetValue<DateTimeOffset>());

        var here = await InviteAsync(hub, "here", days: (0, 0));
        await CheckInAsync(hub, here);
        var open = await InviteAsync(hub, "open", days: (17, 23));
        Assert.NotEmpty(await LinkAsync(open));
        await PlanAsync(hub, await InviteAsync(hub, "planned", days: (6, 13)));
        Assert.Equal(["case accepted", "case moved", "case refused", "case here", "case open", "case planned"], (await ListAsync(hub, ""))
            .Select(one => (string)one!["reference"]!));

        // A hub stops after the entry and before the booking: the next one books it once.
        var left = await LeaveAsync(hub, refused);
        await hub.StopAsync();
        await hub.StartAgainAsync();
        await hub.UntilAsync(async () => await StateAsync(hub, left) == "placed", "The process places it");
        Assert.Single(await BookedAsync(hub, left));
        Assert.NotEmpty(await LinkAsync(left));

        // Eight calls at once place one appointment.
        var many = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => InviteAsync(hub, "many", days: (1, 5))));
        Assert.Single(many.Select(one => (string)one["id"]!).Distinct());
        Assert.Single(await BookedAsync(hub, many[0]));
        await TryAgainAsync(hub, refused);

        hub.Clock.Skipped += TimeSpan.FromDays(15); // As a machine that has slept: all that is due comes at once.
        await hub.UntilAsync(async () => await StateAsync(hub, open) == "no-answer", "The time to answer is over");
        await hub.UntilAsync(async () => (await BookedAsync(hub, open)).Count == 0, "Its slot is free again");
        await hub.UntilAsync(async () => await StateAsync(hub, accepted) == "missed", "The one who was expected did not come");
        await hub.UntilAsync(async () => await StateAsync(hub, here) == "attended", "The one who came without an answer attended");
        Assert.Equal((string)open["id"]!, (string)(await ListAsync(hub, "?state=no-answer"))[0]!["id"]!);
        using (var unknown = await hub.Clerk.GetAsync($"{List}?state=no-such", Stop))
        {
            Assert.Equal(HttpStatusCode.BadRequest, unknown.StatusCode);
        }

        Assert.Equal(8, (await ListAsync(hub, $"?after={accepted["place"]}")).Count);
        Assert.DoesNotContain("erika@example.org", hub.Words, StringComparison.Ordinal);
        await foreach (var entry in hub.Services.GetRequiredService<IJournal>().ReadAsync(Invitations.StreamOf("alsdorf"), 0, Stop))
        {
            Assert.DoesNotContain("case ", Encoding.UTF8.GetString(entry.Entry.Span), StringComparison.Ordinal);
        }
    }

    /// <summary>The office has to move it: the citizen answers as before, and may still move it.</summary>
    private async Task PlanAsync(InnerHub hub, JsonNode invitation)
    {
        Assert.True(CalendarWeekKey.TryParse((string)invitation["week"]!, out var week));
        var from = TimeZoneInfo.ConvertTime(invitation["from"]!.GetValue<DateTimeOffset>(), TestHub.Berlin);
        var (plan, day) = (Guid.CreateVersion7(), $"{from:yyyy-MM-dd}");
        var plans = $"/api/v1/offices/{TestHub.Office}/plans";
        using var drawn = await hub.Clerk.PostAsJsonAsync(plans, new
        {
            requestId = plan,
            closure = new
            {
                calendar = week.Value.Calendar,
                first = day,
                last = day,
                from = $"{from:HH:mm}",
                to = $"{from.AddMinutes(30):HH:mm}",
                counters = 10,
                reason = "Erkrankung",
            },
        }, Stop);
        Assert.True(drawn.IsSuccessStatusCode, await drawn.Content.ReadAsStringAsync(Stop));
        using var sent = await hub.Clerk.PostAsJsonAsync($"{plans}/{plan}/send", new { requestId = Guid.NewGuid() }, Stop);
        Assert.True(sent.IsSuccessStatusCode, await sent.Content.ReadAsStringAsync(Stop));
        var now = invitation;
        await hub.UntilAsync(async () =>
        {
            now = JsonNode.Parse(await hub.Clerk.GetStringAsync($"{List}/{invitation["id"]}", Stop))!;
            return (string)now["from"]! != (string)invitation["from"]!;
        }, "The invitation follows the plan");
        Assert.Equal("placed", (string)now["state"]!);
        var booked = Assert.Single(await BookedAsync(hub, invitation));
        Assert.Equal((false, invitation["minutes"]!.GetValue<int>()), (booked.Invited!.IsMoved, booked.Minutes));
    }

    /// <summary>At the kiosk, with the code of the appointment.</summary>
    private async Task CheckInAsync(InnerHub hub, JsonNode invitation)
    {
        var view = JsonNode.Parse(await hub.Anybody.GetStringAsync($"/api/v1/invitations/alsdorf/{await LinkAsync(invitation)}", Stop))!;
        using var answer = await hub.AtKiosk.PostAsJsonAsync($"/api/v1/kiosks/{TestHub.Kiosk}/check-ins",
            new { requestId = Guid.NewGuid(), code = (string)view["booked"]!["code"]! }, Stop);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Stop));
    }

    private static async Task<JsonArray> ListAsync(InnerHub hub, string query) =>
        JsonNode.Parse(await hub.Clerk.GetStringAsync($"{List}{query}", Stop))!["invitations"]!.AsArray();

    private async Task MoveOnceAsync(InnerHub hub, JsonNode invitation)
    {
        var view = JsonNode.Parse(await hub.Anybody.GetStringAsync($"/api/v1/invitations/alsdorf/{await LinkAsync(invitation)}"))!;
        Assert.True(CalendarWeekKey.TryParse((string)invitation["week"]!, out var week));
        var code = (string)view["booked"]!["code"]!;
        var page = await hub.Anybody.GetStringAsync($"/a/{week}/{code}/rebook");
        Assert.Contains("type=\"radio\"", page, StringComparison.Ordinal);
        var appointments = hub.Services.GetRequiredService<IAppointments>();
        Wanted[] services = [new(new("ausweis"))];
        var day = DateOnly.FromDateTime(hub.Clock.GetUtcNow().UtcDateTime);
        var free = (await appointments.FindAsync(new("alsdorf", services, TestHub.Office, day.AddDays(1), 40))).Offices.First(
            o => o.Starts.Count > 0);

        Task<AppointmentAnswer> MoveAsync(DateTimeOffset to) => appointments.RebookAsync(week.Value, code,
            new(TestHub.Office, free.Offer.Calendar, services, to, AppointmentKind.AtCounter, "de"), BookingCitizen.NewRequest());

        var late = free.Starts.Where(start => start > hub.Clock.GetUtcNow().AddDays(14)).Select(start => (DateTimeOffset?)start)
            .FirstOrDefault();
        Assert.Equal(Refusal.OutsideInvitation, (await MoveAsync(late ?? hub.Clock.GetUtcNow().AddDays(20))).Refusal);
        var before = invitation["from"]!.GetValue<DateTimeOffset>();
        var target = free.Starts.First(start => start > before.AddHours(1));
        Assert.Null((await MoveAsync(target)).Refusal);
        await hub.UntilAsync(async () => await StateAsync(hub, invitation) == "moved", "The invitation follows its appointment");
        Assert.Equal(Refusal.InvitationMovedOnce, (await MoveAsync(free.Starts.First(start => start > target.AddHours(1)))).Refusal);
    }

    /// <summary>Only the entry of an invitation, as a hub that dies leaves it.</summary>
    private static async Task<JsonNode> LeaveAsync(InnerHub hub, JsonNode refused)
    {
        var grain = hub.Services.GetRequiredService<IGrainFactory>().GetGrain<IInvitationsGrain>(Invitations.StreamOf("alsdorf"));
        var (id, other) = (new InvitationId(Guid.CreateVersion7()), (await grain.Find(IdOf(refused)))!);
        var (week, from, kept) = (other.Slot.Slot.Week, other.Slot.From, hub.Clock.GetUtcNow().AddDays(100));
        var citizen = await hub.Services.GetRequiredService<Vault>().SealAsync(new Subject("invitation", id.ToString()), kept,
            id.ToString(), JsonSerializer.Serialize(new CitizenData("Erika", "erika@example.org")));
        var code = hub.Services.GetRequiredService<AppointmentSecrets>().CodeOf(id);
        await grain.Handle(BookingCitizen.NewRequest(), new InvitationCommand.Invite(other with
        {
            Id = id,
            Reference = "",
            Citizen = citizen,
            KeptUntil = kept,
            CodeHash = AppointmentSecrets.HashOf(code),
            Slot = new(new(week, InvitedSlot.BookingOf(id, week, from)), other.Slot.Office, from, other.Slot.Minutes),
            State = InvitationState.Chosen,
        }));
        return new JsonObject { ["id"] = id.ToString() };
    }

    /// <summary>Nothing was free, and the key of that try has ended. The same reference is placed later.</summary>
    private static async Task TryAgainAsync(InnerHub hub, JsonNode refused)
    {
        var id = hub.Services.GetRequiredService<AppointmentSecrets>().InvitationOf("alsdorf", "case again");
        var grain = hub.Services.GetRequiredService<IGrainFactory>().GetGrain<IInvitationsGrain>(Invitations.StreamOf("alsdorf"));
        var other = (await grain.Find(IdOf(refused)))!;
        var past = other.Slot.From.AddDays(-30);
        await grain.Handle(BookingCitizen.NewRequest(), new InvitationCommand.Invite(other with
        {
            Id = id,
            NotBefore = other.NotBefore.AddDays(-30),
            NotAfter = other.NotBefore.AddDays(-30),
            Slot = other.Slot with { From = past, Slot = new(other.Slot.Slot.Week, new(Guid.CreateVersion7())) },
            State = InvitationState.Chosen,
        }));
        await hub.UntilAsync(async () => (await grain.Find(id))?.State is InvitationState.NothingFree, "Nothing is free");
        await hub.Services.GetRequiredService<Vault>().DestroyAsync(new Subject("invitation", id.ToString()));
        var again = await InviteAsync(hub, "again", days: (1, 5));
        Assert.Equal(("placed", "case again", 1), ((string)again["state"]!, (string)again["reference"]!, (await grain.Find(id))!.Try));
        Assert.Single(await BookedAsync(hub, again));
    }

    private static InvitationId IdOf(JsonNode invitation) => new(Guid.Parse((string)invitation["id"]!));

    private static bool Mentions(string? text, JsonNode invitation) =>
        text?.Contains($"/i/alsdorf/{invitation["id"]}/", StringComparison.Ordinal) is true;

    /// <summary>The id and the code of its mail.</summary>
    private async Task<string> LinkAsync(JsonNode invitation)
    {
        for (var tries = 0; tries < 200 && !_server.Arrived.Any(mail => Mentions(mail.TextBody, invitation)); tries++)
        {
            await Task.Delay(100, Stop);
        }

        return Link().Match(_server.Arrived.Single(mail => Mentions(mail.TextBody, invitation)).TextBody!).Groups[1].Value;
    }

    private static object Wish(InnerHub hub, string reference, (int First, int Last) days, string service)
    {
        var today = DateOnly.FromDateTime(hub.Clock.GetUtcNow().UtcDateTime);
        return new
        {
            reference = $"case {reference}",
            service,
            notBefore = today.AddDays(days.First),
            notAfter = today.AddDays(days.Last),
            contact = new { name = "Erika", mail = "erika@example.org", language = "de" },
        };
    }

    private static async Task<JsonNode> InviteAsync(InnerHub hub, string reference, (int First, int Last) days)
    {
        using var answer = await hub.Clerk.PostAsJsonAsync(List, Wish(hub, reference, days, "ausweis"));
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        return JsonNode.Parse(text)!;
    }

    private static async Task<string> RefusalAsync(InnerHub hub, string reference, (int First, int Last) days, string service = "ausweis")
    {
        using var answer = await hub.Clerk.PostAsJsonAsync(List, Wish(hub, reference, days, service));
        return (string)JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["reason"]!;
    }

    private static async Task<string> StateAsync(InnerHub hub, JsonNode invitation) =>
        (string)JsonNode.Parse(await hub.Clerk.GetStringAsync($"{List}/{invitation["id"]}"))!["state"]!;

    private static async Task<JsonNode> PressAsync(InnerHub hub, string own, string action)
    {
        using var answer = await hub.Anybody.PostAsJsonAsync($"/api/v1/invitations/alsdorf/{own}/{action}",
            new { requestId = Guid.NewGuid() });
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        return JsonNode.Parse(text)!;
    }

    private static async Task<IReadOnlyList<Appointment>> BookedAsync(InnerHub hub, JsonNode invitation)
    {
        var grains = hub.Services.GetRequiredService<IGrainFactory>();
        var found = (await grains.GetGrain<IInvitationsGrain>(Invitations.StreamOf("alsdorf")).Find(IdOf(invitation)))!;
        var week = await grains.GetGrain<ICalendarWeekGrain>(found.Slot.Slot.Week.Stream).View();
        return [.. week.Appointments.Values.Where(a => a.Invited?.Id == found.Id && a.State is AppointmentState.Confirmed)];
    }

    private static async Task<DateTimeOffset[]> FreeAsync(InnerHub hub) => [.. JsonNode.Parse(
        await hub.Clerk.GetStringAsync($"/api/v1/offices/{TestHub.Office}/slots?service=ausweis"))!["offices"]!.AsArray()
        .SelectMany(office => office!["starts"]!.AsArray()).Select(start => start!.GetValue<DateTimeOffset>())];

    [GeneratedRegex(@"/i/alsdorf/([0-9a-f-]{36}/[0-9a-z]{12})")]
    private static partial Regex Link();
}

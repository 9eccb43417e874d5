using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Aufruf.Contracts;
using Aufruf.Domain.Appointments;
using Aufruf.Grains;
using Aufruf.Tests.Running;
using Microsoft.Extensions.DependencyInjection;

namespace Aufruf.Tests.Flows;

/// <summary>Standing wishes through the true hub: registered, confirmed by mail, offered, accepted, declined and stopped.</summary>
[Trait("Needs", "process")]
public sealed partial class WishFlowTests : IAsyncDisposable
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private const string To = "anna.uenal@example.org";

    private readonly MailServer _server = new();

    private string[] Settings => ["--Hub:Mail:Host=localhost", $"--Hub:Mail:Port={_server.Port}", "--Hub:Mail:Tls=None",
        "--Hub:Mail:From=termine@alsdorf.example", "--Hub:Mail:Timeout=00:00:20"];

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task A_wish_is_confirmed_by_mail_and_its_offer_booked_and_no_file_names_its_citizen()
    {
        await using var hub = await TestHub.StartAsync(options: Settings);
        var page = await RegisterAsync(hub, To);
        Assert.Equal("registered", await StateAsync(hub, page));
        Assert.Equal(HttpStatusCode.NotFound, (await hub.Anybody.GetAsync(page[..^3] + "000", Stop)).StatusCode);

        await PostAsync(hub, $"{page}/confirm");
        await OfferedAsync(hub, page);
        await hub.UntilAsync(() => Task.FromResult(_server.Arrived.Count == 2), "The mail with the offer arrives");
        Assert.Contains($"http://localhost:{hub.Http}/w/alsdorf/", _server.Arrived[1].TextBody, StringComparison.Ordinal);
        Assert.Contains("/stop", _server.Arrived[1].TextBody, StringComparison.Ordinal);
        await FollowAllLinksAsync(hub);

        var request = Guid.NewGuid();
        var accepted = await PostAsync(hub, $"{page}/offers/1/accept", request);
        Assert.Equal(accepted["state"]!.ToString(), (await PostAsync(hub, $"{page}/offers/1/accept", request))["state"]!.ToString());
        Assert.Equal("fulfilled", accepted["end"]!.ToString());
        var booked = JsonNode.Parse(await hub.Anybody.GetStringAsync(
            $"/api/v1/appointments/{accepted["booked"]!["week"]}/{accepted["booked"]!["code"]}", Stop))!;
        Assert.Equal("confirmed", booked["state"]!.ToString());
        Assert.Equal("Anna Ünal", booked["citizen"]!["name"]!.ToString());

        await hub.StopAsync();
        foreach (var file in Directory.GetFiles(hub.Data, "*", SearchOption.AllDirectories))
        {
            Assert.True((await File.ReadAllBytesAsync(file, Stop)).AsSpan().IndexOf(Encoding.UTF8.GetBytes(To)) < 0, file);
        }

        Assert.DoesNotContain(To, hub.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_declined_offer_is_followed_by_another_one_and_a_stopped_wish_holds_nothing()
    {
        await using var hub = await TestHub.StartAsync(options: Settings);
        var page = await RegisterAsync(hub, To);
        await PostAsync(hub, $"{page}/confirm");
        var first = (await OfferedAsync(hub, page))["offers"]![0]!["from"]!.ToString();
        await PostAsync(hub, $"{page}/offers/1/decline");
        await hub.UntilAsync(async () => (await LookAsync(hub, page))["offers"]!.AsArray().Count == 2, "Another slot is offered");
        Assert.NotEqual(first, (await LookAsync(hub, page))["offers"]![1]!["from"]!.ToString());

        // After a restart the open offer is the same one, and there is one hold.
        await hub.StopAsync();
        await hub.StartAgainAsync();
        Assert.Equal(2, (await LookAsync(hub, page))["offers"]!.AsArray().Count);
        Assert.Single(await HeldAsync(hub));

        Assert.Equal("stopped", (await PostAsync(hub, $"{page}/stop"))["end"]!.ToString());
        await hub.UntilAsync(async () => (await HeldAsync(hub)).Count == 0, "The slot is given back");
        using var late = await hub.Anybody.PostAsJsonAsync($"{page}/offers/2/accept", new { requestId = Guid.NewGuid() }, Stop);
        Assert.Equal(HttpStatusCode.Conflict, late.StatusCode);
    }

    [Fact]
    public async Task An_accepted_earlier_offer_moves_the_appointment_and_keeps_its_code()
    {
        await using var hub = await TestHub.StartAsync(options: Settings);
        var page = await RegisterAsync(hub, To, notBefore: DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime).AddDays(9));
        await PostAsync(hub, $"{page}/confirm");
        await OfferedAsync(hub, page);
        var late = (await PostAsync(hub, $"{page}/offers/1/accept"))["booked"]!;

        var earlier = await RegisterAsync(hub, "other@example.org", improve: late);
        await PostAsync(hub, $"{earlier}/confirm");
        await OfferedAsync(hub, earlier);
        var before = await hub.Anybody.GetFromJsonAsync<JsonNode>($"/api/v1/appointments/{late["week"]}/{late["code"]}", Stop);
        Assert.Equal("confirmed", before!["state"]!.ToString()); // An offer changes nothing yet.

        var now = (await PostAsync(hub, $"{earlier}/offers/1/accept"))["booked"]!;
        Assert.Equal(late["code"]!.ToString(), now["code"]!.ToString());
        var moved = await hub.Anybody.GetFromJsonAsync<JsonNode>($"/api/v1/appointments/{now["week"]}/{now["code"]}", Stop);
        Assert.Equal("1", moved!["sequence"]!.ToString());
        Assert.True(CalendarWeekKey.TryParse(now["week"]!.ToString(), out var week));
        Assert.Equal(
            To, (await hub.Services.GetRequiredService<IAppointments>().ViewAsync(week.Value, now["code"]!.ToString()))?.Citizen?.Mail);
        Assert.True(moved["from"]!.GetValue<DateTimeOffset>() < before["from"]!.GetValue<DateTimeOffset>());
    }

    private async Task<string> RegisterAsync(InnerHub hub, string mail, DateOnly? notBefore = null, JsonNode? improve = null)
    {
        var mails = _server.Arrived.Count;
        using var answer = await hub.Anybody.PostAsJsonAsync("/api/v1/authorities/alsdorf/wishes", new
        {
            requestId = Guid.NewGuid(),
            services = new[] { new { service = "ausweis", persons = 1 } },
            name = "Anna Ünal",
            mail,
            language =
                "de",
            notBefore,
            improve,
        });
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        await hub.UntilAsync(() => Task.FromResult(Links(mails).Any()), "The mail that asks for confirmation arrives");
        return $"/api/v1/authorities/alsdorf/wishes/{Links(mails).First()}";
    }

    private IEnumerable<string> Links(int after) => _server.Arrived.Skip(after)
        .Where(mail => mail.Subject?.Contains("bestätigen", StringComparison.Ordinal) is true)
        .Select(mail => Link().Match(mail.TextBody ?? "")).Where(found => found.Success).Select(found => found.Groups[1].Value);

    /// <summary>As a mail filter does. Nothing may happen by that.</summary>
    private async Task FollowAllLinksAsync(InnerHub hub)
    {
        var (outbox, journal) = (hub.Services.GetRequiredService<IGrainFactory>().GetGrain<IOutboxGrain>("outbox/alsdorf"),
            hub.Services.GetRequiredService<IJournal>());
        await hub.UntilAsync(async () => (await outbox.View()).Messages.Count == 0, "All mails have left");
        var before = await journal.LastPositionAsync(Stop);
        var links = _server.Arrived.SelectMany(mail => AnyLink().Matches($"{mail.TextBody} {mail.HtmlBody}")).Select(link => link.Value)
            .Distinct().ToList();
        Assert.InRange(links.Count, 2, 20);
        foreach (var link in links)
        {
            foreach (var method in (HttpMethod[])[HttpMethod.Head, HttpMethod.Get])
            {
                using var answer = await hub.Anybody.SendAsync(new(method, link), Stop);
                Assert.True(answer.IsSuccessStatusCode, $"{method} {link}: {answer.StatusCode}");
            }
        }

        Assert.Equal(before, await journal.LastPositionAsync(Stop));
    }

    private static async Task<JsonNode> LookAsync(InnerHub hub, string page) => JsonNode.Parse(await hub.Anybody.GetStringAsync(page))!;

    private static async Task<string> StateAsync(InnerHub hub, string page) => (await LookAsync(hub, page))["state"]!.ToString();

    private static async Task<JsonNode> OfferedAsync(InnerHub hub, string page)
    {
        await hub.UntilAsync(async () => await StateAsync(hub, page) == "offered", "A slot is offered");
        return await LookAsync(hub, page);
    }

    private static async Task<JsonNode> PostAsync(InnerHub hub, string address, Guid? request = null)
    {
        using var answer = await hub.Anybody.PostAsJsonAsync(address, new { requestId = request ?? Guid.NewGuid() }, Stop);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        return JsonNode.Parse(text)!;
    }

    private static async Task<IReadOnlyList<Appointment>> HeldAsync(InnerHub hub)
    {
        var wishes = await hub.Services.GetRequiredService<IGrainFactory>().GetGrain<IWishesGrain>(Wishes.StreamOf("alsdorf")).View();
        var held = new List<Appointment>();
        foreach (var week in wishes.All.Values.SelectMany(wish => wish.Offers).Select(offer => offer.Slot.Week).Distinct())
        {
            var state = await hub.Services.GetRequiredService<IGrainFactory>().GetGrain<ICalendarWeekGrain>(week.Stream).View();
            held.AddRange(state.Appointments.Values.Where(a => a.State is AppointmentState.Held && a.Wish is not null));
        }

        return held;
    }

    [GeneratedRegex(@"/w/alsdorf/([0-9a-f-]{36}/[0-9a-z]{12})")]
    private static partial Regex Link();

    [GeneratedRegex(@"http://localhost:\d+/[^\s""<]+")]
    private static partial Regex AnyLink();
}

using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Aufruf.Tests.Running;

/// <summary>The demo office at nine, on a day full of free appointments.</summary>
/// <remarks>Calendar "offen" takes citizens eight hours early and 10 minutes late; "streng" one minute early, and nobody late.</remarks>
internal sealed class AppointmentDay(TestHub hub)
{
    public const string List = $"/api/v1/offices/{TestHub.Office}/appointments";

    public static async Task<string> OfficeAsync()
    {
        var office = JsonNode.Parse(await File.ReadAllTextAsync(TestHub.DemoOffice))!;
        office["calendars"] = new JsonArray(
            Calendar("offen", ["ausweis", "wohnsitz", "bescheinigung"],
                new JsonObject { ["earlyMinutes"] = 480, ["lateMinutes"] = 10, ["mostPerContact"] = 1 }),
            Calendar("streng", ["fuehrerschein"], new JsonObject { ["earlyMinutes"] = 1, ["lateMinutes"] = 1, ["whenLate"] = "refuse" }));
        return office.ToJsonString();
    }

    /// <summary>The next appointment that a clerk can give, today.</summary>
    public async Task<DateTimeOffset> NextAsync(string service, int skip = 0)
    {
        var found = JsonNode.Parse(await hub.Clerk.GetStringAsync($"/api/v1/offices/{TestHub.Office}/slots?service={service}"))!;
        var start = found["offices"]!.AsArray().Single()!["starts"]!.AsArray()[skip]!.GetValue<DateTimeOffset>();
        Assert.Equal(Local(Now).Date, Local(start).Date);
        return start;
    }

    /// <summary>A clerk books for somebody.</summary>
    public async Task<JsonNode> BookAsync(string name, string service = "ausweis", DateTimeOffset? at = null, string? mail = null)
    {
        using var answer = await hub.Clerk.PostAsJsonAsync(List, new
        {
            requestId = Guid.CreateVersion7(),
            calendar = $"{TestHub.Office}.{(service == "fuehrerschein" ? "streng" : "offen")}",
            services = new[] { new { service, persons = 1 } },
            from = at ?? await NextAsync(service),
            kind = "at-counter",
            language = "de",
            name,
            mail,
        });
        var body = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, body);
        return JsonNode.Parse(body)!;
    }

    /// <summary>At the kiosk: the ticket, or the reason.</summary>
    public async Task<(HttpStatusCode Status, JsonNode Body)> CheckInAsync(string code, Guid? request = null)
    {
        using var answer = await hub.AtKiosk.PostAsJsonAsync($"/api/v1/kiosks/{TestHub.Kiosk}/check-ins",
            new { requestId = request ?? Guid.CreateVersion7(), code });
        return (answer.StatusCode, JsonNode.Parse(await answer.Content.ReadAsStringAsync())!);
    }

    public async Task<string> RefusalAsync(string code) => (string)(await CheckInAsync(code)).Body["reason"]!;

    /// <summary>A clerk's action on one appointment: the appointment after it, or the refusal.</summary>
    public async Task<JsonNode> ActAsync(JsonNode appointment, string action)
    {
        using var answer = await hub.Clerk.PostAsJsonAsync(
            $"{List}/{appointment["week"]}/{appointment["id"]}/{action}", new { requestId = Guid.CreateVersion7() });
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
    }

    /// <summary>The clerk's list of today; null: it does not name this one.</summary>
    public async Task<JsonNode?> InListAsync(JsonNode appointment) =>
        JsonNode.Parse(await hub.Clerk.GetStringAsync(List))!.AsArray()
            .FirstOrDefault(row => (string?)row!["id"] == (string?)appointment["id"]);

    private DateTimeOffset Now => hub is InnerHub inner ? inner.Clock.GetUtcNow() : TimeProvider.System.GetUtcNow();

    private static DateTimeOffset Local(DateTimeOffset at) =>
        TimeZoneInfo.ConvertTime(at, TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"));

    private static JsonObject Calendar(string id, string[] services, JsonObject rules) => new()
    {
        ["id"] = id,
        ["name"] = new JsonObject { ["de"] = "Termine", ["en"] = "Appointments" },
        ["letter"] = "N",
        ["services"] = new JsonArray([.. services.Select(service => new JsonObject { ["service"] = service, ["minutes"] = 10 })]),
        ["series"] = new JsonArray(new JsonObject
        {
            ["days"] = new JsonArray("mo", "tu", "we", "th", "fr", "sa", "su"),
            ["from"] = "00:00",
            ["to"] = "24:00",
            ["counters"] = 10,
        }),
        ["rules"] = rules,
    };
}

/// <summary>One hub with such a day for the tests of a class.</summary>
public sealed class AppointmentHub : IAsyncLifetime
{
    private InnerHub? _hub;

    internal InnerHub Hub => _hub ?? throw new InvalidOperationException("The hub was not started.");

    internal AppointmentDay Day => new(Hub);

    public async ValueTask InitializeAsync() =>
        _hub = await TestHub.StartAtNineAsync(await AppointmentDay.OfficeAsync(), "--Hub:KioskTicketsPerMinute=1000");

    public ValueTask DisposeAsync() => Hub.DisposeAsync();
}

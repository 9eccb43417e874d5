using System.Text.RegularExpressions;
using Aufruf.Domain.Towns;

namespace Aufruf.Tests.Running;

/// <summary>A way in, as the visitors of two offices try it: with the names of the demo office, and with a body.</summary>
internal static partial class TriedWays
{
    /// <summary>A body with every field that the way needs, about nothing that there is.</summary>
    public static object BodyOf(WayIn way) => way.Address.EndsWith("/tickets", StringComparison.Ordinal)
        ? new { requestId = Guid.CreateVersion7(), service = "no-such", language = "de" }
        : way.Address.EndsWith("{authority}/invitations/", StringComparison.Ordinal) ? new
        {
            reference = "case",
            service = "no-such",
            notBefore = "2026-11-30",
            notAfter = "2026-11-30",
            contact = new { name = "Erika", mail = "erika@example.org", language = "de" },
        }
        : way.Address.EndsWith("/check-ins", StringComparison.Ordinal) ? new { requestId = Guid.CreateVersion7(), code = "no-such" }
        : way.Address.EndsWith("{office}/appointments", StringComparison.Ordinal) ? new
        {
            requestId = Guid.CreateVersion7(),
            calendar = "no-such",
            services = new[] { new { service = "ausweis", persons = 1 } },
            from = TimeProvider.System.GetUtcNow(),
            kind = "at-counter",
            language = "de",
            name = "Erika",
        }
        : way.Address.EndsWith("/plans/preview", StringComparison.Ordinal) ? new
        {
            calendar = "no-such",
            first = "2026-11-23",
            last = "2026-11-23",
            from = "08:00",
            to = "12:00",
            counters = 1,
            reason = "Erkrankung",
        }
        : way.Address.EndsWith("{authority}/people/", StringComparison.Ordinal)
            ? new { name = "", displayName = "", role = "no-such", place = "alsdorf" }
        : way.Address.Contains("{name}/roles", StringComparison.Ordinal) ? new { role = "no-such", place = "alsdorf" }
        : way.Address.EndsWith("/roles/{role}", StringComparison.Ordinal)
            ? new { name = new { de = "Niemand" }, permissions = Array.Empty<string>() }
        : way.Address.Contains("/provider/rows", StringComparison.Ordinal) ? new { value = "x", role = "no-such", place = "alsdorf" }
        : way.Address.EndsWith("/pair", StringComparison.Ordinal) ? new { code = "no-such" }
        : way.Address.EndsWith("/step", StringComparison.Ordinal)
            ? new { requestId = Guid.CreateVersion7(), step = new { action = "keep" } }
        : way.Address.EndsWith("/settings/draft", StringComparison.Ordinal) ? new { settings = TownSettings.Usual, basedOn = 0, seen = 99 }
        : way.Address.EndsWith("/settings/draft/check", StringComparison.Ordinal) ? new { settings = TownSettings.Usual }
        : way.Address.EndsWith("/draft", StringComparison.Ordinal) ? new { text = "{}", basedOn = 0, seen = 99 }
        : way.Address.EndsWith("/draft/check", StringComparison.Ordinal) ? new { text = "{}" }
        : way.Address.Contains("/draft/", StringComparison.Ordinal) ? new { seen = 99 }
        : way.Address.EndsWith("/take-back", StringComparison.Ordinal) ? new { edition = 99, seen = 99 }
        : new { requestId = Guid.CreateVersion7() };

    /// <summary>The office that the address is about; null: about none, or about any.</summary>
    public static string? OfficeOf(WayIn way) => way.Address.Contains("/live/desk", StringComparison.Ordinal)
            || way.Address.Contains("{area}", StringComparison.Ordinal) ? TestHub.Area
        : way.Address.StartsWith("/staff/{authority}", StringComparison.Ordinal)
            || way.Address.Contains("/towns/{authority}", StringComparison.Ordinal) ? "alsdorf"
        : way.Kind is WayInKind.Live || Parameter().IsMatch(way.Address) ? TestHub.Office : null;

    /// <summary>The address with the demo office's names in it.</summary>
    public static string Filled(WayIn way, string ticket) => way.Kind is WayInKind.File ? way.Address : Parameter().Replace(way.Address,
        m => m.Groups[1].Value switch
        {
            "area" => TestHub.Area,
            "counter" => "3",
            "action" => way.Address.Contains("/counters/", StringComparison.Ordinal) ? "open"
                : way.Address.Contains("/services/", StringComparison.Ordinal) ? "stop"
                : way.Address.Contains("/people/", StringComparison.Ordinal) ? "unlock" : "cancel",
            "service" => "ausweis",
            "ticket" => Guid.Empty.ToString(),
            "office" => TestHub.Office,
            "report" => "overview",
            "kiosk" => TestHub.Kiosk,
            "holder" => "no-such",
            "queue" => ticket.Split('/')[^2],
            "code" => ticket.Split('/')[^1],
            "documentName" => "v1",
            "id" => way.Address.Contains("/appointments/", StringComparison.Ordinal)
                || way.Address.Contains("/invitations/", StringComparison.Ordinal) ? Guid.Empty.ToString() : "imprint",
            "secret" => "x",
            "role" or "session" or "passkey" => "no-such",
            "procedure" => "no-such",
            "number" => "1-2026-000001",
            "step" or "field" => "x",
            "item" => "flag-town-small",
            "document" => "notice.1",
            "outcome" => "granted",
            "day" => "2026-11-23",
            "batch" => "1",
            "wish" or "invitation" or "appointment" => Guid.Empty.ToString(),
            "offer" => "1",
            "plan" => Guid.Empty.ToString(),
            "line" => "1",
            "authority" => "alsdorf",
            "name" => TwoOffices.Administered,
            "token" => $"{TestHub.Office}~try~x",
            "week" => "alsdorf.rathaus.buergerservice.2026-11-23",
            var unknown => throw new InvalidOperationException($"Say here what stands for {{{unknown}}} of {way.Address}."),
        }) + (way.Address switch
        {
            _ when way.Address.EndsWith("/slip-preview", StringComparison.Ordinal) => "?service=ausweis",
            _ when way.Address.EndsWith("/board-preview", StringComparison.Ordinal) => "?board=halle",
            _ when way.Address.EndsWith("/town/mail", StringComparison.Ordinal) => "?mail=booked&in=de",
            _ => "",
        }) + (way.Kind is WayInKind.Live ? "?negotiateVersion=1&" + (way.Address.Split('/')[2] switch
        {
            "board" => $"board={TestHub.Board}",
            "desk" => $"area={TestHub.Area}&counter=3",
            "kiosk" => $"kiosk={TestHub.Kiosk}",
            "ticket" => $"queue={ticket.Split('/')[^2]}&code={ticket.Split('/')[^1]}",
            var unknown => throw new InvalidOperationException($"Say here what a connection to /live/{unknown} names."),
        }) : "");

    [GeneratedRegex(@"\{(\w+)[^}]*\}")]
    private static partial Regex Parameter();
}

using System.Globalization;
using Aufruf.Contracts;
using Aufruf.Domain.Identity;
using Aufruf.Portal.Identity;
using Aufruf.Portal.Staff.Reports;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace Aufruf.Portal.Staff.Audit;

/// <summary>The log of access of an authority: search by name, act and days, also as a file.</summary>
/// <remarks>It shows all offices, so the token of one office does not open it.</remarks>
[Needs(Permission.Audit, AuthenticationSchemes = StaffAccess.Scheme)]
public sealed class AuditPage(IAccessBook log, TimeProvider clock) : StaffPage
{
    private const int MostRows = 200;
    private const int LongestName = 60;
    private const string DayForm = "yyyy-MM-dd";

    /// <summary>All that a row may be about, by its name in the journal.</summary>
    public static readonly IReadOnlyList<string> Acts = ["appointment-list", "appointment", "remarks", "plan", "person", "report",
        "audit-log", "office-published", "office-confirmed", "office-withdrawn", "credential-issued", "credential-revoked",
        "pairing-offered", "pairing-redeemed", "credential", "search", "person-invited", "link-offered", "person-disabled",
        "person-enabled", "key-made", "session-ended", "role-granted", "role-taken", "substitute-named", "role-defined", "role-removed",
        "claim-mapped", "claim-unmapped", "provider-awaited", "sign-in-unlocked", "totp-turned-off", "passkey-removed"];

    [FromRoute(Name = "authority")] public string Authority { get; set; } = "";

    [FromQuery(Name = "from")] public string? From { get; set; }
    [FromQuery(Name = "to")] public string? To { get; set; }
    [FromQuery(Name = "who")] public string? Who { get; set; }
    [FromQuery(Name = "what")] public string? What { get; set; }

    public AccessFound? Found { get; private set; }

    public bool IsWrong { get; private set; }

    /// <summary>The journal cannot be read, or the look at the log cannot be noted.</summary>
    public bool Unavailable { get; private set; }

    /// <summary>The address of the same search as a file.</summary>
    public string FileAddress => Request.Path + QueryString.Create(new Dictionary<string, string?>
    {
        ["from"] = From,
        ["to"] = To,
        ["who"] = Who,
        ["what"] = What,
        ["lang"] = Texts.Language,
        ["csv"] = "1",
    }.Where(part => part.Value is not null));

    /// <summary>Another authority's log is answered like one that does not exist.</summary>
    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        if (!May(Domain.Identity.Permission.Audit, Authority))
        {
            return NotFound();
        }

        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        (From, To) = (From ?? Text(today.AddDays(-6)), To ?? Text(today));
        if (DayOf(From) is not { } from || DayOf(To) is not { } to || to < from || to.DayNumber - from.DayNumber >= AccessQuery.MostDays
            || Who?.Length > LongestName)
        {
            (IsWrong, Response.StatusCode) = (true, 400);
            return Page();
        }

        var isFile = Request.Query["csv"].ToString().Length > 0;
        try
        {
            await log.NoteAsync(Authority,
                new(SignedInAs, null, AccessKind.AuditLog, $"{From}..{To}", AccessWay.Page));
            var query = new AccessQuery(from, to, string.IsNullOrWhiteSpace(Who) ? null : Who.Trim(), Acts.Contains(What) ? What : null,
                MostRows);
            if (isFile)
            {
                return await SendFileAsync(log.ReadAsync(Authority, query, cancellationToken));
            }

            Found = await log.SearchAsync(Authority, query, cancellationToken);
        }
        catch (JournalUnavailableException) when (!Response.HasStarted)
        {
            (Unavailable, Response.StatusCode) = (true, 503);
        }

        return Page();
    }

    /// <summary>Row by row: a year of a town has more of them than should stand in memory at once.</summary>
    private async Task<IActionResult> SendFileAsync(IAsyncEnumerable<AccessRow> rows)
    {
        await Csv.SendAsync(Response, $"audit-{Authority}-{From}-{To}.csv", Texts, [Texts["audit.at"], Texts["audit.by"],
            Texts["audit.what"], Texts["audit.office"], Texts["audit.subject"], Texts["audit.way"]], rows.Select(
            row => (IReadOnlyList<Cell>)[At(row.At), row.Who ?? "", row.What, row.Office ?? "", row.Subject, row.Way ?? ""]));
        return new EmptyResult();
    }

    public static string At(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    public string Now => At(clock.GetUtcNow());

    public string Act(AccessRow row) => Texts[$"audit.what.{row.What}"];

    public string Way(AccessRow row) => row.Way is { } way ? Texts[$"audit.way.{way}"] : "–";

    private static string Text(DateOnly day) => day.ToString(DayForm, CultureInfo.InvariantCulture);

    private static DateOnly? DayOf(string? text) =>
        DateOnly.TryParseExact(text, DayForm, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}

using System.Globalization;
using System.Text.Json.Nodes;
using Aufruf.Contracts;
using Aufruf.Domain;
using Aufruf.Domain.Offices;
using Aufruf.Portal.Identity;
using Microsoft.AspNetCore.Mvc;

namespace Aufruf.Portal.Administration;

/// <summary>Public holidays of two years, and the days on which the office closes besides. Changes go into the draft.</summary>
public sealed class DaysPage(IOfficeAdministration administration, TimeProvider clock) : AdminPage(administration)
{
    private const int LongestReason = 100, MostDays = 60;

    /// <summary>Null: the office has no opening hours, so it never closes, or the draft is no JSON.</summary>
    public JsonObject? Hours { get; private set; }

    /// <summary>Bookings that the draft hits; null: there is no draft.</summary>
    public DraftCheck? Check { get; private set; }

    /// <summary>The key of a sentence about the entered days; null: nothing is wrong.</summary>
    public string? Wrong { get; private set; }

    public string? First { get; private set; }

    public string? Last { get; private set; }

    public string? German { get; private set; }

    public string? English { get; private set; }

    public int Seen => Desk?.Draft?.Revision ?? 0;

    public int BasedOn => Desk?.Draft?.BasedOn ?? Desk?.Edition ?? 0;

    public bool IsSaved => Request.Query["saved"].Count > 0;

    /// <summary>How many other offices have the day in their drafts now.</summary>
    public int Elsewhere => int.TryParse(Request.Query["saved"], NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : 0;

    /// <summary>Other offices of the authority whose administrator this is.</summary>
    public IReadOnlyList<string> Others => [.. (Desk?.Others ?? []).Select(id => $"{OfficeKey.Split('.')[0]}.{id}")
        .Where(key => May(Domain.Identity.Permission.Configure, key))];

    public IReadOnlyList<ClosedDay> Closed => Hours is { } hours ? ClosedDay.Of(hours, Texts.Language) : [];

    public IEnumerable<IGrouping<int, (DateOnly Day, Domain.Offices.Texts Name)>> Holidays => Hours is { } hours
        ? ClosedDay.HolidaysOf(hours, clock.GetLocalNow().Year).GroupBy(holiday => holiday.Day.Year) : [];

    public string Shown(string day) => DateOnly.TryParseExact(day, "yyyy-MM-dd", out var date)
        ? date.ToString(Texts.Language == "de" ? "ddd, d.M.yyyy" : "ddd d MMM yyyy", Texts.Culture) : day;

    public Task<IActionResult> OnGetAsync() => InOfficeAsync(ShowAsync);

    [HandlerNeeds(Domain.Identity.Permission.Configure)]
    public Task<IActionResult> OnPostAddAsync([FromForm] string? first, [FromForm] string? last, [FromForm] string? german,
        [FromForm] string? english, [FromForm] string? everywhere, [FromForm] int seen, [FromForm] int edition) =>
        InOfficeAsync(async desk =>
        {
            (First, Last, German, English) = (first?.Trim(), last?.Trim(), german?.Trim(), english?.Trim());
            if (Read(First) is not { } from || (Read(Last is { Length: > 0 } ? Last : First)) is not { } to)
            {
                return await WrongAsync(desk, "days.nodate");
            }

            if (to < from || to.DayNumber - from.DayNumber >= MostDays)
            {
                return await WrongAsync(desk, "days.order");
            }

            if (German is not { Length: > 0 and <= LongestReason } || English is { Length: > LongestReason })
            {
                return await WrongAsync(desk, "days.noreason");
            }

            var reason = new Domain.Offices.Texts { ["de"] = German };
            if (English is { Length: > 0 })
            {
                reason["en"] = English;
            }

            var refused = await ChangeAsync(desk, seen, edition, hours =>
            {
                ClosedDay.Add(hours, from, to, reason);
                return true;
            });
            if (refused is not null)
            {
                return await RefusedAsync(refused);
            }

            var elsewhere = 0;
            foreach (var other in everywhere == "yes" ? Others.Select(Administration.Find).OfType<OfficeDesk>() : [])
            {
                elsewhere += await ChangeAsync(other, other.Draft?.Revision ?? 0, other.Draft?.BasedOn ?? other.Edition, hours =>
                {
                    ClosedDay.Add(hours, from, to, reason);
                    return true;
                }) is null ? 1 : 0;
            }

            return LocalRedirect(string.Create(CultureInfo.InvariantCulture, $"{Here}/days?lang={Texts.Language}&saved={elsewhere}"));
        });

    [HandlerNeeds(Domain.Identity.Permission.Configure)]
    public Task<IActionResult> OnPostRemoveAsync([FromForm] int row, [FromForm] string? day, [FromForm] int seen,
        [FromForm] int edition) => InOfficeAsync(async desk =>
            await ChangeAsync(desk, seen, edition, hours => ClosedDay.Remove(hours, row, day ?? "")) is { } refused
                ? await RefusedAsync(refused) : LocalRedirect($"{Here}/days?lang={Texts.Language}&saved=0"));

    /// <summary>Null: the change is in the draft.</summary>
    private async Task<Refusal?> ChangeAsync(OfficeDesk desk, int seen, int edition, Func<JsonObject, bool> change) =>
        OfficeDraftText.Read(desk.Current) is { } root && ClosedDay.HoursOf(root) is { } hours && change(hours)
            ? (await Administration.SaveAsync(desk.Office, ConfigPlace.Write(root), edition, seen, Who)).Refusal
            : Refusal.DraftChanged;

    private async Task<IActionResult> WrongAsync(OfficeDesk desk, string key)
    {
        (Wrong, Response.StatusCode) = (key, 400);
        return await ShowAsync(desk);
    }

    private async Task<IActionResult> RefusedAsync(Refusal refused)
    {
        Refuse(refused);
        return Desk is { } desk ? await ShowAsync(desk) : Page();
    }

    private async Task<IActionResult> ShowAsync(OfficeDesk desk)
    {
        Hours = OfficeDraftText.Read(desk.Current) is { } root ? ClosedDay.HoursOf(root) : null;
        Check = desk.Draft is { } draft ? await Administration.CheckAsync(OfficeKey, draft.Text) : null;
        return Page();
    }

    private static DateOnly? Read(string? day) =>
        DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;
}

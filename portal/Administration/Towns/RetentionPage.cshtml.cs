using System.Globalization;
using System.Text.Json.Nodes;
using Aufruf.Contracts;
using Aufruf.Domain;
using Aufruf.Domain.Appointments;
using Aufruf.Domain.Offices;
using Aufruf.Portal.Identity;
using Microsoft.AspNetCore.Mvc;

namespace Aufruf.Portal.Administration.Towns;

/// <summary>How long each kind of personal data is kept, why, and who decides it. The days of calendars are set here.</summary>
/// <remarks>They go into the office's draft, so they are checked, published and taken back like all else of the office.</remarks>
public sealed class RetentionPage(ITownAdministration towns, ITownMails mails, IKeptData data, IOfficeAdministration offices)
    : TownPage(towns, mails)
{
    private const int MostDays = 365;

    /// <summary>The kinds in the table. Each has its texts.</summary>
    public static IReadOnlyList<string> Kinds { get; } = ["ticket", "appointment", "new-mail", "invitation", "wish", "message",
        "case-draft", "case", "clerk-figures", "people", "access", "trace", "backup"];

    public KeptInTown Kept { get; private set; } = new(null, KeptCount.Of([]), []);

    /// <summary>The office whose form was sent; null: none.</summary>
    public string? Sent { get; private set; }

    /// <summary>The calendars whose days the sent form changes.</summary>
    public IReadOnlyList<ChangedDays> Effects { get; private set; } = [];

    /// <summary>The calendar with entered days that are no number from 0 to 365; null: all are right.</summary>
    public string? Wrong { get; private set; }

    private string[] _typed = [];

    public Task<IActionResult> OnGetAsync() => InTownAsync(_ => ShowAsync());

    [HandlerNeeds(Domain.Identity.Permission.Configure)]
    public Task<IActionResult> OnPostAsync([FromForm] string? office, [FromForm] string[]? days, [FromForm(Name = "do")] string? act,
        [FromForm] int seen, [FromForm] int edition) => InTownAsync(async _ =>
        {
            Kept = await data.FindAsync(Authority);
            var calendars = CalendarsOf(office ?? "");
            if (calendars.Count == 0)
            {
                Response.StatusCode = 400;
                return Page();
            }

            if (!May(Domain.Identity.Permission.Configure, office!))
            {
                return NotFound();
            }

            (Sent, _typed) = (office, days ?? []);
            var entered = calendars.Select((_, index) => index < _typed.Length ? Read(_typed[index]) : null).ToList();
            if (entered.IndexOf(null) is >= 0 and var wrong)
            {
                (Wrong, Response.StatusCode) = (calendars[wrong].Id, 400);
                return Page();
            }

            Effects = [.. calendars.Select((calendar, index) => new ChangedDays(calendar, entered[index]!.Value))
                .Where(change => change.Calendar.Days != change.Days)];
            return act == "save" ? await SaveAsync(office!, calendars, entered, edition, seen) : Page();
        });

    public IReadOnlyList<KeptCalendar> CalendarsOf(string office) => [.. Kept.Calendars.Where(calendar => calendar.OfficeKey == office)];

    public bool MayChangeOffice(string office) => May(Domain.Identity.Permission.Configure, office);

    public OfficeDesk? DeskOf(string office) => offices.Find(office);

    /// <summary>As typed, as in the office's draft, or as in force.</summary>
    public string Shown(KeptCalendar calendar, int index) => calendar.OfficeKey == Sent && index < _typed.Length ? _typed[index]
        : ((Root(calendar.OfficeKey) is { } root ? DaysIn(root, calendar.Id) : null) ?? calendar.Days).ToString(
            CultureInfo.InvariantCulture);

    /// <summary>The time of one kind, with its number where the program or the calendars have one.</summary>
    public string TimeOf(string kind) => Texts.Say($"retention.{kind}.time", ("days", kind switch
    {
        "wish" => Wish.KeptDays,
        "message" => Domain.Outbox.Outbox.KeptAfterExpiry.Days,
        _ => 0,
    }));

    /// <summary>When the next ones go, where that is known.</summary>
    public string NextOf(string kind) => kind switch
    {
        "ticket" when Kept.TicketsUntil is { } end => Moment(end),
        "appointment" => Sentence(KeptCount.Of([.. Kept.Calendars.SelectMany(one => new[] { one.Kept.First, one.Kept.Last })
            .OfType<DateTimeOffset>()]) with
        { Count = Kept.Calendars.Sum(one => one.Kept.Count) }),
        "wish" => Sentence(Kept.Wishes),
        _ => Texts["retention.unknown"],
    };

    private string Sentence(KeptCount kept) => kept is { First: { } first, Last: { } last }
        ? Texts.Say("retention.next", ("n", kept.Count), ("first", Moment(first)), ("last", Moment(last))) : Texts["retention.nothing"];

    /// <summary>The sentence about a change: which appointments it reaches, and which it leaves as they are.</summary>
    public string EffectOf(ChangedDays change) =>
        Texts.Say("retention.effect", ("calendar", change.Calendar.Name.In(Texts.Language)), ("before", change.Calendar.Days),
            ("after", change.Days)) + " " + (change.Calendar.Kept.Last is { } last
            ? Texts.Say("retention.effect.kept", ("n", change.Calendar.Kept.Count), ("last", Moment(last)))
            : Texts["retention.effect.none"]);

    private async Task<IActionResult> SaveAsync(string office, IReadOnlyList<KeptCalendar> calendars, List<int?> entered, int edition,
        int seen)
    {
        if (Root(office) is not { } root)
        {
            return await RefuseAsync(Refusal.DraftChanged);
        }

        foreach (var (index, calendar) in calendars.Index())
        {
            if (DaysIn(root, calendar.Id) is { } days && days != entered[index])
            {
                (CalendarIn(root, calendar.Id)!["rules"] ??= new JsonObject())["keptDays"] = entered[index]!.Value;
            }
        }

        var answer = await offices.SaveAsync(office, ConfigPlace.Write(root), edition, seen, SignedInAs);
        return answer.Refusal is { } refusal ? await RefuseAsync(refusal)
            : LocalRedirect($"/staff/{office}/office?lang={Texts.Language}&done=kept");
    }

    private Task<IActionResult> RefuseAsync(Refusal refusal) =>
        DoAsync(Task.FromResult(new TownAnswer(Desk, refusal)), Here, "kept", ShowAsync);

    private JsonObject? Root(string office) => offices.Find(office) is { } desk ? OfficeDraftText.Read(desk.Current) : null;

    /// <summary>Null: the text has no such calendar, or no number there.</summary>
    private static int? DaysIn(JsonObject root, string calendar) => CalendarIn(root, calendar) is not { } found ? null
        : (found["rules"] as JsonObject)?["keptDays"] is not { } node ? new CalendarRules().KeptDays
        : node is JsonValue value && value.TryGetValue<int>(out var days) ? days : null;

    private static JsonObject? CalendarIn(JsonObject root, string calendar) =>
        (root["calendars"] as JsonArray)?.OfType<JsonObject>().FirstOrDefault(one => ConfigPlace.Text(one["id"]) == calendar);

    private static int? Read(string? days) =>
        int.TryParse(days?.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= MostDays ? number : null;

    private async Task<IActionResult> ShowAsync()
    {
        Kept = await data.FindAsync(Authority);
        return Page();
    }
}

/// <summary>A calendar and the days that shall hold for it.</summary>
public sealed record ChangedDays(KeptCalendar Calendar, int Days);

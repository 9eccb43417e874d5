using System.Globalization;
using Aufruf.Domain;
using Aufruf.Domain.Forecasts;
using Aufruf.Domain.Identity;
using Aufruf.Portal.Content;
using Aufruf.Portal.Identity;
using Aufruf.Portal.Texts;
using Aufruf.Portal.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.DependencyInjection;

namespace Aufruf.Portal.Citizens;

/// <param name="Language">For a lang attribute; null: the page's own.</param>
public sealed record Spoken(string Text, string? Language);

/// <summary>A page open to everybody, in the language of the reader.</summary>
/// <remarks>It has no cookie, so there is no session that a form of another site could use. Such a form is refused all the same.</remarks>
[Needs(Permission.Public)]
[IgnoreAntiforgeryToken]
public abstract class CitizenPage : PageModel
{
    public PortalTexts Texts => field ??= PortalTexts.For(PortalTexts.AskedIn(Request));

    /// <summary>Goes along in every address and form; null: the browser's language is good.</summary>
    public string? ChosenLanguage => Request.Query["lang"].Count > 0 ? Texts.Language : null;

    /// <summary>The faults of the form, each with the id of its field.</summary>
    public IList<(string Field, string Text)> Errors { get; } = [];

    /// <summary>An address of this portal in the language that the reader has chosen.</summary>
    public string Href(string path, params IEnumerable<(string Name, string? Value)> query) => path + QueryString.Create(query
        .Append(("lang", ChosenLanguage)).Where(part => part.Item2 is not null)
        .Select(part => KeyValuePair.Create(part.Item1, part.Item2)));

    /// <summary>The form whose entries go along into another language, and what its button means there; null: there is nothing to keep.
    /// </summary>
    public virtual (string Form, string Act)? Entries => null;

    /// <summary>The address of this page in another language.</summary>
    public string InLanguage(string language) => Request.Path
        + QueryString.Create(Request.Query.Where(part => part.Key is not ("lang" or "handler")).Append(new("lang", language)));

    /// <summary>The day, in words where it is near.</summary>
    public string Day(DateOnly day, DateOnly today) => (day.DayNumber - today.DayNumber) switch
    {
        0 => Texts["today"],
        1 => Texts["tomorrow"],
        _ => Date(day),
    };

    public string Date(DateOnly day) => day.ToString(Texts["date.pattern"], Texts.Culture);

    /// <summary>"morgen, 8:20 Uhr", by the clock of the office.</summary>
    public string When(DateTimeOffset instant, DateTimeOffset now, string timeZone) => Texts.Say("at",
        ("date", Day(DayAt(instant, timeZone), DayAt(now, timeZone))), ("time", TimeAt(instant, timeZone)));

    /// <summary>"Dienstag, 24. November, 8:20 Uhr", by the clock of the office.</summary>
    public string Moment(DateTimeOffset instant, string timeZone) =>
        Texts.Say("at", ("date", Date(DayAt(instant, timeZone))), ("time", TimeAt(instant, timeZone)));

    public static DateOnly DayAt(DateTimeOffset instant, string timeZone) => DateOnly.FromDateTime(At(instant, timeZone).DateTime);

    public static string TimeAt(DateTimeOffset instant, string timeZone) =>
        At(instant, timeZone).ToString("HH:mm", CultureInfo.InvariantCulture);

    /// <summary>The place of the clock that counts: "Berlin".</summary>
    public static string PlaceOf(string timeZone) => timeZone[(timeZone.LastIndexOf('/') + 1)..].Replace('_', ' ');

    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        Response.Headers.CacheControl = "no-store";
        HttpContext.Features.Set(HttpContext.RequestServices.GetRequiredService<FramedBy>());
        if (HttpMethods.IsPost(Request.Method) && Request.IsForeign())
        {
            // Another site sent it in the reader's name: the error page says that it was not carried out.
            context.Result = new StatusCodeResult(StatusCodes.Status403Forbidden);
        }
    }

    public string WaitWords(PromisedRange wait) =>
        Texts.Say(wait.To is null ? "wait.long" : wait.From <= 0 ? "wait.soon" : "wait.range", ("from", wait.From), ("to", wait.To));

    /// <summary>A name in the reader's language, or in another one that the page must then name.</summary>
    public Spoken Say(Domain.Offices.Texts texts) => texts.TryGetValue(Texts.Language, out var own) ? new(own, null)
        : texts.TryGetValue("de", out var german) ? new(german, "de")
        : texts.FirstOrDefault() is { Key: { } language } first ? new(first.Value, language) : new("", null);

    /// <summary>A service by the title of its page, or else by its name at the kiosk.</summary>
    public Spoken Say(TownContent town, ServiceId service, Domain.Offices.Texts name) =>
        town.Service(service.Value)?.In(Texts.Language) is { } article ? Say(article) : Say(name);

    public Spoken Say(Article article) => new(article.Title, LanguageOf(article));

    /// <summary>For a lang attribute: null where the article is in the reader's language.</summary>
    public string? LanguageOf(Article article) => article.Language == Texts.Language ? null : article.Language;

    /// <summary>For a dir attribute: null where it is that of the page.</summary>
    public string? DirectionOf(Article article) => PortalTexts.For([article.Language]).Direction is var direction
        && direction != Texts.Direction ? direction : null;

    /// <summary>The page again with what is wrong; all that was entered stays.</summary>
    protected PageResult Again(string field, string text, int status = StatusCodes.Status400BadRequest)
    {
        Errors.Add((field, text));
        Response.StatusCode = status;
        return Page();
    }

    protected PageResult Again(string field, Refusal refusal) =>
        Again(field, Texts.Of(refusal), refusal.Kind is RefusalKind.NotFound ? 404 : 409);

    private static DateTimeOffset At(DateTimeOffset instant, string timeZone) =>
        TimeZoneInfo.ConvertTime(instant, TimeZoneInfo.FindSystemTimeZoneById(timeZone));
}

using System.Text.Json;
using Aufruf.Contracts;
using Aufruf.Domain;
using Aufruf.Domain.Identity;
using Aufruf.Domain.Queues;
using Aufruf.Portal.Identity;
using Aufruf.Portal.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace Aufruf.Portal.Citizens;

/// <summary>A ticket's own page: whole without JavaScript, live with it. The code in the address is the right to see it and to give the
/// ticket back.</summary>
[Needs(Permission.OwnTicket)]
[EnableRateLimiting(CallerRates.LookAtTicket)]
public sealed class TicketPage(ITicketViews tickets, LiveLayer live) : CitizenPage
{
    [FromRoute] public string Queue { get; set; } = "";
    [FromRoute] public string Code { get; set; } = "";

    /// <summary>The button of a citizen who has come from home.</summary>
    public const string ComeIn = "come-in";

    /// <summary>Null: there is no such ticket today.</summary>
    public TicketView? View { get; private set; }

    /// <summary>The authority whose colours and logo the page wears; null without a ticket.</summary>
    public string? Town => View is not null && QueueKey.TryParse(Queue, out var queue) ? queue.Value.Authority : null;

    /// <summary>The ticket could not be given back, because it no longer waits.</summary>
    [FromQuery(Name = "not-given-back")] public bool WasRefused { get; set; }

    /// <summary>The state may still change: a clerk may put a finished ticket back.</summary>
    public bool IsLive => View is { State: not TicketState.Expired };

    /// <summary>The address in the picture for the kiosk, which reads its last part.</summary>
    public string Address => $"{Request.Scheme}://{Request.Host}/t/{Queue}/{Code}";

    /// <summary>Why the citizen could not be checked in here.</summary>
    public string? Refused { get; private set; }

    /// <summary>The page's script keeps it current. It speaks the languages of the screens.</summary>
    public bool HasScript => live.IsServed && (Texts.Language is "de" or "en");

    /// <summary>The wait, or the time before which the ticket is not called, in the live page's words; empty when unknown.</summary>
    public string Wait => View switch
    {
        { State: TicketState.Coming, Wait: { } wait } coming => string.Join(' ', new[]
        {
            coming.NotBefore is { } earliest ? Texts.Say("notbefore", ("time", LocalTime(earliest))) : null,
            Texts.Say("coming.wait", ("wait", WaitWords(wait))),
        }.OfType<string>()),
        { NotBefore: { } time } => Texts.Say("notbefore", ("time", LocalTime(time))),
        { Wait: { } wait } => Texts.Say("wait", ("wait", WaitWords(wait))),
        _ => "",
    };

    public async Task OnGetAsync()
    {
        View = await tickets.FindAsync(Queue, Code);
        if (View is null)
        {
            Response.StatusCode = 404;
        }
    }

    /// <summary>"Sie haben ..., bis 10:50 Uhr."</summary>
    public string Words(string state, TicketView view) => Texts.Say($"{state}.text", ("counter", view.Counter ?? ""),
        ("time", view.Home is { } home ? LocalTime(home.ArriveBy) : ""));

    /// <summary>The clerk's message: a fixed one in the reader's language, or the clerk's own words.</summary>
    public string Message => View?.Message is not { } message ? ""
        : message.Text ?? Texts[$"message.{JsonNamingPolicy.KebabCaseLower.ConvertName(message.Kind.ToString())}"];

    /// <summary>Checks a citizen from home in, or gives the ticket back. A form that is sent twice changes nothing more.</summary>
    public async Task<IActionResult> OnPostAsync([FromForm(Name = "do")] string? act)
    {
        if (act == ComeIn)
        {
            var here = await tickets.ComeInAsync(Queue, Code, new RequestId(Guid.CreateVersion7()));
            (View, Refused) = (here?.View, here?.Refusal is { } refusal ? Texts.Of(refusal) : null);
            Response.StatusCode = here is null ? 404 : Refused is null ? 200 : 409;
            return here is { Refusal: null } ? LocalRedirect(Href($"/t/{Uri.EscapeDataString(Queue)}/{Uri.EscapeDataString(Code)}"))
                : Page();
        }

        var given = await tickets.GiveBackAsync(Queue, Code, new RequestId(Guid.CreateVersion7()));
        var page = $"/t/{Uri.EscapeDataString(Queue)}/{Uri.EscapeDataString(Code)}?lang={Texts.Language}";
        return given is null ? NotFound() : LocalRedirect(given.Refusal is null ? page : page + "&not-given-back=true");
    }

    /// <summary>Date and time in the office's time zone.</summary>
    public string Local(DateTimeOffset instant) => Moment(instant, View?.TimeZone ?? "UTC");

    public string LocalTime(DateTimeOffset instant) => TimeAt(instant, View?.TimeZone ?? "UTC");
}

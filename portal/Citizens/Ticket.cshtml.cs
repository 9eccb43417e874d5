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
/// <remarks>It needs no antiforgery cookie: the form's address contains the code.</remarks>
[Needs(Permission.OwnTicket)]
[EnableRateLimiting(CallerRates.LookAtTicket)]
[IgnoreAntiforgeryToken]
public sealed class TicketPage(ITicketViews tickets, LiveLayer live) : CitizenPage
{
    [FromRoute] public string Queue { get; set; } = "";
    [FromRoute] public string Code { get; set; } = "";

    /// <summary>Null: there is no such ticket today.</summary>
    public TicketView? View { get; private set; }

    /// <summary>The ticket could not be given back, because it no longer waits.</summary>
    [FromQuery(Name = "not-given-back")] public bool WasRefused { get; set; }

    /// <summary>The state may still change: a clerk may put a missed or cancelled ticket back.</summary>
    public bool IsLive => View is { State: not (TicketState.Served or TicketState.Expired) };

    /// <summary>The page's script keeps it current.</summary>
    public bool HasScript => live.IsServed;

    /// <summary>The wait, or the time before which the ticket is not called, in the live page's words; empty when unknown.</summary>
    public string Wait => View switch
    {
        { NotBefore: { } time } => Texts.Say("notbefore", ("time", LocalTime(time))),
        { Wait: { } wait } => Texts.Say("wait", ("wait",
            Texts.Say(wait.To is null ? "wait.long" : wait.From <= 0 ? "wait.soon" : "wait.range", ("from", wait.From), ("to", wait.To)))),
        _ => "",
    };

    public async Task OnGetAsync()
    {
        View = await tickets.FindAsync(Queue, Code);
        Response.Headers.CacheControl = "no-store";
        if (View is null)
        {
            Response.StatusCode = 404;
        }
    }

    /// <summary>Gives the ticket back and shows the page again. A form that is sent twice changes nothing more.</summary>
    public async Task<IActionResult> OnPostAsync()
    {
        var given = await tickets.GiveBackAsync(Queue, Code, new RequestId(Guid.CreateVersion7()));
        var page = $"/t/{Uri.EscapeDataString(Queue)}/{Uri.EscapeDataString(Code)}?lang={Texts.Language}";
        return given is null ? NotFound() : LocalRedirect(given.Refusal is null ? page : page + "&not-given-back=true");
    }

    /// <summary>Date and time in the office's time zone.</summary>
    public string Local(DateTimeOffset instant) =>
        Texts.Say("at", ("date", AtOffice(instant).ToString("dddd, d. MMMM", Texts.Culture)), ("time", LocalTime(instant)));

    public string LocalTime(DateTimeOffset instant) => AtOffice(instant).ToString("HH:mm", Texts.Culture);

    private DateTimeOffset AtOffice(DateTimeOffset instant) =>
        TimeZoneInfo.ConvertTime(instant, TimeZoneInfo.FindSystemTimeZoneById(View?.TimeZone ?? "UTC"));
}

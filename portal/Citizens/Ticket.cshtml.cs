using Aufruf.Contracts;
using Aufruf.Domain;
using Aufruf.Domain.Queues;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace Aufruf.Portal.Citizens;

/// <summary>A ticket's own page: whole without JavaScript, live with it. Who has the address on the slip may see it, and give the ticket back.</summary>
/// <remarks>No antiforgery cookie: only who knows the code can write the form's address, and the code is the right.</remarks>
[EnableRateLimiting("look-at-ticket")]
[IgnoreAntiforgeryToken]
public sealed class TicketPage(ITicketViews tickets) : CitizenPage
{
    [FromRoute] public string Queue { get; set; } = "";
    [FromRoute] public string Code { get; set; } = "";

    /// <summary>Null: there is no such ticket, or it was yesterday's.</summary>
    public TicketView? View { get; private set; }

    /// <summary>It could not be given back: it no longer waits.</summary>
    [FromQuery(Name = "not-given-back")] public bool WasRefused { get; set; }

    /// <summary>Something may still happen to it: who was missed or gave it back may be put back by a clerk.</summary>
    public bool IsLive => View is { State: not (TicketState.Served or TicketState.Expired) };

    /// <summary>How long still, or from when on at all; empty when nobody knows. The same words as the live page's.</summary>
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

    /// <summary>Gives the ticket back, and shows the page as it is then. A form sent twice finds it given back already.</summary>
    public async Task<IActionResult> OnPostAsync()
    {
        var given = await tickets.GiveBackAsync(Queue, Code, new RequestId(Guid.CreateVersion7()));
        var page = $"/t/{Uri.EscapeDataString(Queue)}/{Uri.EscapeDataString(Code)}?lang={Texts.Language}";
        return given is null ? NotFound() : LocalRedirect(given.Refusal is null ? page : page + "&not-given-back=true");
    }

    /// <summary>Date and time as the clock on the office's wall showed them.</summary>
    public string Local(DateTimeOffset instant) =>
        Texts.Say("at", ("date", AtOffice(instant).ToString("dddd, d. MMMM", Texts.Culture)), ("time", LocalTime(instant)));

    public string LocalTime(DateTimeOffset instant) => AtOffice(instant).ToString("HH:mm", Texts.Culture);

    private DateTimeOffset AtOffice(DateTimeOffset instant) =>
        TimeZoneInfo.ConvertTime(instant, TimeZoneInfo.FindSystemTimeZoneById(View?.TimeZone ?? "UTC"));
}

using Aufruf.Contracts;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace Aufruf.Portal.Citizens;

/// <summary>A ticket's own page: whole without JavaScript, live with it. Who has the address on the slip may see it.</summary>
[EnableRateLimiting("look-at-ticket")]
public sealed class TicketPage(ITicketViews tickets) : CitizenPage
{
    [FromRoute] public string Queue { get; set; } = "";
    [FromRoute] public string Code { get; set; } = "";

    /// <summary>Null: there is no such ticket, or it was yesterday's.</summary>
    public TicketView? View { get; private set; }

    public async Task OnGetAsync()
    {
        View = await tickets.FindAsync(Queue, Code);
        Response.Headers.CacheControl = "no-store";
        if (View is null)
        {
            Response.StatusCode = 404;
        }
    }

    /// <summary>Date and time as the clock on the office's wall showed them.</summary>
    public string Local(DateTimeOffset instant) =>
        Texts.Say("at", ("date", AtOffice(instant).ToString("dddd, d. MMMM", Texts.Culture)), ("time", LocalTime(instant)));

    public string LocalTime(DateTimeOffset instant) => AtOffice(instant).ToString("HH:mm", Texts.Culture);

    private DateTimeOffset AtOffice(DateTimeOffset instant) =>
        TimeZoneInfo.ConvertTime(instant, TimeZoneInfo.FindSystemTimeZoneById(View?.TimeZone ?? "UTC"));
}

using System.Globalization;
using Aufruf.Contracts;
using Aufruf.Domain.Appointments;
using Aufruf.Domain.Identity;
using Aufruf.Domain.Offices;
using Aufruf.Portal.Content;
using Aufruf.Portal.Identity;
using Aufruf.Portal.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace Aufruf.Portal.Citizens.Mine;

/// <summary>Leads from a typed code and the day of the appointment to its page.</summary>
[Needs(Permission.OwnAppointment)]
[EnableRateLimiting(CallerRates.BookAppointment)]
public sealed class FindPage(ContentFolder content, IAppointments appointments, WrongCodes codes) : CitizenPage
{
    [BindProperty] public string? Code { get; set; }

    /// <summary>As the browser writes it: 2026-11-24.</summary>
    [BindProperty(Name = "day")] public string? On { get; set; }

    public async Task<IActionResult> OnPostAsync()
    {
        var code = TypedCode.Of(Code);
        if (code is null)
        {
            Again("code", Texts["find.code.missing"]);
        }

        if (!DateOnly.TryParseExact(On, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            Again("day", Texts["find.day.missing"]);
        }

        if (code is null || Errors.Count > 0)
        {
            return Page();
        }

        if (WrongCodes.Refuses(HttpContext, WrongCodes.CallerOf(HttpContext)))
        {
            return new EmptyResult(); // The error page says it.
        }

        var offers = await appointments.OffersAsync(content.Now.Authority);
        foreach (var calendar in offers.Select(offer => offer.Calendar).Distinct())
        {
            if (CalendarWeekKey.TryParse(string.Create(CultureInfo.InvariantCulture, $"{calendar}.{day.MondayOfItsWeek():yyyy-MM-dd}"),
                out var week) && await appointments.ViewAsync(week.Value, code) is { } view && DayAt(view.From, view.TimeZone) == day)
            {
                return LocalRedirect(Href($"/a/{view.Week}/{code}"));
            }
        }

        codes.Count(WrongCodes.CallerOf(HttpContext));
        return Again("code", Texts["find.none"], 404);
    }
}

using Aufruf.Contracts;
using Aufruf.Domain.Appointments;
using Aufruf.Portal.Citizens.Booking;
using Aufruf.Portal.Content;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Aufruf.Portal.Citizens.Mine;

/// <summary>A page of one appointment.</summary>
public abstract class MinePage(ContentFolder content, IAppointments appointments, TimeProvider clock) : CodedPage(content)
{
    [FromRoute] public string Week { get; set; } = "";

    /// <summary>Null: there is no such appointment, or no longer.</summary>
    public AppointmentView? View { get; protected set; }

    protected IAppointments Appointments => appointments;

    protected DateTimeOffset Now => clock.GetUtcNow();

    /// <summary>The week in the address; null: it is none of this authority.</summary>
    protected CalendarWeekKey? Key => CalendarWeekKey.TryParse(Week, out var key) && key.Value.Authority == Town.Authority ? key : null;

    /// <summary>The address of the appointment, or of a page below it.</summary>
    public string Mine(string below = "") => Address(View?.Week.ToString() ?? Week, below);

    /// <summary>The code in groups that can be read out.</summary>
    public string CodeInGroups => string.Join(' ', Code.Chunk(4).Select(group => new string(group)));

    public static string TimeLeft(AppointmentView view) => TimeAt(view.Until ?? view.At, view.TimeZone);

    /// <summary>The hold or the mail's time is over. Somebody else may take the slot.</summary>
    public static bool IsLapsed(AppointmentView view) => view.Until <= view.At;

    /// <summary>The beginning has passed.</summary>
    public static bool IsOver(AppointmentView view) => view.From.AddMinutes(view.Minutes) <= view.At;

    /// <summary>The same services at the same place, or another place.</summary>
    public static BookingChoice ChoiceOf(AppointmentView view) => new(
        [.. view.Services.Select(service => new Wanted(service.Id, service.Persons))], view.Kind switch
        {
            AppointmentKind.Phone => BookingChoice.OnPhone,
            AppointmentKind.Video => BookingChoice.OnVideo,
            _ => view.Office.Split('.')[1],
        });

    /// <summary>The address at which the same services can be booked anew.</summary>
    public string BookAgain => View is null ? Href("/book/services") : Href("/book", ChoiceOf(View).Parts);

    protected async Task<AppointmentView?> ViewAsync() => View = Key is { } week ? await appointments.ViewAsync(week, Code) : null;

    /// <summary>The page that says that there is no such appointment.</summary>
    protected PageResult Gone()
    {
        View = null;
        return Gone("mine.gone");
    }

    protected string Address(string week, string below = "") =>
        Href($"/a/{Uri.EscapeDataString(week)}/{Uri.EscapeDataString(Code)}{below}");
}

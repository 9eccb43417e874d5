using Aufruf.Contracts;
using Aufruf.Domain.Appointments;
using Aufruf.Portal.Content;
using Microsoft.AspNetCore.Mvc;

namespace Aufruf.Portal.Citizens.Mine;

/// <summary>An appointment in every state, from the hold to the ticket.</summary>
public sealed class AppointmentPage(ContentFolder content, IAppointments appointments, TimeProvider clock)
    : MinePage(content, appointments, clock)
{
    /// <summary>The end of the key of the words for it.</summary>
    public string State => View switch
    {
        null => "gone",
        { State: AppointmentState.Held } view => IsLapsed(view) ? "lapsed" : "held",
        { State: AppointmentState.Preconfirmed } view => IsLapsed(view) ? "unconfirmed" : "preconfirmed",
        { State: AppointmentState.Confirmed } view => IsOver(view) ? "over" : "confirmed",
        { State: AppointmentState.CheckedIn } => "checkedin",
        { State: AppointmentState.Cancelled } => "cancelled",
        _ => "moved",
    };

    public string Explanation => View is not { } view ? "" : State switch
    {
        "held" => Texts.Say("mine.held.text", ("time", TimeLeft(view))),
        "preconfirmed" => Texts.Say("mine.preconfirmed.text", ("mail", view.Citizen?.Mail), ("time", TimeLeft(view))),
        "cancelled" => Texts[$"mine.cancelled.{(view.CancelledBy ?? CancelledBy.Office).ToString().ToLowerInvariant()}"],
        "confirmed" => Texts[view.Kind is AppointmentKind.AtCounter ? "mine.confirmed.text"
            : view.Kind is AppointmentKind.Phone ? "mine.confirmed.phone"
            : view.Video is null ? "mine.confirmed.video" : "mine.confirmed.room"],
        var other => Texts[$"mine.{other}.text"],
    };

    /// <summary>The citizen may say with the phone that they are here.</summary>
    public bool MayCheckIn => State is "confirmed" && View is { CheckInFrom: { } from } view && from <= view.At;

    /// <summary>From then on this page has the button "I am here"; null: it has it already, or never.</summary>
    public string? CheckInLater => State is "confirmed" && !MayCheckIn && View is { CheckInFrom: { } from } view
        ? Texts.Say("mine.checkin.from", ("when", When(from, view.At, view.TimeZone))) : null;

    /// <summary>The things to bring, for each service that has any.</summary>
    public IReadOnlyList<(Article Service, IReadOnlyList<string> Things)> Bring =>
    [
        .. from service in View?.Services ?? []
           let article = Town.Service(service.Id.Value)?.In(Texts.Language)
           where article is not null
           let things = article.Fields["bring"].ToArray()
           where things.Length > 0
           select (article, (IReadOnlyList<string>)things),
    ];

    public async Task<IActionResult> OnGetAsync() => await ViewAsync() is not { } view ? Gone()
        : view.Week != Key ? LocalRedirect(Mine())
        : Page();

    public async Task<IActionResult> OnPostAsync([FromForm] string? form, [FromForm(Name = "do")] string? act)
    {
        if (Key is not { } week)
        {
            return Gone();
        }

        var request = FormId.RequestOf(form, act, Week, Code);
        if (act is "give-up")
        {
            await ViewAsync();
            var again = BookAgain;
            var given = await Appointments.GiveUpAsync(week, Code, request);
            return given.View is null ? LocalRedirect(again) : LocalRedirect(Mine());
        }

        var answer = act is "check-in" ? await Appointments.CheckInAsync(week, Code, request)
            : await Appointments.ExtendAsync(week, Code, request);
        View = answer.View;
        return View is null ? Gone() : answer.Refusal is { } refusal ? Again("state", refusal) : LocalRedirect(Mine());
    }
}

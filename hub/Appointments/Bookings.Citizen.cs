using System.Text.Json;
using Aufruf.Contracts;
using Aufruf.Domain.Appointments;
using Aufruf.Grains;

namespace Aufruf.Hub.Appointments;

/// <summary>The citizen's data: sealed, opened, and changed to another mail address.</summary>
internal sealed partial class Bookings
{
    public Task<AppointmentAnswer> AskNewMailAsync(CalendarWeekKey week, string code, string mail, RequestId request) =>
        ChangeAsync(week, code, request, async (place, found) =>
        {
            var (contact, number) = (secrets.ContactOf(place.Owner.Authority.Id, mail), found.MailChanges + 1);
            if (contact == found.Contact && found.NewMail is null)
            {
                return (null, null); // It is this one already. Entered after a wrong one, it takes back the wrong one's link.
            }

            var until = clock.GetUtcNow().AddMinutes(place.Calendar.Rules.ConfirmMinutes);
            return await CountAsync(place, contact, found, until, place.Calendar.Rules.MostPerContact) is { } refusal ? (null, refusal)
                : (new CalendarCommand.AskNewMail(found.Id, new(number, contact, await vault.SealAsync(
                    NewMailOf(found.Id, number), until.AddHours(1), SealPlace(found), mail),
                    AppointmentSecrets.HashOf(secrets.NewMailOf(found.Id, contact)), until)), null);
        });

    public async Task<Refusal?> ChangeMailAsync(CalendarWeekKey week, AppointmentId id, string secret, RequestId request)
    {
        var (grain, hash) = (grains.GetGrain<ICalendarWeekGrain>(week.Stream), AppointmentSecrets.HashOf(secret));
        if (!IsNear(week) || offices.Find(week.OfficeKey)?.Calendar(week.Calendar) is null || await grain.FindById(id) is not { } found
            || PlaceOf(week, found) is not { } place)
        {
            return Refusal.NewMailOver;
        }

        var data = "";
        if (found.NewMail is { } asked && asked.SecretHash == hash)
        {
            if (await NewMailOfAsync(found) is not { } mail || await CitizenOfAsync(found) is not { } citizen)
            {
                return Refusal.NewMailOver; // Its key has ended.
            }

            data = await SealAsync(place, found with { Seal = asked.Number }, citizen with { Mail = mail });
        }

        return (await grain.Handle(request, new CalendarCommand.ChangeMail(id, hash, data))).Refusal;
    }

    /// <summary>The address that waits for its confirmation; null: there is none, or its time is over.</summary>
    internal async Task<string?> NewMailOfAsync(Appointment found) => found.NewMail is { } asked
        ? await vault.OpenAsync(NewMailOf(found.Id, asked.Number), SealPlace(found), asked.Mail) : null;

    /// <summary>The citizen's data; null: there are none, or they are destroyed.</summary>
    internal Task<CitizenData?> CitizenOfAsync(Appointment appointment) => CitizenOfAsync(vault, appointment);

    internal static async Task<CitizenData?> CitizenOfAsync(Vault vault, Appointment appointment) => await vault.OpenAsync(
        SubjectOf(appointment), SealPlace(appointment), appointment.Citizen) is { } text ? JsonSerializer.Deserialize<CitizenData>(text)
            : null;

    /// <summary>The data of an appointment as they are now, sealed for the one that replaces it.</summary>
    internal async Task<SealedCitizen> SealAgainAsync(Place place, Appointment replacing, Appointment before) => new(before.Contact,
        await CitizenOfAsync(before) is { } citizen ? await SealAsync(place, replacing, citizen) : null);

    internal async Task<string> SealAsync(Place place, Appointment appointment, CitizenData citizen) => await vault.SealAsync(
        SubjectOf(appointment), KeptUntil(place, appointment), SealPlace(appointment), JsonSerializer.Serialize(citizen));

    /// <summary>Of data that were sealed anew: the former ones cannot be opened any more, wherever they stand.</summary>
    internal Task DestroyAsync(Appointment former) => vault.DestroyAsync(SubjectOf(former));

    /// <summary>Its own also after a move: the key of a subject is destroyed at one time, and a later appointment keeps its data longer.
    /// </summary>
    private static Subject SubjectOf(Appointment appointment) =>
        new("appointment", appointment.Seal == 0 ? $"{appointment.Id}" : $"{appointment.Id}.{appointment.Seal}");

    private static Subject NewMailOf(AppointmentId id, int number) => new("new-mail", $"{id}.{number}");

    private static string SealPlace(Appointment appointment) => appointment.Id.ToString();
}

using System.Security.Cryptography;
using System.Text;
using Aufruf.Contracts;
using Aufruf.Domain.Appointments;
using Aufruf.Grains;
using Aufruf.Hub.Offices;
using Aufruf.Portal.Texts;

namespace Aufruf.Hub.Appointments;

/// <summary>Books, moves and cancels appointments for citizens.</summary>
/// <remarks>It prepares commands and asks the week's grain, which alone decides. Whatever follows from its entries is sent by a process:
/// mails, counts of contacts, and the end of an appointment that was moved.</remarks>
internal sealed partial class Bookings(OfficeDirectory offices, CalendarWeeks weeks, SlotSearch search, IGrainFactory grains, Vault vault,
    AppointmentSecrets secrets, Moves moves, AppointmentViews views, Lazy<CheckIns> checkIns, TimeProvider clock) : IAppointments
{
    private const int FarthestDays = 400;

    /// <summary>A calendar, its office, and the office where the appointment takes place.</summary>
    internal sealed record Place(Office Office, Office Owner, Calendar Calendar)
    {
        /// <summary>Null: it is not configured any more.</summary>
        public static Place? Of(OfficeDirectory offices, CalendarWeekKey week, Appointment appointment) =>
            offices.Find(week.OfficeKey) is { } owner && owner.Calendar(week.Calendar) is { } calendar
            && offices.Find($"{week.Authority}.{appointment.Office}") is { } office ? new(office, owner, calendar) : null;
    }

    public Task<IReadOnlyList<Offer>> OffersAsync(string authority) =>
        Task.FromResult<IReadOnlyList<Offer>>([.. search.OffersOf(authority)]);

    public Task<FoundSlots> FindAsync(SlotQuestion question) => Task.FromResult(search.Find(question, Channel.Public));

    public async Task<AppointmentAnswer> HoldAsync(SlotChoice choice, RequestId request)
    {
        var id = new AppointmentId(request.Value);
        if (Wanted(choice, id, Channel.Public) is not var (place, wanted))
        {
            return new(null, Refusal.NoSuchSlot);
        }

        var held = wanted with
        {
            CodeHash = AppointmentSecrets.HashOf(secrets.CodeOf(id)),
            Until = clock.GetUtcNow().AddMinutes(place.Calendar.Rules.HoldMinutes),
        };
        var (week, answer) = await HandleAsync(place, request, new CalendarCommand.Hold(held), held.From);
        return answer.Refusal is { } refusal ? new(null, refusal)
            : new(await views.OfAsync(week, answer.Events.OfType<CalendarEvent.SlotHeld>().Single().Appointment) is { } view
                ? view with { Code = secrets.CodeOf(id) } : null);
    }

    public async Task<AppointmentView?> ViewAsync(CalendarWeekKey week, string code) =>
        await LocateAsync(week, code) is var (key, found) ? await views.OfAsync(key, found) : null;

    public Task<AppointmentAnswer> ExtendAsync(CalendarWeekKey week, string code, RequestId request) =>
        ChangeAsync(week, code, request, (place, found) => Task.FromResult<(CalendarCommand?, Refusal?)>((new CalendarCommand.ExtendHold(
            found.Id, clock.GetUtcNow().AddMinutes(place.Calendar.Rules.HoldMinutes)), null)));

    public Task<AppointmentAnswer> GiveUpAsync(CalendarWeekKey week, string code, RequestId request) =>
        ChangeAsync(week, code, request, (_, found) =>
            Task.FromResult<(CalendarCommand?, Refusal?)>((new CalendarCommand.GiveUp(found.Id), null)));

    public Task<AppointmentAnswer> PreconfirmAsync(CalendarWeekKey week, string code, CitizenData citizen, RequestId request) =>
        ChangeAsync(week, code, request, async (place, found) =>
        {
            var until = clock.GetUtcNow().AddMinutes(place.Calendar.Rules.ConfirmMinutes);
            var contact = (citizen.Mail ?? citizen.Phone) is { } known ? secrets.ContactOf(place.Owner.Authority.Id, known) : null;
            return contact is not null && await CountAsync(place, contact, found, until, place.Calendar.Rules.MostPerContact) is { } refusal
                ? (null, refusal)
                : (new CalendarCommand.Preconfirm(found.Id, contact, await SealAsync(place, found, citizen),
                    AppointmentSecrets.HashOf(secrets.ConfirmationOf(found.Id, contact)), until), null);
        });

    /// <summary>Without a mail there is nothing to confirm: the caller has worked for it instead.</summary>
    public async Task<AppointmentAnswer> BookWithoutMailAsync(CalendarWeekKey week, string code, CitizenData citizen, RequestId request)
    {
        var answer = await PreconfirmAsync(week, code, citizen, request);
        return answer.Refusal is null && await LocateAsync(week, code) is var (there, found)
            ? await ConfirmAsync(
                there, code, secrets.ConfirmationOf(found.Id, found.Contact), RequestOf($"confirm without mail {request}"))
            : answer;
    }

    public Task<AppointmentAnswer> ConfirmAsync(CalendarWeekKey week, string code, string secret, RequestId request) =>
        ChangeAsync(week, code, request, (_, found) => Task.FromResult<(CalendarCommand?, Refusal?)>(
            (new CalendarCommand.Confirm(found.Id, AppointmentSecrets.HashOf(secret)), null)));

    public Task<AppointmentAnswer> CancelAsync(CalendarWeekKey week, string code, RequestId request) =>
        ChangeAsync(week, code, request, (place, found) => Task.FromResult<(CalendarCommand?, Refusal?)>(
            (new CalendarCommand.Cancel(found.Id, CancelledBy.Citizen, PublicAgainAt(place.Calendar, clock.GetUtcNow())), null)));

    public async Task<AppointmentAnswer> CheckInAsync(CalendarWeekKey week, string code, RequestId request)
    {
        if (await LocateAsync(week, code) is not var (key, found) || PlaceOf(key, found) is not { } place)
        {
            return new(null, Refusal.AppointmentGone);
        }

        var refusal = AppointmentViews.IsCheckedInHere(place, found) ? (await checkIns.Value.CheckInAsync(key, found, request)).Refusal
            : Refusal.CheckInByPhoneOff;
        return new(await LocateAsync(key, code) is var (there, now) ? await views.OfAsync(there, now) : null, refusal);
    }

    public async Task<AppointmentAnswer> RebookAsync(CalendarWeekKey week, string code, SlotChoice choice, RequestId request)
    {
        if (await LocateAsync(week, code) is not var (key, before) || PlaceOf(key, before) is null)
        {
            return new(null, Refusal.AppointmentGone);
        }

        if (before.Id.Value == request.Value || before.Id.Value == AgainOf(request).Value) // The answer to a repeat.
        {
            return new(await views.OfAsync(key, before));
        }

        if (before.State is not AppointmentState.Confirmed)
        {
            return new(await views.OfAsync(key, before), before.State is AppointmentState.CheckedIn
                ? Refusal.AlreadyCheckedIn : Refusal.AppointmentGone);
        }

        if (offices.Find(choice.Office) is { } to && before.Invited?.WhyNot(to.Id, to.Day(choice.From)) is { } no)
        {
            return new(await views.OfAsync(key, before), no);
        }

        if (Wanted(choice with { Services = before.Services, Kind = before.Kind, Language = before.Language },
            new(request.Value), Channel.Public) is not var (place, wanted))
        {
            return new(await views.OfAsync(key, before), Refusal.NoSuchSlot);
        }

        var moved = wanted with
        {
            CodeHash = before.CodeHash,
            Contact = before.Contact,
            Citizen = await CitizenOfAsync(before) is { } citizen ? await SealAsync(place, wanted, citizen) : null,
            CopiedSeal = before.Seal,
            SecretHash = before.SecretHash,
            MailChanges = before.MailChanges,
            Minutes = before.Invited is null ? wanted.Minutes : before.Minutes,
            Invited = before.Invited is { } first ? first with { IsMoved = true } : null,
            Replaces = new(key, before.Id),
            Origin = before.Origin,
            Sequence = before.Sequence + 1,
        };
        var (there, answer) = await HandleAsync(place, request, new CalendarCommand.Book(moved,
            PublicAgainAt(place.Calendar, clock.GetUtcNow())), moved.From);
        if (answer.Refusal is null && await moves.CompleteAsync(there, moved))
        {
            return new(await views.OfAsync(there, moved with { State = AppointmentState.Confirmed }));
        }

        // The citizen has confirmed another address in this moment: it moves along with the next try.
        return await grains.GetGrain<ICalendarWeekGrain>(key.Stream).FindById(before.Id) is { State: AppointmentState.Confirmed } now
                && now.Seal != before.Seal ? await RebookAsync(key, code, choice, AgainOf(request))
            : answer.Refusal is { } refusal ? new(await views.OfAsync(key, before), refusal)
            : new(await ViewAsync(key, code), Refusal.AppointmentGone); // Another tab was faster.
    }

    private static RequestId AgainOf(RequestId request) => RequestOf($"again {request}");

    /// <summary>When the public sees a freed slot: at a random time, so that nobody can hand it over to somebody.</summary>
    internal static DateTimeOffset PublicAgainAt(Calendar calendar, DateTimeOffset now) => now.AddMinutes(RandomNumberGenerator.GetInt32(
        calendar.Rules.ReturnsAfterMinutes, Math.Max(calendar.Rules.ReturnsAfterMinutes, calendar.Rules.ReturnsWithinMinutes) + 1));

    internal DateTimeOffset PublicAgainAt(CalendarWeekKey week) =>
        offices.Find(week.OfficeKey)?.Calendar(week.Calendar) is { } calendar ? PublicAgainAt(calendar, clock.GetUtcNow())
            : clock.GetUtcNow();

    /// <summary>The appointment with this code where it is now: one that was moved keeps its code.</summary>
    internal async Task<(CalendarWeekKey Week, Appointment Appointment)?> LocateAsync(CalendarWeekKey week, string code)
    {
        const int mostMoves = 50;
        var hash = AppointmentSecrets.HashOf(code);
        for (var moves = 0; moves < mostMoves; moves++)
        {
            if (!IsNear(week) || offices.Find(week.OfficeKey)?.Calendar(week.Calendar) is null
                || await grains.GetGrain<ICalendarWeekGrain>(week.Stream).Find(hash) is not { } found)
            {
                return null;
            }

            if (found.MovedTo is not { } to || to.Week == week)
            {
                return (week, found);
            }

            week = to.Week;
        }

        return null;
    }

    /// <summary>Anybody may name any week in an address, and each would be read from the journal.</summary>
    private bool IsNear(CalendarWeekKey week) =>
        Math.Abs(week.Monday.DayNumber - DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime).DayNumber) < FarthestDays;

    /// <summary>Gives the week its capacity if it has none yet or another one, and then the command.</summary>
    internal async Task<(CalendarWeekKey Week, Answer<CalendarEvent> Answer)> HandleAsync(
        Place place, RequestId request, CalendarCommand command, DateTimeOffset at)
    {
        var key = CalendarWeekKey.Of(place.Owner, place.Calendar.Id, place.Owner.Day(at));
        var week = grains.GetGrain<ICalendarWeekGrain>(key.Stream);
        if (weeks.CopyOf(key.Stream) is { } copy && weeks.PlanFor(place.Owner, place.Calendar, key.Monday, copy.State) is { } plan)
        {
            await week.Handle(RequestOf($"plan {plan.Configuration} {key}"), plan);
        }

        return (key, await week.Handle(request, command));
    }

    internal Place? PlaceOf(CalendarWeekKey week, Appointment appointment) => Place.Of(offices, week, appointment);

    internal static RequestId RequestOf(string text) => new(new Guid(SHA256.HashData(Encoding.UTF8.GetBytes(text))[..16]));

    /// <summary>The appointment that a choice asks for; null: no calendar offers it.</summary>
    internal (Place Place, Appointment Appointment)? Wanted(SlotChoice choice, AppointmentId id, Channel channel)
    {
        if (offices.Find(choice.Office) is not { } office
            || search.CalendarsAt(office).FirstOrDefault(c => c.Offer.Calendar == choice.Calendar) is not { Calendar: { } calendar } offered
            || SlotSearch.MinutesOf(offered, choice.Services, choice.Kind) is not { } minutes
            || choice.From < SlotSearch.Earliest(calendar, channel, clock.GetUtcNow())
            || !SlotSearch.IsStart(offered.Owner, calendar, choice.From.ToUniversalTime()))
        {
            return null;
        }

        return (new(office, offered.Owner, calendar), new(
            id, office.Id, choice.From.ToUniversalTime(), minutes, choice.Services, channel, "",
            PortalTexts.For([choice.Language]).Language)
        {
            Kind = choice.Kind,
        });
    }

    internal async Task<Refusal?> CountAsync(Place place, string contact, Appointment found, DateTimeOffset until, int most)
    {
        var week = CalendarWeekKey.Of(place.Owner, place.Calendar.Id, place.Owner.Day(found.From));
        var answer = await grains.GetGrain<IContactLimitsGrain>(ContactLimits.StreamOf(place.Owner.Authority.Id, contact)).Handle(
            RequestOf($"count {contact} {found.Id} {until.UtcTicks}"),
            new ContactLimitsCommand.Count(contact, new(found.Origin, week, until), most));
        return answer.Refusal;
    }

    /// <summary>Changes the appointment with this code, and shows it in any case.</summary>
    private async Task<AppointmentAnswer> ChangeAsync(CalendarWeekKey week, string code, RequestId request,
        Func<Place, Appointment, Task<(CalendarCommand? Command, Refusal? Refusal)>> prepare)
    {
        if (await LocateAsync(week, code) is not var (key, found) || PlaceOf(key, found) is not { } place)
        {
            return new(null, Refusal.AppointmentGone);
        }

        var (command, refusal) = await prepare(place, found);
        if (command is not null)
        {
            refusal = (await HandleAsync(place, request, command, found.From)).Answer.Refusal;
        }

        return new(await LocateAsync(key, code) is var (there, now) ? await views.OfAsync(there, now) : null, refusal);
    }

    internal static DateTimeOffset KeptUntil(Place place, Appointment appointment) =>
        appointment.To.AddDays(place.Calendar.Rules.KeptDays);
}

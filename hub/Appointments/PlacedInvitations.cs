using System.Text.Json;
using Aufruf.Contracts;
using Aufruf.Domain.Appointments;
using Aufruf.Grains;
using Aufruf.Hub.Offices;

namespace Aufruf.Hub.Appointments;

/// <summary>Places appointments for the authority, and takes the citizens' answers.</summary>
/// <remarks>The entry with the chosen slot comes first, then the booking. After a crash between, a process goes on.</remarks>
internal sealed class PlacedInvitations(OfficeDirectory offices, SlotSearch search, Bookings bookings, Vault vault, IGrainFactory grains,
    AppointmentSecrets secrets, TimeProvider clock) : IInvitations
{
    // The state of an invitation, which names nobody. Its citizen's data are destroyed as those of any appointment.
    private const int KnownDays = 365;

    // Slots that others took meanwhile. After so many it is no chance any more.
    private const int MostTries = 20;

    private const int MostMoves = 50;

    /// <summary>The same reference gives the same invitation.</summary>
    public async Task<(Invitation? Placed, Refusal? Refusal)> InviteAsync(string authority, InvitationWanted wanted)
    {
        var id = secrets.InvitationOf(authority, wanted.Reference);
        if (await Of(authority).Find(id) is var known && known is null or { State: InvitationState.NothingFree }
            && await ChooseAsync(authority, id, known is null ? 0 : known.Try + 1, wanted) is { } refusal)
        {
            return (null, refusal);
        }

        return await PlaceAsync(authority, id) is { State: not InvitationState.NothingFree } placed ? (placed, null)
            : (null, Refusal.NothingFreeToInvite);
    }

    /// <summary>Books the chosen slot, or the next one if somebody else has it. A repeat books nothing more.</summary>
    /// <remarks>One call after the other, of all hubs: two that search at once would book two slots.</remarks>
    public async Task<Invitation?> PlaceAsync(string authority, InvitationId id)
    {
        await grains.GetGrain<IInvitationPlacingGrain>(authority).PlaceAsync(authority, id);
        return await Of(authority).Find(id);
    }

    /// <summary>For its grain.</summary>
    internal async Task PlaceAloneAsync(string authority, InvitationId id)
    {
        HashSet<AppointmentId> tried = [];
        while (await Of(authority).Find(id) is { State: InvitationState.Chosen } chosen)
        {
            var slot = chosen.Slot.Slot.Id;
            tried.Add(slot);
            if (await BookAsync(chosen))
            {
                await DoAsync(authority, new InvitationCommand.Place(id, slot));
                if (await Of(authority).Find(id) is not { State: not InvitationState.NothingFree } now
                    || now.Slot.Origin != chosen.Slot.Origin)
                {
                    await FreeAsync(chosen, CancelledBy.Office); // Another call has chosen another slot meanwhile.
                }
            }
            else
            {
                await DoAsync(authority, tried.Count < MostTries
                    && Free(authority, chosen).FirstOrDefault(free => !tried.Contains(free.Slot.Id)) is { } next
                        ? new InvitationCommand.Choose(id, slot, next)
                        : new InvitationCommand.End(id, InvitationState.NothingFree, slot));
            }
        }
    }

    public Task<Invitation?> FindAsync(string authority, InvitationId id) => Of(authority).Find(id);

    public async Task<IEnumerable<Invitation>> AllAsync(string authority) => (await Of(authority).View()).All.Values;

    public async Task<InvitationView?> ViewAsync(string authority, InvitationId invitation, string code) =>
        await FindAsync(authority, invitation, code) is { } found ? ViewOf(authority, found) : null;

    public async Task<InvitationAnswer> AcceptAsync(string authority, InvitationId invitation, string code, RequestId request) =>
        await FindAsync(authority, invitation, code) is null ? new(null, Refusal.InvitationGone)
            : await AnswerAsync(authority, invitation, await DoAsync(authority, new InvitationCommand.Accept(invitation)));

    public async Task<InvitationAnswer> RefuseAsync(string authority, InvitationId invitation, string code, RequestId request)
    {
        if (await FindAsync(authority, invitation, code) is not { } found)
        {
            return new(null, Refusal.InvitationGone);
        }

        if (found.IsLive && await PresentAsync(found) is var (_, present)
            && (present.State is AppointmentState.CheckedIn || present.From <= clock.GetUtcNow()))
        {
            return await AnswerAsync(authority, invitation, Refusal.InvitationOver);
        }

        var refusal = await DoAsync(authority, new InvitationCommand.End(invitation, InvitationState.Refused));
        if (refusal is null)
        {
            await FreeAsync(found, CancelledBy.Citizen);
        }

        return await AnswerAsync(authority, invitation, refusal);
    }

    /// <summary>Gives the slot back to others. A repeat finds it free. Staff may move it in this moment: then it is freed there.</summary>
    public async Task FreeAsync(Invitation invitation, CancelledBy by)
    {
        for (var moves = 0; moves < MostMoves; moves++)
        {
            if (await PresentAsync(invitation) is not var (place, present) || present.State is not AppointmentState.Confirmed
                || (await grains.GetGrain<ICalendarWeekGrain>(place.Week.Stream).Handle(Bookings.RequestOf($"free {place.Week} {place.Id}"),
                    new CalendarCommand.Cancel(place.Id, by, bookings.PublicAgainAt(place.Week)))).Refusal is null)
            {
                return;
            }
        }
    }

    /// <summary>Where the appointment is now: it may have been moved.</summary>
    public async Task<(AppointmentRef Place, Appointment Appointment)?> PresentAsync(Invitation invitation)
    {
        var place = invitation.Slot.Slot;
        for (var moves = 0; moves < MostMoves; moves++)
        {
            if (await grains.GetGrain<ICalendarWeekGrain>(place.Week.Stream).FindById(place.Id) is not { } found)
            {
                return null;
            }

            if (found.MovedTo is not { } to)
            {
                return (place, found);
            }

            place = to;
        }

        return null;
    }

    /// <returns>Null: it was done.</returns>
    public async Task<Refusal?> DoAsync(string authority, InvitationCommand command) =>
        (await Of(authority).Handle(new(Guid.NewGuid()), command)).Refusal; // Each command may come again: the state decides.

    /// <summary>The data of the citizen; null: they are destroyed.</summary>
    public Task<CitizenData?> CitizenOfAsync(Invitation invitation) => CitizenOfAsync(vault, invitation);

    internal static async Task<CitizenData?> CitizenOfAsync(Vault vault, Invitation invitation) =>
        await vault.OpenAsync(SubjectOf(invitation.Id, invitation.Try), invitation.Id.ToString(), invitation.Citizen) is { } text
            ? JsonSerializer.Deserialize<CitizenData>(text) : null;

    /// <summary>The caller's sign for it; null: it is destroyed with the citizen's data.</summary>
    public Task<string?> ReferenceOfAsync(Invitation invitation) => ReferenceOfAsync(vault, invitation);

    internal static async Task<string?> ReferenceOfAsync(Vault vault, Invitation invitation) =>
        await vault.OpenAsync(SubjectOf(invitation.Id, invitation.Try), ReferencePlace(invitation.Id), invitation.Reference);

    internal InvitationView ViewOf(string authority, Invitation found) => new(clock.GetUtcNow(), authority, found.Id,
        [
            .. found.Services.Select(wanted => new WantedService(wanted.Service,
                offices.Find($"{authority}.{found.Slot.Office}")?.Service(wanted.Service)?.Service.Name
                    ?? new Texts { ["de"] = wanted.Service.Value }, wanted.Persons)),
        ],
        found.Kind, OfficeOf(authority, found.Slot.Office), found.Slot.From, found.Slot.Minutes, found.NotBefore, found.NotAfter,
        found.Language, found.State, found.Until, new(found.Slot.Slot.Week, secrets.CodeOf(found.Slot.Origin)));

    private async Task<Refusal?> ChooseAsync(string authority, InvitationId id, int attempt, InvitationWanted wanted)
    {
        var (now, language) = (clock.GetUtcNow(), wanted.Contact.Language);
        // No calendar is searched further, and the data are kept no longer.
        var last = DateOnly.FromDateTime(now.UtcDateTime).AddDays(SlotSearch.MostDays);
        wanted = wanted with { NotAfter = wanted.NotAfter < last ? wanted.NotAfter : last };
        var wish = new Invitation(id, "", wanted.Services, wanted.Kind, wanted.Office, wanted.NotBefore, wanted.NotAfter,
            language, secrets.ContactOf(authority, wanted.Contact.Mail), "", AppointmentSecrets.HashOf(secrets.CodeOf(id)),
            now.AddDays(KnownDays), default!)
        { Minutes = wanted.Minutes, Try = attempt };
        if (Free(authority, wish).FirstOrDefault(slot => wanted.MayIn(slot.Office)) is not { } first)
        {
            return search.GiversOf(authority, wanted.Services, wanted.Kind).Any(office =>
                wanted.MayIn(office.Id) && (wanted.Office is null || wanted.Office == office.Id)) && wanted.NotBefore <= wanted.NotAfter
                    ? Refusal.NothingFreeToInvite : Refusal.NothingToInvite;
        }

        var until = DataUntil(first, wanted.NotAfter);
        return await DoAsync(authority, new InvitationCommand.Invite(wish with
        {
            Reference = await vault.SealAsync(SubjectOf(id, attempt), until, ReferencePlace(id), wanted.Reference),
            Office = wanted.Office ?? (offices.All.Where(o => o.Authority.Id == authority).All(o => wanted.MayIn(o.Id)) ? null
                : first.Office),
            Citizen = await vault.SealAsync(SubjectOf(id, attempt), until, id.ToString(), JsonSerializer.Serialize(
                new CitizenData(wanted.Contact.Name, wanted.Contact.Mail, wanted.Contact.Phone))),
            Slot = first,
        }));
    }

    /// <summary>As long after the last possible day as the calendar keeps the data of its appointments.</summary>
    private DateTimeOffset DataUntil(InvitedSlot slot, DateOnly notAfter)
    {
        var owner = offices.Find(slot.Slot.Week.OfficeKey)!;
        return owner.Instant(notAfter.AddDays(1), WallTime.DayBegins).AddDays(owner.Calendar(slot.Slot.Week.Calendar)?.Rules.KeptDays ?? 0);
    }

    private async Task<bool> BookAsync(Invitation chosen)
    {
        var slot = chosen.Slot;
        if (await grains.GetGrain<ICalendarWeekGrain>(slot.Slot.Week.Stream).FindById(slot.Slot.Id) is { } known)
        {
            return known.State is not AppointmentState.Cancelled; // After a crash staff may have cancelled it.
        }

        var booked = new Appointment(slot.Slot.Id, slot.Office, slot.From, slot.Minutes, chosen.Services, Channel.Staff,
            AppointmentSecrets.HashOf(secrets.CodeOf(slot.Slot.Id)), chosen.Language)
        {
            Kind = chosen.Kind,
            Contact = chosen.Contact,
            Invited = new(chosen.Id, chosen.NotBefore, chosen.NotAfter, chosen.Office),
        };
        return bookings.PlaceOf(slot.Slot.Week, booked) is { } place && await CitizenOfAsync(chosen) is { } citizen
            && (await bookings.HandleAsync(place, Bookings.RequestOf($"invite {booked.Id}"),
                new CalendarCommand.Book(booked with { Citizen = await bookings.SealAsync(place, booked, citizen) }), slot.From))
                .Answer.Refusal is null;
    }

    private IEnumerable<InvitedSlot> Free(string authority, Invitation wanted) => search
        .FreeForStaff(authority, wanted.Services, wanted.Kind, wanted.Minutes, (wanted.NotBefore, wanted.NotAfter), clock.GetUtcNow())
        .Where(slot => wanted.Office is null || wanted.Office == slot.Office)
        .Select(slot => new InvitedSlot(new(slot.Week, InvitedSlot.BookingOf(wanted.Id, slot.Week, slot.From)), slot.Office, slot.From,
            slot.Minutes));

    private async Task<InvitationAnswer> AnswerAsync(string authority, InvitationId id, Refusal? refusal) =>
        new(await Of(authority).Find(id) is { } found ? ViewOf(authority, found) : null, refusal);

    private async Task<Invitation?> FindAsync(string authority, InvitationId invitation, string code) =>
        offices.All.Any(office => office.Authority.Id == authority)
        && await Of(authority).Find(invitation) is { State: not (InvitationState.Chosen or InvitationState.NothingFree) } found
        && found.CodeHash == AppointmentSecrets.HashOf(code) ? found : null;

    private WishOffice OfficeOf(string authority, string id) => offices.Find($"{authority}.{id}") is { } office
        ? new(office.Key, office.Name, office.Address, office.TimeZone) : new($"{authority}.{id}", new Texts { ["de"] = id }, "", "UTC");

    private static Subject SubjectOf(InvitationId id, int attempt) => new("invitation", attempt == 0 ? $"{id}" : $"{id}.{attempt}");

    private static string ReferencePlace(InvitationId id) => $"{id} reference";

    private IInvitationsGrain Of(string authority) => grains.GetGrain<IInvitationsGrain>(Invitations.StreamOf(authority));
}

/// <summary>The one who is invited.</summary>
internal sealed record InvitedContact(string Name, string Mail, string? Phone, string Language);

/// <param name="Office">"rathaus"; null: any that the caller may work in.</param>
/// <param name="MayIn">Whether the caller may work in an office of the authority.</param>
internal sealed record InvitationWanted(string Reference, IReadOnlyList<Wanted> Services, AppointmentKind Kind, string? Office,
    DateOnly NotBefore, DateOnly NotAfter, int? Minutes, InvitedContact Contact, Func<string, bool> MayIn);

using Aufruf.Contracts;
using Aufruf.Domain.Appointments;
using Aufruf.Grains;
using Aufruf.Hub.Offices;

namespace Aufruf.Hub.Appointments;

/// <summary>Takes, shows and ends the wishes of citizens. Offers are made by <see cref="WishRound"/>.</summary>
/// <remarks>The week of an offered slot decides whether it is accepted, and the wish follows it.</remarks>
internal sealed class StandingWishes(OfficeDirectory offices, SlotSearch search, Bookings bookings, WishRound round, WishCitizens citizens,
    IGrainFactory grains, AppointmentSecrets secrets, TimeProvider clock) : IWishes
{
    private const int MostWindows = 10;
    private const int MostDays = 120;

    private static readonly TimeSpan TimeToConfirm = TimeSpan.FromHours(1);

    public async Task<WishAnswer> RegisterAsync(WishChoice choice, RequestId request)
    {
        var (id, now) = (new WishId(request.Value), clock.GetUtcNow());
        (AppointmentRef Place, Appointment Appointment)? present = null;
        if (choice.Improve is { } improve)
        {
            if (improve.Week.Authority != choice.Authority
                || await bookings.LocateAsync(improve.Week, improve.Code)
                    is not (var week, { State: AppointmentState.Confirmed, Invited: null } found))
            {
                return new(null, Refusal.AppointmentGone);
            }

            present = (new(week, found.Id), found);
            choice = choice with { Services = found.Services, Kind = found.Kind };
        }

        if (Offered(choice) is not { Count: > 0 } givers || choice.Windows.Count > MostWindows || choice.Citizen.Mail
            is not { Length: > 0 } mail)
        {
            return new(null, Refusal.NothingToWish);
        }

        var today = search.TodayIn(choice.Authority, now);
        var latest = today.AddDays(MostDays);
        var notAfter = choice.NotAfter is { } last && last < latest ? last : latest;
        var keptUntil = now.AddDays(notAfter.DayNumber - today.DayNumber + Wish.KeptDays);
        var wish = new Wish(id, choice.Services, choice.Kind, choice.Offices.Count == 0 ? [] : givers,
            choice.Windows, choice.NotBefore is { } first && first > today ? first : today, notAfter, choice.Language,
            secrets.ContactOf(choice.Authority, mail), await citizens.SealAsync(id, keptUntil, choice.Citizen),
            AppointmentSecrets.HashOf(secrets.CodeOf(id)), now + TimeToConfirm, keptUntil)
        { Improves = present?.Place };
        var answer = await Of(choice.Authority).Handle(request, new WishCommand.Register(wish));
        return answer.Refusal is { } refusal ? new(null, refusal)
            : new(ViewOf(choice.Authority, await Of(choice.Authority).Find(id) ?? wish));
    }

    public async Task<WishView?> ViewAsync(string authority, WishId wish, string code) =>
        await FindAsync(authority, wish, code) is { } found ? ViewOf(authority, found) : null;

    public Task<WishAnswer> ConfirmAsync(string authority, WishId wish, string code, RequestId request) =>
        DoAsync(authority, wish, code, async _ => (await Of(authority).Handle(request, new WishCommand.Confirm(wish))).Refusal);

    public Task<WishAnswer> AcceptAsync(string authority, WishId wish, string code, int offer, RequestId request) =>
        DoAsync(authority, wish, code, async found =>
        {
            if (found.Offers.FirstOrDefault(made => made.Number == offer) is not { } made)
            {
                return Refusal.OfferOver;
            }

            if (made.State is OfferState.Open)
            {
                if (clock.GetUtcNow() >= made.Until)
                {
                    return Refusal.OfferOver;
                }

                if (await BookAsync(found, made, request) is { } refusal)
                {
                    return refusal;
                }
            }

            return (await Of(authority).Handle(Bookings.RequestOf($"accept {wish} {offer}"),
                new WishCommand.CloseOffer(wish, offer, OfferState.Accepted))).Refusal;
        });

    public Task<WishAnswer> DeclineAsync(string authority, WishId wish, string code, int offer, RequestId request) =>
        DoAsync(authority, wish, code, async found =>
        {
            if (found.OpenOffer is { } open && open.Number == offer)
            {
                await round.GiveUpAsync(open.Slot);
                if (await grains.GetGrain<ICalendarWeekGrain>(open.Slot.Week.Stream).FindById(open.Slot.Id) is not null)
                {
                    return Refusal.OfferOver; // Another tab has accepted it.
                }
            }

            return (await Of(authority).Handle(request, new WishCommand.CloseOffer(wish, offer, OfferState.Declined))).Refusal;
        });

    public Task<WishAnswer> StopAsync(string authority, WishId wish, string code, RequestId request) =>
        DoAsync(authority, wish, code, async _ =>
            (await Of(authority).Handle(request, new WishCommand.End(wish, WishEnd.Stopped))).Refusal);

    /// <summary>The wish as its citizen sees it.</summary>
    internal WishView ViewOf(string authority, Wish wish) => new(clock.GetUtcNow(), authority,
        offices.All.FirstOrDefault(office => office.Authority.Id == authority)?.TimeZone ?? "UTC", wish.Id,
        [
            .. wish.Services.Select(wanted => new WantedService(wanted.Service, search.OffersOf(authority).SelectMany(o => o.Services)
                .FirstOrDefault(s => s.Id == wanted.Service)?.Name ?? new Texts { ["de"] = wanted.Service.Value }, wanted.Persons)),
        ],
        wish.Kind, [.. wish.Offices.Select(id => OfficeOf(authority, id))], wish.Windows, wish.NotBefore, wish.NotAfter, wish.Language,
        wish.State, wish.End, wish.State is WishState.Registered ? wish.Until : null,
        [.. wish.Offers.Select(o => new OfferView(o.Number, OfficeOf(authority, o.Office), o.From, o.Minutes, o.Until, o.State))],
        wish.End is WishEnd.Fulfilled && wish.Offers is [.., var last] ? new(last.Slot.Week, secrets.CodeOf(last.Origin ?? last.Slot.Id))
            : null);

    /// <summary>The offices that give all that is wanted, of those that were chosen.</summary>
    private List<string> Offered(WishChoice choice) => [.. search.GiversOf(choice.Authority, choice.Services, choice.Kind)
        .Where(office => choice.Offices.Count == 0 || choice.Offices.Contains(office.Key)).Select(office => office.Id).Distinct()];

    /// <summary>The week decides: its slot is held for this wish still.</summary>
    private async Task<Refusal?> BookAsync(Wish wish, WishOffer offer, RequestId request)
    {
        var week = grains.GetGrain<ICalendarWeekGrain>(offer.Slot.Week.Stream);
        if (await week.FindById(offer.Slot.Id) is not { } held || bookings.PlaceOf(offer.Slot.Week, held) is not { } place)
        {
            return Refusal.OfferOver;
        }

        var before = held.Replaces is { } replaced
            ? await grains.GetGrain<ICalendarWeekGrain>(replaced.Week.Stream).FindById(replaced.Id) : null;
        if (held.Replaces is not null && before is not { State: AppointmentState.Confirmed or AppointmentState.Moved })
        {
            return Refusal.AppointmentGone;
        }

        // The citizen may have changed the mail address since the wish.
        var (contact, data) = before is null ? (wish.Contact, null) : (before.Contact, await bookings.SealAgainAsync(place, held, before));
        return (contact is null ? null
                : await bookings.CountAsync(place, contact, held, held.To, place.Calendar.Rules.MostPerContact))
            ?? (await week.Handle(request, new CalendarCommand.Confirm(held.Id,
                AppointmentSecrets.HashOf(secrets.ConfirmationOf(held.Id, wish.Contact)), data))).Refusal;
    }

    private async Task<WishAnswer> DoAsync(string authority, WishId wish, string code, Func<Wish, Task<Refusal?>> act)
    {
        if (await FindAsync(authority, wish, code) is not { } found)
        {
            return new(null, Refusal.WishGone);
        }

        var refusal = await act(found);
        return new(await ViewAsync(authority, wish, code), refusal);
    }

    private async Task<Wish?> FindAsync(string authority, WishId wish, string code) =>
        offices.All.Any(office => office.Authority.Id == authority)
        && await Of(authority).Find(wish) is { } found && found.CodeHash == AppointmentSecrets.HashOf(code) ? found : null;

    private WishOffice OfficeOf(string authority, string id) => offices.Find($"{authority}.{id}") is { } office
        ? new(office.Key, office.Name, office.Address, office.TimeZone) : new($"{authority}.{id}", new Texts { ["de"] = id }, "", "UTC");

    private IWishesGrain Of(string authority) => grains.GetGrain<IWishesGrain>(Wishes.StreamOf(authority));
}

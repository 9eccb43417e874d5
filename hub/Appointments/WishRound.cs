using Aufruf.Contracts;
using Aufruf.Domain.Appointments;
using Aufruf.Grains;

namespace Aufruf.Hub.Appointments;

/// <summary>Carries out the steps of all wishes of an authority, in the order of their registration.</summary>
/// <remarks>Every command has a request id that follows from wish and offer, and the grains decide: two hubs at once do no harm.</remarks>
internal sealed class WishRound(Bookings bookings, CalendarWeeks weeks, SlotSearch search, IGrainFactory grains, WishCitizens citizens,
    AppointmentSecrets secrets, TimeProvider clock)
{
    private readonly Dictionary<string, SlotNews> _news = [];

    /// <returns>When something changes without anybody doing anything; null: never.</returns>
    public async Task<DateTimeOffset?> RunAsync(string stream, Wishes wishes, CancellationToken cancellationToken)
    {
        if (wishes.All.IsEmpty) // An ended one may still have a held slot.
        {
            return null;
        }

        var now = clock.GetUtcNow();
        var authority = stream[(Wishes.StreamKind.Length + 1)..];
        var news = _news.TryGetValue(stream, out var known) ? known : _news[stream] = new();
        news.BeginRound();
        var view = new WishWeeks(authority, weeks, search, news, now);
        view.Unclaimed = wishes.Unclaimed(view.Weeks).GroupBy(held => held.Wish).ToDictionary(held => held.Key, held => held.First().Slot);
        var inOrder = wishes.InOrder.Select(wish => wish.Id).ToArray();
        foreach (var isOffering in (bool[])[false, true]) // The earliest wish gets a slot that is given back, too.
        {
            foreach (var id in inOrder)
            {
                while (wishes.Find(id) is { } wish && (isOffering || wish.State is not WishState.Waiting))
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    if (wish.Next(view, now) is not { } step)
                    {
                        news.FoundNothing(wish);
                        break;
                    }

                    if (await CarryOutAsync(stream, wish, step, view, news) is not { } happened)
                    {
                        break; // Another hub was faster: its entry wakes the next round.
                    }

                    wishes = happened.Aggregate(wishes, (state, e) => state.Apply(e));
                }
            }
        }

        foreach (var (wish, slot) in wishes.Unclaimed(view.Weeks).ToArray())
        {
            if ((await grains.GetGrain<IWishesGrain>(stream).Find(wish))?.OpenOffer?.Slot != slot)
            {
                await GiveUpAsync(slot);
            }
        }

        return NextChange(authority, wishes, now);
    }

    /// <summary>Gives a held slot back: to the other wishes at once, to the public later.</summary>
    public Task<Answer<CalendarEvent>> GiveUpAsync(AppointmentRef held) => grains.GetGrain<ICalendarWeekGrain>(held.Week.Stream).Handle(
        Bookings.RequestOf($"give up {held.Id}"), new CalendarCommand.GiveUp(held.Id, bookings.PublicAgainAt(held.Week)));

    /// <returns>The events of the wish; null: it cannot go on now.</returns>
    private async Task<IReadOnlyList<WishEvent>?> CarryOutAsync(
        string stream, Wish wish, WishStep step, WishWeeks view, SlotNews news)
    {
        switch (step)
        {
            case WishStep.Offer offer:
                return await OfferAsync(stream, wish, offer, view, news);
            case WishStep.Record { Made: var made }:
                return await DoAsync(stream, RequestOf(wish, made.Number, "offer"), new WishCommand.Offer(wish.Id, made));
            case WishStep.GiveUp { Held: var held }:
                await GiveUpAsync(held);
                return (await grains.GetGrain<ICalendarWeekGrain>(held.Week.Stream).FindById(held.Id))
                    is { State: not AppointmentState.Held }
                    ? null // It was accepted at the last moment.
                    : Ended(view, held);
            case WishStep.Close { Number: var number, Outcome: var outcome }:
                var slot = wish.Offers[number - 1].Slot;
                // This hub's copy of the week may be older than the hold.
                return outcome is OfferState.Lapsed && await grains.GetGrain<ICalendarWeekGrain>(slot.Week.Stream).FindById(slot.Id)
                    is not null
                    ? null
                    : await DoAsync(stream, RequestOf(wish, number, "close"), new WishCommand.CloseOffer(wish.Id, number, outcome));
            case WishStep.End { Reason: var reason }:
                return await DoAsync(stream, Bookings.RequestOf($"end {wish.Id}"), new WishCommand.End(wish.Id, reason));
            default:
                return null;
        }
    }

    private static IReadOnlyList<WishEvent> Ended(WishWeeks view, AppointmentRef held)
    {
        view.End(held);
        return [];
    }

    private async Task<IReadOnlyList<WishEvent>?> OfferAsync(
        string stream, Wish wish, WishStep.Offer offer, WishWeeks view, SlotNews news)
    {
        var slot = offer.Slot;
        var id = WishOffer.HoldOf(wish.Id, wish.Offers.Count + 1);
        if (await citizens.OpenAsync(wish) is not { } citizen)
        {
            return await DoAsync(stream, Bookings.RequestOf($"end {wish.Id}"), new WishCommand.End(wish.Id, WishEnd.Stopped));
        }

        if (bookings.Wanted(new($"{slot.Week.Authority}.{slot.Office}", slot.Week.CalendarKey, wish.Services, slot.From, wish.Kind,
            wish.Language), id, Channel.Wish) is not var (place, wanted))
        {
            news.Remove(slot);
            return [];
        }

        var held = wanted with
        {
            Wish = wish.Id,
            Until = offer.Until + WishOffer.Passing,
            Contact = wish.Contact,
            CodeHash = AppointmentSecrets.HashOf(secrets.CodeOf(id)),
            SecretHash = AppointmentSecrets.HashOf(secrets.ConfirmationOf(id, wish.Contact)),
        };
        if (wish.Improves is { } improves && view.Present(improves) is var (present, before))
        {
            held = held with
            {
                CodeHash = before.CodeHash,
                Contact = null, // Like the other data: those of the present one, when it is accepted.
                Replaces = present,
                Origin = before.Origin,
                Sequence = before.Sequence + 1,
            };
        }

        else
        {
            held = held with { Citizen = await bookings.SealAsync(place, held, citizen) };
        }

        var (week, answer) = await bookings.HandleAsync(place, new(id.Value), new CalendarCommand.Hold(held), held.From);
        if (answer.Refusal is not null)
        {
            news.Remove(slot); // Somebody was faster: the next slot that suits.
            return [];
        }

        news.SearchAgain();
        return await DoAsync(stream, RequestOf(wish, wish.Offers.Count + 1, "offer"), new WishCommand.Offer(wish.Id, new(
                wish.Offers.Count + 1, new(week, id), held.Office, held.From, held.Minutes, offer.Until)
        {
            Origin = held.Replaces is null ? null : held.Origin,
        }));
    }

    private async Task<IReadOnlyList<WishEvent>?> DoAsync(string stream, RequestId request, WishCommand command)
    {
        var answer = await grains.GetGrain<IWishesGrain>(stream).Handle(request, command);
        return answer.Refusal is null && answer.Events.Count > 0 ? answer.Events : null;
    }

    private DateTimeOffset? NextChange(string authority, Wishes wishes, DateTimeOffset now) =>
        wishes.InOrder.SelectMany(wish =>
            (DateTimeOffset?[])[wish.State is WishState.Registered ? wish.Until : null, wish.OpenOffer?.Until])
            .Append(search.NextChangeIn(authority, Channel.Wish, now)).Where(at => at > now).Min();

    private static RequestId RequestOf(Wish wish, int number, string what) => Bookings.RequestOf($"{what} {wish.Id} {number}");
}

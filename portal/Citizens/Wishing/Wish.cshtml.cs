using Aufruf.Contracts;
using Aufruf.Domain.Appointments;
using Aufruf.Portal.Citizens.Booking;
using Aufruf.Portal.Content;
using Microsoft.AspNetCore.Mvc;

namespace Aufruf.Portal.Citizens.Wishing;

/// <summary>A standing wish in every state. Opening it changes nothing: its buttons confirm it, and answer an offer.</summary>
public sealed class StandingWishPage(ContentFolder content, IWishes wishes) : WishPage(content, wishes)
{
    /// <summary>The end of the key of the words for it.</summary>
    public string State => View switch
    {
        null => "gone",
        { State: WishState.Registered } => "registered",
        { State: WishState.Waiting } => "waiting",
        { State: WishState.Offered } => "offered",
        { End: var end } => "ended-" + (end ?? WishEnd.Stopped).ToString().ToLowerInvariant(),
    };

    /// <summary>The offer that waits for an answer; null: there is none.</summary>
    public OfferView? Open => View?.Offers is [.., { State: OfferState.Open } last] ? last : null;

    public string Explanation => Open is { } offer
        ? Texts.Say("wish.offered.text", ("until", Moment(offer.Until, offer.Office.TimeZone)))
        : Texts[$"wish.{State}.text"];

    /// <summary>The address at which the same can be wished anew.</summary>
    public string WishAgain => View is not { } view ? Href("/book/services")
        : Href("/wish", new BookingChoice([.. view.Services.Select(s => new Wanted(s.Id, s.Persons))], BookingChoice.AnyOffice).Parts);

    public async Task<IActionResult> OnGetAsync() => await ViewAsync() is null ? Gone() : Page();

    public async Task<IActionResult> OnPostAsync([FromForm] string? form, [FromForm(Name = "do")] string? act, [FromForm] int offer)
    {
        if (await ViewAsync() is null)
        {
            return Gone();
        }

        var request = FormId.RequestOf(form, act, $"{offer}", $"{Wish}");
        var answer = act switch
        {
            "accept" => await Wishes.AcceptAsync(Authority, Id, Code, offer, request),
            "decline" => await Wishes.DeclineAsync(Authority, Id, Code, offer, request),
            _ => await Wishes.ConfirmAsync(Authority, Id, Code, request),
        };
        View = answer.View;
        return View is null ? Gone() : answer.Refusal is { } refusal ? Again("state", refusal)
            : View.Booked is { } booked ? LocalRedirect(Href($"/a/{booked.Week}/{booked.Code}")) : LocalRedirect(Mine());
    }
}

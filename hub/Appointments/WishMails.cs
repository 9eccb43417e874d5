using Aufruf.Contracts;
using Aufruf.Domain.Appointments;
using Aufruf.Domain.Outbox;
using Aufruf.Grains;
using Aufruf.Grains.Journal;
using Aufruf.Grains.Subscriptions;

namespace Aufruf.Hub.Appointments;

/// <summary>The process of wishes' mails: one for each entry that its citizen must hear of. Each has the link that stops the
/// wish.</summary>
internal sealed class WishMails(WishCitizens citizens, StandingWishes wishes, AppointmentSecrets secrets, SealedMail sealedMail,
    WishWriter writer, IGrainFactory grains, FollowUpNeeds needs, ILogger<WishMails> log)
    : FollowUp("wish mails", Wishes.StreamKind, needs, log, "wish-registered", "wish-offered", "wish-ended")
{
    protected override async Task CarryOutAsync(JournalEntry entry)
    {
        foreach (var happened in EntryContent<WishEvent>.Read(entry).Events)
        {
            await (happened switch
            {
                WishEvent.WishRegistered e => SendAsync(entry, e.Wish.Id, e.Wish.Until, WishMail.Confirm),
                WishEvent.WishOffered e => SendAsync(entry, e.Id, e.Offer.Until, WishMail.Offer),
                WishEvent.WishEnded { Reason: WishEnd.OffersOver or WishEnd.NothingFound or WishEnd.Overtaken } e =>
                    SendAsync(entry, e.Id, e.At.AddDays(2), WishMail.Ended),
                _ => Task.CompletedTask, // The citizen has done it, or the mail of the booked appointment says so.
            });
        }
    }

    private async Task SendAsync(JournalEntry entry, WishId id, DateTimeOffset expiresAt, WishMail kind)
    {
        var authority = entry.Stream[(Wishes.StreamKind.Length + 1)..];
        if (expiresAt <= Clock.GetUtcNow() || await grains.GetGrain<IWishesGrain>(entry.Stream).Find(id) is not { } wish
            || await citizens.OpenAsync(wish) is not { Mail.Length: > 0 } citizen)
        {
            return; // Too late to help, or its data are destroyed.
        }

        var mail = await sealedMail.SealAsync(new(entry.Stream, entry.Version), "citizen",
            writer.Write(kind, wishes.ViewOf(authority, wish), citizen, secrets.CodeOf(id)), expiresAt);
        var answer = await grains.GetGrain<IOutboxGrain>(Outbox.StreamOf(authority)).Handle(mail.Message.Request, mail);
        if (answer.Refusal is { } refusal)
        {
            throw new InvalidOperationException($"The mail of a wish was refused: {refusal.English}");
        }
    }
}

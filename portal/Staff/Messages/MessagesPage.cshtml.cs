using Aufruf.Contracts;
using Aufruf.Domain;
using Aufruf.Domain.Identity;
using Aufruf.Domain.Outbox;
using Aufruf.Portal.Identity;
using Microsoft.AspNetCore.Mvc;

namespace Aufruf.Portal.Staff.Messages;

/// <summary>The messages of the clerk's authority that were not sent, or may not have been: send again, or dismiss. No content is shown.
/// </summary>
[Needs(Permission.SeeMessages, AuthenticationSchemes = StaffAccess.Scheme)]
public sealed class MessagesPage(IGrainFactory grains, IReports offices) : StaffPage
{
    [FromRoute(Name = "office")] public string OfficeKey { get; set; } = "";

    public string OfficeName { get; private set; } = "";

    public IReadOnlyList<Message> Stuck { get; private set; } = [];

    /// <summary>Messages that are on their way.</summary>
    public int OnTheirWay { get; private set; }

    /// <summary>Why the clerk's last choice was refused; null: it was not.</summary>
    public string? Refused { get; private set; }

    /// <summary>The outbox cannot be read now.</summary>
    public bool Unavailable { get; private set; }

    public bool MayChange => May(Domain.Identity.Permission.Messages, OfficeKey);

    private TimeZoneInfo Zone { get; set; } = TimeZoneInfo.Utc;

    public Task<IActionResult> OnGetAsync() => InOfficeAsync(_ => Task.FromResult<Refusal?>(null));

    [HandlerNeeds(Domain.Identity.Permission.Messages)]
    public Task<IActionResult> OnPostAgainAsync([FromForm] string? message) =>
        DecideAsync(message, (id, clerk) => new OutboxCommand.SendAgain(id, clerk));

    [HandlerNeeds(Domain.Identity.Permission.Messages)]
    public Task<IActionResult> OnPostDismissAsync([FromForm] string? message) =>
        DecideAsync(message, (id, clerk) => new OutboxCommand.Dismiss(id, clerk));

    public string Problem(Message message) => Texts[$"message.problem.{message.Problem?.ToString().ToLowerInvariant()}"]
        + (message.Status is { } status ? " " + Texts.Say("message.code", ("code", status)) : "");

    /// <summary>An instant on the office's clock.</summary>
    public string At(DateTimeOffset instant) => TimeZoneInfo.ConvertTime(instant, Zone)
        .ToString(Texts.Language == "de" ? "d.M.yyyy HH:mm" : "d MMM yyyy HH:mm", Texts.Culture);

    private Task<IActionResult> DecideAsync(string? message, Func<MessageId, ClerkId, OutboxCommand> command) => InOfficeAsync(
        async outbox => (await outbox.Handle(new(Guid.CreateVersion7()), command(new(message ?? ""), new(SignedInAs)))).Refusal,
        thenRead: false);

    /// <summary>Another office's messages are answered like an office that does not exist.</summary>
    private async Task<IActionResult> InOfficeAsync(Func<IOutboxGrain, Task<Refusal?>> act, bool thenRead = true)
    {
        if (!MayDo(Domain.Identity.Permission.SeeMessages, Domain.Identity.Permission.Messages, OfficeKey)
            || offices.Office(OfficeKey) is not { } office)
        {
            return NotFound();
        }

        (OfficeName, Zone) = (office.Name.In(Texts.Language), TimeZoneInfo.FindSystemTimeZoneById(office.TimeZone));
        try
        {
            var outbox = grains.GetGrain<IOutboxGrain>(Outbox.StreamOf(office.Authority.Id));
            if (await act(outbox) is { } refusal)
            {
                (Refused, Response.StatusCode) = (refusal.Texts.In(Texts.Language), refusal.Kind is RefusalKind.NotFound ? 404 : 409);
            }
            else if (!thenRead)
            {
                return LocalRedirect($"/staff/{OfficeKey}/messages?lang={Texts.Language}");
            }

            var messages = (await outbox.View()).Messages.Values;
            Stuck = [.. messages.Where(m => m.IsStuck).OrderBy(m => m.CreatedAt)];
            OnTheirWay = messages.Count(m => !m.IsStuck);
        }
        catch (Exception error) when (error is JournalUnavailableException or UnreadableStreamException)
        {
            (Unavailable, Response.StatusCode) = (true, 503);
        }

        return Page();
    }
}

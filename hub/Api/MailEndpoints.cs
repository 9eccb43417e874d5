using Aufruf.Domain.Identity;
using Aufruf.Domain.Outbox;
using Aufruf.Hub.Connectors.Mail;
using Aufruf.Hub.Identity;
using Aufruf.Portal.Identity;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Aufruf.Hub.Api;

/// <summary>Mails that came back, from the authority's mail server.</summary>
internal static class MailEndpoints
{
    // A returned mail may have the whole mail in it.
    private const int LargestMail = 1024 * 1024;

    // An address of RFC 5321, and some more.
    private const int LongestRecipient = 320;

    public static void MapMail(this IEndpointRouteBuilder api) => api.MapPost("/mail/returned", TakeAsync).Needs(Permission.ReturnMail)
        .WithTags("Mail").WithMetadata(new RequestSizeLimitAttribute(LargestMail))
        .WithSummary("Takes a mail that came back, as the mail server got it (message/rfc822, at most 1 MB)")
        .WithDescription("recipient is the address of the envelope. Every mail is answered 200 with what became of it, "
            + "because a mail server would repeat a refused one for days.")
        .ProducesProblem(StatusCodes.Status413PayloadTooLarge);

    private static async Task<Ok<ReturnedMailAnswer>> TakeAsync(string? recipient, HttpRequest request, ReturnedMails returned,
        Grant grant, CancellationToken stop)
    {
        using var mail = new MemoryStream();
        await request.Body.CopyToAsync(mail, stop);
        return TypedResults.Ok(new ReturnedMailAnswer(recipient is { Length: > LongestRecipient } ? MailReturn.UnknownMessage
            : await returned.TakeAsync(grant.Principal.Authority ?? "", recipient, mail.ToArray())));
    }
}

internal sealed record ReturnedMailAnswer(MailReturn Outcome);

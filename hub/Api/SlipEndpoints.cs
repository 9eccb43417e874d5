using Aufruf.Domain.Identity;
using Aufruf.Hub.Gateway;
using Aufruf.Hub.Identity;
using Aufruf.Portal.Identity;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Aufruf.Hub.Api;

/// <summary>One more slip of a ticket, or its page as a QR code on the desk's screen.</summary>
internal static class SlipEndpoints
{
    public const string NoPrinter = "printer must be a ticket printer of this office.";

    public static void MapSlips(this IEndpointRouteBuilder clerks) =>
        clerks.MapPost("/areas/{area}/tickets/{ticket}/slip", PrintAsync).Needs(Permission.Tickets)
            .WithSummary("Prints a ticket's slip again")
            .WithDescription("Without a printer nothing is printed, and the answer has the address of the ticket's page.");

    /// <summary>Null is none, and that is allowed.</summary>
    public static bool IsPrinter(DeskPlace place, string? printer) =>
        printer is null || place.Office.Devices.Any(d => d.Id == printer && d.Kind is DeviceKind.TicketPrinter);

    internal static async Task<Results<Ok<TakenTicket>, ProblemHttpResult>> PrintAsync(string area, Guid ticket, SlipRequest request,
        DeskCommands commands, TicketIssuer issuer, IQueues queues, Grant grant)
    {
        if (!commands.TryLocate(grant, area, request, out var place, out var problem))
        {
            return problem;
        }

        if (!IsPrinter(place, request.Printer))
        {
            return Problems.Invalid(NoPrinter);
        }

        var view = await queues.ViewAsync(place.Queue);
        return !view.Queue.Tickets.TryGetValue(new(ticket), out var found) ? Problems.Refused(Refusal.UnknownTicket)
            : !found.Alive ? Problems.Refused(Refusal.NotWaiting)
            : TypedResults.Ok(await issuer.PrintAsync(place.Office, place.Area, place.Queue, view.Version, found.Id, request.Printer,
                wait: null, request.RequestId));
    }
}

internal sealed record SlipRequest(Guid RequestId) : QueueRequest(RequestId)
{
    /// <summary>Ticket printer of the office; null: no slip.</summary>
    public string? Printer { get; init; }
}

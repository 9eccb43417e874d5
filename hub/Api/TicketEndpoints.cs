using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using Aufruf.Domain;
using Aufruf.Domain.Offices;
using Aufruf.Domain.Queues;
using Aufruf.Hub.Identity;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Aufruf.Hub.Api;

/// <summary>What a clerk does with one ticket, wherever it is, and a ticket entered by a clerk for somebody without one.</summary>
internal static class TicketEndpoints
{
    private const string Cancel = "cancel";
    private const string Reactivate = "reactivate";
    private const string Prioritise = "prioritise";
    private const string Remark = "remark";

    /// <summary>A few sentences; whatever is longer belongs into a case.</summary>
    public const int LongestRemark = 500;

    private const int MostServices = 10;
    private const string RemarkTooLong = "A remark has at most 500 characters.";

    public static void MapTickets(this IEndpointRouteBuilder clerks)
    {
        clerks.MapPost("/areas/{area}/tickets", EnterAsync).WithSummary("Enters somebody who has no ticket");
        clerks.MapPost("/areas/{area}/tickets/{ticket}/{action}", ActAsync).WithSummary("A clerk's action on one ticket")
            .WithDescription("prioritise takes a reason, and null takes the priority away; remark takes a remark, and null deletes it.")
            .OfActions([Cancel, Reactivate, Prioritise, Remark]);
    }

    internal static async Task<Results<Ok<CounterAnswer>, ProblemHttpResult>> ActAsync(
        string area, Guid ticket, string action, TicketWish wish, DeskDoor door, Seals seals, ClaimsPrincipal user)
    {
        if (!door.Lets(user, area, wish.RequestId, wish.Queue, out var place, out var no))
        {
            return no;
        }

        if (wish.Remark?.Length > LongestRemark)
        {
            return Problems.Invalid(RemarkTooLong);
        }

        var id = new TicketId(ticket);
        QueueCommand? command = action switch
        {
            Cancel => new QueueCommand.Cancel(id, place.Clerk),
            Reactivate => new QueueCommand.Reactivate(id),
            Prioritise => new QueueCommand.Prioritise(id, wish.Reason),
            Remark => new QueueCommand.WriteRemark(id, Sealed(seals, place.Queue, id, wish.Remark)),
            _ => null,
        };
        return command is null ? Problems.NotFound() : await door.AskAsync(place, wish.RequestId, command);
    }

    internal static async Task<Results<Created<TakenTicket>, ProblemHttpResult>> EnterAsync(
        string area, EnterTicketWish wish, DeskDoor door, Issuing issuing, Seals seals, ClaimsPrincipal user)
    {
        if (!door.Lets(user, area, wish.RequestId, wish.Queue, out var place, out var no))
        {
            return no;
        }

        if (wish.Language.Length > 12 || wish.Also?.Count > MostServices || wish.Remark?.Length > LongestRemark)
        {
            return Problems.Invalid($"language must be a short tag, also name at most {MostServices} services. {RemarkTooLong}");
        }

        if (wish.Printer is { } printer && !place.Office.Devices.Any(d => d.Id == printer && d.Kind is DeviceKind.TicketPrinter))
        {
            return Problems.Invalid("printer must be a ticket printer of this office.");
        }

        var id = new TicketId(wish.RequestId);
        return await issuing.IssueAsync(place.Office, place.Area, place.Queue, wish.Service, wish.Language, wish.Printer, wish.RequestId, plain => plain with
        {
            Also = [.. (wish.Also ?? []).Distinct().Where(also => also != wish.Service)],
            By = place.Clerk,
            Priority = wish.Priority,
            Remark = Sealed(seals, place.Queue, id, wish.Remark),
        });
    }

    private static string? Sealed(Seals seals, QueueKey queue, TicketId ticket, string? remark) =>
        string.IsNullOrWhiteSpace(remark) ? null : seals.Seal(queue, ticket, remark.Trim());
}

/// <param name="RequestId">A new UUID per press, the same when it is sent again.</param>
internal sealed record TicketWish([property: Required] Guid RequestId)
{
    /// <summary>The queue on the clerk's screen.</summary>
    public QueueKey? Queue { get; init; }

    /// <summary>Id from the office's list of reasons to be called before others.</summary>
    public string? Reason { get; init; }

    /// <summary>A note for clerks.</summary>
    [MaxLength(TicketEndpoints.LongestRemark)]
    public string? Remark { get; init; }
}

/// <param name="RequestId">A new UUID per press, the same when it is sent again.</param>
internal sealed record EnterTicketWish([property: Required] Guid RequestId, ServiceId Service, string Language)
{
    /// <summary>The queue on the clerk's screen.</summary>
    public QueueKey? Queue { get; init; }

    /// <summary>Further services of the same visit, at most ten.</summary>
    public IReadOnlyList<ServiceId>? Also { get; init; }

    /// <summary>Id from the office's list of reasons to be called before others.</summary>
    public string? Priority { get; init; }

    /// <summary>A note for clerks.</summary>
    [MaxLength(TicketEndpoints.LongestRemark)]
    public string? Remark { get; init; }

    /// <summary>Ticket printer of the office for the slip; null: no slip.</summary>
    public string? Printer { get; init; }
}

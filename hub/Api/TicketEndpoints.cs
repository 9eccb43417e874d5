using System.ComponentModel.DataAnnotations;
using Aufruf.Domain.Identity;
using Aufruf.Grains;
using Aufruf.Hub.Identity;
using Aufruf.Portal.Identity;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Aufruf.Hub.Api;

/// <summary>A clerk's actions on one ticket, and tickets that a clerk enters for citizens without one.</summary>
internal static class TicketEndpoints
{
    private const string Cancel = "cancel";
    private const string Reactivate = "reactivate";
    private const string ComeIn = "come-in";
    private const string UndoComeIn = "undo-come-in";
    private const string Prioritise = "prioritise";
    private const string Remark = "remark";

    /// <summary>A few sentences. A longer text belongs into a case.</summary>
    public const int LongestRemark = 500;

    private const int MostServices = 10;
    private const string RemarkTooLong = "A remark has at most 500 characters.";

    public static void MapTickets(this IEndpointRouteBuilder clerks)
    {
        clerks.MapPost("/areas/{area}/tickets", EnterAsync).Needs(Permission.Tickets).WithSummary("Enters a citizen who has no ticket");
        clerks.MapPost("/areas/{area}/tickets/{ticket}/{action}", ActAsync).Needs(Permission.Tickets)
            .WithSummary("A clerk's action on one ticket")
            .WithDescription("come-in: the citizen, who took the ticket at home, is here. "
                + "prioritise takes a reason, and null takes the priority away; remark takes a remark, and null deletes it.")
            .OfActions([Cancel, Reactivate, ComeIn, UndoComeIn, Prioritise, Remark]);
    }

    internal static async Task<Results<Ok<CounterAnswer>, ProblemHttpResult>> ActAsync(
        string area, Guid ticket, string action, TicketRequest request, DeskCommands commands, Vault vault, Grant grant)
    {
        if (!commands.TryLocate(grant, area, request, out var place, out var problem))
        {
            return problem;
        }

        if (action is Prioritise && !place.Allows(Permission.ChangePriority))
        {
            return Problems.Forbidden(Permission.ChangePriority);
        }

        if (request.Remark?.Length > LongestRemark)
        {
            return Problems.Invalid(RemarkTooLong);
        }

        if ((request.Reason is not null && action is not Prioritise) || (request.Remark is not null && action is not Remark))
        {
            return Problems.Invalid($"{action} takes no '{(action is Remark || request.Remark is null ? "reason" : "remark")}'.");
        }

        if (request.Remark is not null && commands.IsPast(place))
        {
            return Problems.Refused(Refusal.DayIsOver);
        }

        var id = new TicketId(ticket);
        QueueCommand? command = action switch
        {
            Cancel => new QueueCommand.Cancel(id, place.Clerk),
            Reactivate => new QueueCommand.Reactivate(id),
            ComeIn => new QueueCommand.ComeIn(id, place.Clerk),
            UndoComeIn => new QueueCommand.UndoComeIn(id, place.Clerk),
            Prioritise => new QueueCommand.Prioritise(id, request.Reason),
            Remark => new QueueCommand.WriteRemark(id, await SealedAsync(vault, place, id, request.Remark)),
            _ => null,
        };
        return command is null ? Problems.NotFound() : await commands.ExecuteAsync(place, request.RequestId, command);
    }

    internal static async Task<Results<Created<TakenTicket>, ProblemHttpResult>> EnterAsync(
        string area, EnterTicketRequest request, DeskCommands commands, TicketIssuer issuer, Vault vault, Grant grant)
    {
        if (!commands.TryLocate(grant, area, request, out var place, out var problem))
        {
            return problem;
        }

        if (request.Language.Length > 12 || request.Also?.Count > MostServices || request.Remark?.Length > LongestRemark)
        {
            return Problems.Invalid($"language must be a short tag, also name at most {MostServices} services. {RemarkTooLong}");
        }

        if (request.Printer is { } printer && !place.Office.Devices.Any(d => d.Id == printer && d.Kind is DeviceKind.TicketPrinter))
        {
            return Problems.Invalid("printer must be a ticket printer of this office.");
        }

        if (request.Remark is not null && commands.IsPast(place))
        {
            return Problems.Refused(Refusal.DayIsOver);
        }

        var id = new TicketId(request.RequestId);
        var remark = await SealedAsync(vault, place, id, request.Remark);
        return await issuer.IssueAsync(place.Office, place.Area, place.Queue, request.Service, request.Language, request.Printer,
            request.RequestId, plain => plain with
            {
                Also = [.. (request.Also ?? []).Distinct().Where(also => also != request.Service)],
                By = place.Clerk,
                Priority = request.Priority,
                Remark = remark,
            });
    }

    private static async ValueTask<string?> SealedAsync(Vault vault, DeskPlace place, TicketId ticket, string? remark) =>
        string.IsNullOrWhiteSpace(remark) ? null
            : await vault.SealAsync(Subject.Of(place.Queue), place.Office.EndOf(place.Queue.Day), ticket.ToString(), remark.Trim());
}

internal sealed record TicketRequest(Guid RequestId) : QueueRequest(RequestId)
{
    /// <summary>Id from the office's list of reasons to be called before others.</summary>
    public string? Reason { get; init; }

    /// <summary>A note for clerks.</summary>
    [MaxLength(TicketEndpoints.LongestRemark)]
    public string? Remark { get; init; }
}

internal sealed record EnterTicketRequest(Guid RequestId, ServiceId Service, string Language) : QueueRequest(RequestId)
{
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

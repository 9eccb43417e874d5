using System.ComponentModel.DataAnnotations;
using Aufruf.Domain.Identity;
using Aufruf.Grains;
using Aufruf.Hub.Audit;
using Aufruf.Hub.Gateway;
using Aufruf.Hub.Identity;
using Aufruf.Hub.Push;
using Aufruf.Portal.Identity;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Aufruf.Hub.Api;

/// <summary>Finds today's tickets of an area by number, name or phone, and lists those that are finished.</summary>
/// <remarks>A name stands in the body: addresses are written into logs.</remarks>
internal static class FindEndpoints
{
    /// <summary>More rows are read by nobody. A longer search text finds the others.</summary>
    public const int Most = 50;

    private const int LongestText = 100;
    private const int FewestDigits = 4;

    public static void MapFinding(this IEndpointRouteBuilder clerks) =>
        clerks.MapPost("/areas/{area}/tickets/find", FindAsync).Needs(Permission.Tickets)
            .WithSummary("Today's tickets by number, name or phone")
            .WithDescription("Without a text: the finished ones, the latest first.");

    internal static async Task<Results<Ok<FoundTickets>, ProblemHttpResult>> FindAsync(string area, FindRequest request,
        DeskCommands commands, IQueues queues, Vault vault, Looks looks, Grant grant)
    {
        if (!commands.TryLocate(grant, area, request, out var place, out var problem))
        {
            return problem;
        }

        if (request.Text?.Length > LongestText)
        {
            return Problems.Invalid($"text has at most {LongestText} characters.");
        }

        var queue = (await queues.ViewAsync(place.Queue)).Queue;
        await vault.LearnAsync(Subject.Of(place.Queue));
        var desk = new DeskView(place.Office, place.Area, default, place.Clerk, [],
            ticket => vault.Open(Subject.Of(place.Queue), ticket.Id.ToString(), ticket.Remark))
        {
            Person = ticket => SealedPlaces.PersonOf(vault, place.Queue, ticket),
        };
        var text = request.Text?.Trim() ?? "";
        Ticket[] found = [.. queue.Tickets.Values
            .Where(t => text.Length == 0 ? Reopening.IsFinished(t) : t.State is not TicketState.Transferred && IsMeant(t, desk, text))
            .OrderByDescending(t => t.Alive).ThenByDescending(t => t.EndedAt).ThenByDescending(t => t.Place)];
        Ticket[] shown = [.. found.Take(Most)];
        await looks.NoteAsync(place.Office.Authority.Id,
            new(place.Clerk.Value, place.Office.Key, AccessKind.Search, place.Queue.ToString(), AccessWay.Desk),
            request.Look, text, [.. shown.Select(t => t.Id.Value)]);
        return TypedResults.Ok(new FoundTickets([.. shown.Select(t => DeskPicture.TicketOf(desk, queue, t))],
            Math.Max(0, found.Length - Most)));
    }

    private static bool IsMeant(Ticket ticket, DeskView desk, string text) =>
        ticket.Number.ToString().Contains(text.Replace(" ", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase)
        || (desk.Person(ticket) is { } person && (person.Name.Contains(text, StringComparison.CurrentCultureIgnoreCase)
            || (DigitsOf(text) is { Length: >= FewestDigits } digits
                && DigitsOf(person.Phone ?? "").Contains(digits, StringComparison.Ordinal))));

    private static string DigitsOf(string text) => string.Concat(text.Where(char.IsAsciiDigit));
}

internal sealed record FindRequest(Guid RequestId) : QueueRequest(RequestId)
{
    /// <summary>Part of a number or name, or at least four digits of a phone number.</summary>
    [MaxLength(100)]
    public string? Text { get; init; }

    /// <summary>Of the open panel, which searches again by itself. Its look is noted once while it shows nobody more.</summary>
    public Guid? Look { get; init; }
}

/// <param name="More">How many more match.</param>
public sealed record FoundTickets(IReadOnlyList<DeskTicket> Tickets, int More);

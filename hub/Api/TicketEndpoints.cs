using System.Text.Json;
using Aufruf.Domain.Identity;
using Aufruf.Grains;
using Aufruf.Hub.Identity;
using Aufruf.Hub.Push;
using Aufruf.Portal.Identity;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Aufruf.Hub.Api;

/// <summary>A clerk's actions on one ticket, and tickets that a clerk enters for citizens without one.</summary>
internal static class TicketEndpoints
{
    private const string Remark = "remark";
    private const string Person = "person";
    private const string Message = "message";
    private const int MostServices = 10;

    /// <summary>The parts that an action takes besides the queue.</summary>
    private static readonly Dictionary<string, string[]> Actions = new()
    {
        ["cancel"] = [],
        ["reactivate"] = [],
        ["come-in"] = [],
        ["undo-come-in"] = [],
        ["prioritise"] = ["reason"],
        [Remark] = ["remark"],
        [Person] = ["person"],
        ["mend"] = ["service", "also", "language"],
        ["send-on"] = ["to"],
        [Message] = ["message", "text"],
    };

    public static void MapTickets(this IEndpointRouteBuilder clerks)
    {
        clerks.MapPost("/areas/{area}/tickets", EnterAsync).Needs(Permission.Tickets).WithSummary("Enters a citizen who has no ticket");
        clerks.MapPost("/areas/{area}/tickets/{ticket}/{action}", ActAsync).Needs(Permission.Tickets)
            .WithSummary("A clerk's action on one ticket")
            .WithDescription("come-in: the citizen, who took the ticket at home, is here. "
                + "prioritise takes a reason, and null takes the priority away; remark takes a remark, and null deletes it. "
                + "person takes name, phone and number of persons where the area asks for them, and null deletes them. "
                + "mend corrects service, also and language of a ticket that waits; send-on sends it to another area, counter or clerk. "
                + "reactivate puts a finished ticket back with its first arrival. "
                + "message shows come-closer, delay, papers-ready, document-ready, to-reception or text on the ticket's page.")
            .OfActions(Actions.Keys);
    }

    internal static async Task<Results<Ok<CounterAnswer>, ProblemHttpResult>> ActAsync(
        string area, Guid ticket, string action, TicketRequest request, DeskCommands commands, Vault vault, Grant grant)
    {
        if (!commands.TryLocate(grant, area, request, out var place, out var problem))
        {
            return problem;
        }

        if (action is "prioritise" && !place.Allows(Permission.ChangePriority))
        {
            return Problems.Forbidden(Permission.ChangePriority);
        }

        if (!Actions.TryGetValue(action, out var takes))
        {
            return Problems.NotFound();
        }

        if (request.Fault(action, takes, place.Office.Languages) is { } fault)
        {
            return Problems.Invalid(fault);
        }

        if (request is { Remark: not null } or { Person: not null } or { Text: not null } && commands.IsPast(place))
        {
            return Problems.Refused(Refusal.DayIsOver);
        }

        if (request.Person is not null && !place.Area.Rules.AskName)
        {
            return Problems.Refused(Refusal.NamesNotAsked); // Nothing is sealed that nobody may ask.
        }

        return await CommandAsync(new TicketId(ticket), action, request, place, vault) is { } command
            ? await commands.ExecuteAsync(place, request.RequestId, command)
            : Problems.Invalid($"{action} needs {string.Join(" or ", takes)}.");
    }

    /// <summary>Null: a part is missing.</summary>
    private static async ValueTask<QueueCommand?> CommandAsync(TicketId id, string action, TicketRequest request, DeskPlace place,
        Vault vault) => action switch
        {
            "cancel" => new QueueCommand.Cancel(id, place.Clerk),
            "reactivate" => new QueueCommand.Reactivate(id),
            "come-in" => new QueueCommand.ComeIn(id, place.Clerk),
            "undo-come-in" => new QueueCommand.UndoComeIn(id, place.Clerk),
            "prioritise" => new QueueCommand.Prioritise(id, request.Reason),
            Remark => new QueueCommand.WriteRemark(id, await SealedAsync(vault, place, id.ToString(), request.Remark)),
            Person => new QueueCommand.WritePerson(id, await SealedAsync(vault, place, id, request.Person)),
            "mend" => request is { Service: null, Also: null, Language: null } ? null
                : new QueueCommand.Mend(id, place.Clerk) { Service = request.Service, Also = request.Also, Language = request.Language },
            "send-on" => request.To is { } to ? new QueueCommand.SendOn(id, to with { Area = place.AreaId(to.Area) }, place.Clerk) : null,
            Message => request.Message is not { } kind ? null : new QueueCommand.Notify(id, kind,
                await SealedAsync(vault, place, SealedPlaces.Notice(id), request.Text), place.Clerk),
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    internal static async Task<Results<Created<TakenTicket>, ProblemHttpResult>> EnterAsync(
        string area, EnterTicketRequest request, DeskCommands commands, TicketIssuer issuer, Vault vault, Grant grant)
    {
        if (!commands.TryLocate(grant, area, request, out var place, out var problem))
        {
            return problem;
        }

        if (request.Language.Length > 12 || request.Also?.Count > MostServices || request.Remark?.Length > TicketRequest.LongestRemark)
        {
            return Problems.Invalid(
                $"language must be a short tag, also name at most {MostServices} services. A remark has at most 500 characters.");
        }

        if (request.Person is { } person && TicketRequest.FaultOf(person) is { } fault)
        {
            return Problems.Invalid(fault);
        }

        if (!SlipEndpoints.IsPrinter(place, request.Printer))
        {
            return Problems.Invalid(SlipEndpoints.NoPrinter);
        }

        if (request is { Remark: not null } or { Person: not null } && commands.IsPast(place))
        {
            return Problems.Refused(Refusal.DayIsOver);
        }

        if (request.Person is not null && !place.Area.Rules.AskName)
        {
            return Problems.Refused(Refusal.NamesNotAsked);
        }

        var id = new TicketId(request.RequestId);
        var remark = await SealedAsync(vault, place, id.ToString(), request.Remark);
        var written = await SealedAsync(vault, place, id, request.Person);
        return await issuer.IssueAsync(place.Office, place.Area, place.Queue, request.Service, request.Language, request.Printer,
            request.RequestId, plain => plain with
            {
                Also = [.. (request.Also ?? []).Distinct().Where(also => also != request.Service)],
                By = place.Clerk,
                Priority = request.Priority,
                Remark = remark,
                Person = written,
            });
    }

    private static ValueTask<string?> SealedAsync(Vault vault, DeskPlace place, TicketId ticket, TicketPerson? person) =>
        SealedAsync(vault, place, SealedPlaces.Person(ticket), person is null ? null : JsonSerializer.Serialize(
            person with { Name = person.Name.Trim(), Phone = string.IsNullOrWhiteSpace(person.Phone) ? null : person.Phone.Trim() },
            JsonSerializerOptions.Web));

    private static async ValueTask<string?> SealedAsync(Vault vault, DeskPlace place, string where, string? text) =>
        string.IsNullOrWhiteSpace(text) ? null
            : await vault.SealAsync(Subject.Of(place.Queue), place.Office.EndOf(place.Queue.Day), where, text.Trim());
}

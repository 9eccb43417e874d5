using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using Aufruf.Domain;
using Aufruf.Domain.Offices;
using Aufruf.Domain.Queues;
using Aufruf.Hub.Gateway;
using Aufruf.Hub.Identity;
using Aufruf.Hub.Offices;
using Aufruf.Hub.Push;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Aufruf.Hub.Api;

/// <summary>What a clerk does at a counter, and what a desk must know to be opened. Clerk token, own office only.</summary>
internal static class DeskEndpoints
{
    public static void MapDesk(this IEndpointRouteBuilder api)
    {
        var clerks = api.MapGroup("").RequireAuthorization(Access.Clerk).WithTags("Desk");
        clerks.MapGet("/offices", ListOffices).WithSummary("The offices this token opens, with their areas and counters");
        clerks.MapGet("/offices/{office}/devices", ListDevices).WithSummary("The devices of an office and how they are");
        clerks.MapPost("/areas/{area}/counters/{counter}/{action}", ActAsync).WithSummary("Call next, recall, arrived, finish, missed, open or close");
    }

    private static OfficeInfo[] ListOffices(OfficeBook offices, ClaimsPrincipal user) =>
        [.. offices.All.Where(o => user.MayEnter(o.Key)).OrderBy(o => o.Key, StringComparer.Ordinal).Select(OfficeInfo.Of)];

    private static Results<Ok<IReadOnlyList<DeskDevice>>, NotFound> ListDevices(string office, OfficeBook offices, Fleet fleet, ClaimsPrincipal user) =>
        user.MayEnter(office) && offices.Find(office) is { } found
            ? TypedResults.Ok<IReadOnlyList<DeskDevice>>([.. found.Devices.Select(d => fleet.Describe(found, d))])
            : TypedResults.NotFound();

    internal static async Task<Results<Ok<CounterAnswer>, NotFound, ProblemHttpResult>> ActAsync(
        string area, string counter, CounterAction action, CounterWish wish, IOfficeFinder offices, IQueues queues, TimeProvider clock, ClaimsPrincipal user)
    {
        if (offices.FindArea(area) is not var (office, found) || !user.MayEnter(office.Key))
        {
            return TypedResults.NotFound();
        }

        if (wish.RequestId == Guid.Empty)
        {
            return Problems.Invalid("requestId must be a new UUID for each press.");
        }

        var answer = await queues.HandleAsync(office.QueueOf(found, clock.GetUtcNow()), new RequestId(wish.RequestId), CommandOf(action, new CounterId(counter), wish.Seen));
        return answer.Refusal is { } no ? Problems.Refused(no) : TypedResults.Ok(new CounterAnswer(answer.Version));
    }

    private static QueueCommand CommandOf(CounterAction action, CounterId counter, long? seen) => action.Name switch
    {
        CounterAction.CallNext => new QueueCommand.CallNext(counter, seen),
        CounterAction.Recall => new QueueCommand.Recall(counter, seen),
        CounterAction.Arrived => new QueueCommand.MarkArrived(counter, seen),
        CounterAction.Finish => new QueueCommand.Finish(counter, seen),
        CounterAction.Missed => new QueueCommand.MarkMissed(counter, seen),
        CounterAction.Open => new QueueCommand.OpenCounter(counter, seen),
        _ => new QueueCommand.CloseCounter(counter, seen),
    };
}

/// <summary>The last part of a desk's address.</summary>
internal readonly record struct CounterAction(string Name) : IParsable<CounterAction>
{
    public const string CallNext = "call-next";
    public const string Recall = "recall";
    public const string Arrived = "arrived";
    public const string Finish = "finish";
    public const string Missed = "missed";
    public const string Open = "open";
    public const string Close = "close";

    private static readonly string[] Known = [CallNext, Recall, Arrived, Finish, Missed, Open, Close];

    public static CounterAction Parse(string s, IFormatProvider? provider) =>
        TryParse(s, provider, out var action) ? action : throw new FormatException($"'{s}' is not an action of a counter.");

    public static bool TryParse(string? s, IFormatProvider? provider, out CounterAction result)
    {
        result = new(s ?? "");
        return Known.Contains(s);
    }
}

/// <param name="RequestId">A new UUID per press, the same when it is sent again.</param>
/// <param name="Seen">Revision of the counter on the clerk's screen; a wish made on an older one is not carried out.</param>
internal sealed record CounterWish([property: Required] Guid RequestId, long? Seen = null);

/// <param name="Version">Journal version of the queue after it.</param>
internal sealed record CounterAnswer(long Version);

internal sealed record OfficeInfo(string Key, Texts Name, IReadOnlyList<string> Languages, IReadOnlyList<AreaInfo> Areas)
{
    public static OfficeInfo Of(Office office) => new(office.Key, office.Name, office.Languages,
        [.. office.Areas.Select(a => new AreaInfo($"{office.Key}.{a.Id}", a.Id, a.Name,
            [.. a.Counters.Select(c => new CounterInfo(c.Id, c.Label))], [.. a.Boards.Select(b => new BoardInfo(b.Id))]))]);
}

internal sealed record AreaInfo(string Key, string Id, Texts Name, IReadOnlyList<CounterInfo> Counters, IReadOnlyList<BoardInfo> Boards);

internal sealed record CounterInfo(CounterId Id, string Label);

internal sealed record BoardInfo(string Id);

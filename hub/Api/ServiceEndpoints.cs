using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using Aufruf.Domain;
using Aufruf.Domain.Queues;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Aufruf.Hub.Api;

/// <summary>A clerk stops the giving of tickets for a service, and lets it go on.</summary>
internal static class ServiceEndpoints
{
    private const string Stop = "stop";
    private const string Release = "release";

    public static void MapServices(this IEndpointRouteBuilder clerks) =>
        clerks.MapPost("/areas/{area}/services/{service}/{action}", ActAsync).WithSummary("Stops or releases a service").OfActions([Stop, Release]);

    internal static async Task<Results<Ok<CounterAnswer>, ProblemHttpResult>> ActAsync(
        string area, string service, string action, ServiceWish wish, DeskDoor door, ClaimsPrincipal user)
    {
        if (!door.Lets(user, area, wish.RequestId, wish.Queue, out var place, out var no))
        {
            return no;
        }

        QueueCommand? command = action switch
        {
            Stop => new QueueCommand.StopService(new ServiceId(service)),
            Release => new QueueCommand.ReleaseService(new ServiceId(service)),
            _ => null,
        };
        return command is null ? Problems.NotFound() : await door.AskAsync(place, wish.RequestId, command);
    }
}

/// <param name="RequestId">A new UUID per press, the same when it is sent again.</param>
internal sealed record ServiceWish([property: Required] Guid RequestId)
{
    /// <summary>The queue on the clerk's screen.</summary>
    public QueueKey? Queue { get; init; }
}

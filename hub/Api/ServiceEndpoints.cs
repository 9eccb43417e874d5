using Aufruf.Domain.Identity;
using Aufruf.Hub.Identity;
using Aufruf.Portal.Identity;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Aufruf.Hub.Api;

/// <summary>A clerk stops the tickets of a service, and releases them.</summary>
internal static class ServiceEndpoints
{
    private const string Stop = "stop";
    private const string Release = "release";

    public static void MapServices(this IEndpointRouteBuilder clerks) =>
        clerks.MapPost("/areas/{area}/services/{service}/{action}", ActAsync).Needs(Permission.Services)
            .WithSummary("Stops or releases a service")
            .OfActions([Stop, Release]);

    internal static async Task<Results<Ok<CounterAnswer>, ProblemHttpResult>> ActAsync(
        string area, string service, string action, ServiceRequest request, DeskCommands commands, Grant grant)
    {
        if (!commands.TryLocate(grant, area, request, out var place, out var problem))
        {
            return problem;
        }

        QueueCommand? command = action switch
        {
            Stop => new QueueCommand.StopService(new ServiceId(service)),
            Release => new QueueCommand.ReleaseService(new ServiceId(service)),
            _ => null,
        };
        return command is null ? Problems.NotFound() : await commands.ExecuteAsync(place, request.RequestId, command);
    }
}

internal sealed record ServiceRequest(Guid RequestId) : QueueRequest(RequestId);

using System.Diagnostics.CodeAnalysis;
using System.Security.Claims;
using Aufruf.Domain;
using Aufruf.Domain.Offices;
using Aufruf.Domain.Queues;
using Aufruf.Hub.Gateway;
using Aufruf.Hub.Identity;
using Aufruf.Hub.Push;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Aufruf.Hub.Api;

/// <summary>Where a clerk's wish is carried out, and whose it is.</summary>
internal sealed record DeskPlace(Office Office, WaitingArea Area, QueueKey Queue, ClerkId Clerk);

/// <summary>The door every wish of a clerk goes through: own office only, one id per press, and the day it was made for.</summary>
internal sealed class DeskDoor(IOfficeFinder offices, IQueues queues, TimeProvider clock)
{
    /// <param name="area">"alsdorf.rathaus.erdgeschoss".</param>
    /// <param name="queue">The one on the clerk's screen; null: today's.</param>
    public bool Lets(
        ClaimsPrincipal user, string area, Guid requestId, QueueKey? queue, [NotNullWhen(true)] out DeskPlace? place, [NotNullWhen(false)] out ProblemHttpResult? no)
    {
        (place, no) = (null, null);
        if (offices.FindArea(area) is not var (office, found) || !user.MayEnter(office.Key))
        {
            no = Problems.NotFound();
            return false;
        }

        if (requestId == Guid.Empty)
        {
            no = Problems.Invalid("requestId must be a new UUID for each press.");
            return false;
        }

        (var key, no) = office.QueueFor(found, queue, clock.GetUtcNow());
        place = no is null ? new(office, found, key, user.AsClerk()) : null;
        return place is not null;
    }

    public async Task<Results<Ok<CounterAnswer>, ProblemHttpResult>> AskAsync(DeskPlace place, Guid requestId, QueueCommand command)
    {
        var answer = await queues.HandleAsync(place.Queue, new RequestId(requestId), command);
        return answer.Refusal is { } no ? Problems.Refused(no) : TypedResults.Ok(new CounterAnswer(answer.Version));
    }
}

/// <param name="Version">Journal version of the queue after it.</param>
internal sealed record CounterAnswer(long Version);

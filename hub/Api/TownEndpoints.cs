using Aufruf.Contracts;
using Aufruf.Domain.Identity;
using Aufruf.Domain.Towns;
using Aufruf.Hub.Identity;
using Aufruf.Portal.Identity;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Aufruf.Hub.Api;

/// <summary>The settings of a town: draft, check, publish, history, take back. The pages do the same.</summary>
internal static class TownEndpoints
{
    // A draft of all mails in all languages, escaped as JSON.
    private const int LargestBody = 2 * 1024 * 1024;

    public static void MapTowns(this IEndpointRouteBuilder clerks)
    {
        var town = clerks.MapGroup("/towns/{authority}/settings").WithTags("Administration");
        town.MapGet("", (string authority, ITownAdministration all, Grant grant) => Find(authority, all, grant))
            .Needs(Permission.SeeConfiguration).WithSummary("The settings in force, and the draft beside them");
        town.MapPut("/draft", (string authority, TownDraftRequest draft, ITownAdministration all, Grant grant) =>
                AnswerAsync(authority, grant, who => all.SaveAsync(authority, draft.Settings, draft.BasedOn, draft.Seen, who)))
            .Needs(Permission.Configure).WithMetadata(new RequestSizeLimitAttribute(LargestBody))
            .WithSummary("Saves the draft, also a wrong one")
            .WithDescription("'seen' is the revision that was read before, 0 without a draft. Another revision is answered 409: "
                + "somebody else was faster, and nothing is overwritten.")
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge);
        town.MapPost("/draft/check", Check).Needs(Permission.Configure).WithMetadata(new RequestSizeLimitAttribute(LargestBody))
            .WithSummary("All that is wrong: colours with the measured contrast, and mails; nothing is changed")
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge);
        town.MapPost("/draft/publish", (string authority, SeenRequest request, ITownAdministration all, Grant grant) =>
                AnswerAsync(authority, grant, who => all.PublishAsync(authority, request.Seen, who))).Needs(Permission.Configure)
            .WithSummary("Brings the draft into force, when nothing is wrong in it");
        town.MapPost("/draft/discard", (string authority, SeenRequest request, ITownAdministration all, Grant grant) =>
                AnswerAsync(authority, grant, who => all.DiscardAsync(authority, request.Seen, who))).Needs(Permission.Configure)
            .WithSummary("Throws the draft away; the history keeps its steps");
        town.MapGet("/history", HistoryAsync).Needs(Permission.SeeConfiguration)
            .WithSummary("The last 100 changes: who, when, and each place before and after");
        town.MapPost("/take-back", (string authority, TakeBackRequest request, ITownAdministration all, Grant grant) =>
                AnswerAsync(authority, grant, who => all.TakeBackAsync(authority, request.Edition, request.Seen, who)))
            .Needs(Permission.Configure)
            .WithSummary("Brings an earlier edition into force again; edition 0 has the usual settings")
            .WithDescription("'seen' is the edition in force that was read before.");
    }

    private static Results<Ok<TownDesk>, ProblemHttpResult> Find(string authority, ITownAdministration all, Grant grant) =>
        grant.IsGoodIn(authority) && all.Find(authority) is { } desk ? TypedResults.Ok(desk) : Problems.NotFound();

    private static Results<Ok<TownCheck>, ProblemHttpResult> Check(
        string authority, TownSettingsRequest request, ITownAdministration all, Grant grant) =>
        grant.IsGoodIn(authority) ? TypedResults.Ok(all.Check(authority, request.Settings)) : Problems.NotFound();

    private static async Task<Results<Ok<OfficeHistory>, ProblemHttpResult>> HistoryAsync(
        string authority, ITownAdministration all, Grant grant) =>
        grant.IsGoodIn(authority) ? TypedResults.Ok(await all.HistoryAsync(authority)) : Problems.NotFound();

    private static async Task<Results<Ok<TownDesk>, ProblemHttpResult>> AnswerAsync(
        string authority, Grant grant, Func<string, Task<TownAnswer>> ask)
    {
        if (!grant.IsGoodIn(authority))
        {
            return Problems.NotFound();
        }

        var answer = await ask(grant.Principal.Who);
        return answer.Refusal is { } refusal ? Problems.Refused(refusal)
            : answer.Desk is { } desk ? TypedResults.Ok(desk) : Problems.NotFound();
    }
}

/// <param name="BasedOn">The edition that it changes.</param>
/// <param name="Seen">The revision that was read before; 0: there was no draft.</param>
internal sealed record TownDraftRequest(TownSettings Settings, int BasedOn, int Seen);

internal sealed record TownSettingsRequest(TownSettings Settings);

using Aufruf.Contracts;
using Aufruf.Domain.Identity;
using Aufruf.Hub.Identity;
using Aufruf.Portal.Identity;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Aufruf.Hub.Api;

/// <summary>The configuration of an office: draft, check, publish, history, take back. The pages do the same.</summary>
internal static class ConfigurationEndpoints
{
    // A draft of the longest text, in UTF-8 and escaped as JSON.
    private const int LargestBody = 2 * OfficeDraft.LongestText;

    private const string Tag = "Administration";

    public static void MapConfiguration(this IEndpointRouteBuilder clerks)
    {
        var office = clerks.MapGroup("/offices/{office}/configuration").WithTags(Tag);
        office.MapGet("", (string office, IOfficeAdministration all, Grant grant) => Find(office, all, grant))
            .Needs(Permission.SeeConfiguration)
            .WithSummary("The edition in force, and the draft beside it, each in the form of an office file");
        office.MapPut("/draft", (string office, DraftRequest draft, IOfficeAdministration all, Grant grant) =>
                AnswerAsync(office, grant, who => all.SaveAsync(office, draft.Text, draft.BasedOn, draft.Seen, who)))
            .Needs(Permission.Configure).WithMetadata(new RequestSizeLimitAttribute(LargestBody))
            .WithSummary("Saves the draft, also a wrong one (at most 512 kB)")
            .WithDescription("'seen' is the revision that was read before, 0 without a draft. Another revision is answered 409: "
                + "somebody else was faster, and nothing is overwritten.")
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge);
        office.MapPost("/draft/check", CheckAsync).Needs(Permission.Configure).WithMetadata(new RequestSizeLimitAttribute(LargestBody))
            .WithSummary("All that is wrong in a text, and the bookings and tickets that it would hit; nothing is changed")
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge);
        office.MapPost("/draft/publish", (string office, SeenRequest request, IOfficeAdministration all, Grant grant) =>
                AnswerAsync(office, grant, who => all.PublishAsync(office, request.Seen, who))).Needs(Permission.Configure)
            .WithSummary("Brings the draft into force, when nothing is wrong in it");
        office.MapPost("/draft/discard", (string office, SeenRequest request, IOfficeAdministration all, Grant grant) =>
                AnswerAsync(office, grant, who => all.DiscardAsync(office, request.Seen, who))).Needs(Permission.Configure)
            .WithSummary("Throws the draft away; the history keeps its steps");
        office.MapGet("/history", HistoryAsync).Needs(Permission.SeeConfiguration)
            .WithSummary("The last 100 changes: who, when, and each place before and after");
        office.MapPost("/take-back", (string office, TakeBackRequest request, IOfficeAdministration all, Grant grant) =>
                AnswerAsync(office, grant, who => all.TakeBackAsync(office, request.Edition, request.Seen, who)))
            .Needs(Permission.Configure)
            .WithSummary("Brings an earlier edition into force again")
            .WithDescription("'seen' is the edition in force that was read before.");
    }

    private static Results<Ok<OfficeDesk>, ProblemHttpResult> Find(string office, IOfficeAdministration all, Grant grant) =>
        grant.IsGoodIn(office) && all.Find(office) is { } desk ? TypedResults.Ok(desk) : Problems.NotFound();

    private static async Task<Results<Ok<DraftCheck>, ProblemHttpResult>> CheckAsync(
        string office, DraftText draft, IOfficeAdministration all, Grant grant) =>
        grant.IsGoodIn(office) ? TypedResults.Ok(await all.CheckAsync(office, draft.Text)) : Problems.NotFound();

    private static async Task<Results<Ok<OfficeHistory>, ProblemHttpResult>> HistoryAsync(
        string office, IOfficeAdministration all, Grant grant) =>
        grant.IsGoodIn(office) ? TypedResults.Ok(await all.HistoryAsync(office)) : Problems.NotFound();

    private static async Task<Results<Ok<OfficeDesk>, ProblemHttpResult>> AnswerAsync(
        string office, Grant grant, Func<string, Task<DraftAnswer>> ask)
    {
        if (!grant.IsGoodIn(office))
        {
            return Problems.NotFound();
        }

        var answer = await ask(grant.Principal.Who);
        return answer.Refusal is { } refusal ? Problems.Refused(refusal, answer.Objection ?? refusal.Texts)
            : answer.Desk is { } desk ? TypedResults.Ok(desk) : Problems.NotFound();
    }
}

/// <param name="Text">In the form of an office file.</param>
/// <param name="BasedOn">The edition that it changes.</param>
/// <param name="Seen">The revision that was read before; 0: there was no draft.</param>
internal sealed record DraftRequest(string Text, int BasedOn, int Seen);

/// <param name="Text">In the form of an office file.</param>
internal sealed record DraftText(string Text);

/// <param name="Seen">The revision that was read before.</param>
internal sealed record SeenRequest(int Seen);

/// <param name="Edition">The earlier one.</param>
/// <param name="Seen">The edition in force that was read before.</param>
internal sealed record TakeBackRequest(int Edition, int Seen);

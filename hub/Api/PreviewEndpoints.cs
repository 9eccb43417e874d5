using Aufruf.Contracts;
using Aufruf.Domain.Identity;
using Aufruf.Hub.Identity;
using Aufruf.Hub.Push;
using Aufruf.Portal.Identity;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Aufruf.Hub.Api;

/// <summary>Slips and boards of a draft, before anything is published.</summary>
internal static class PreviewEndpoints
{
    public static void MapPreviews(this IEndpointRouteBuilder clerks)
    {
        var office = clerks.MapGroup("/offices/{office}").WithTags("Administration");
        office.MapGet("/slip-preview", DrawSlip).Needs(Permission.SeeConfiguration)
            .WithSummary("The slip of an invented ticket as a picture (PNG)")
            .WithDescription("It shows the draft; while that is wrong, the edition in force. 'paper' is 80 or 58, in millimetres.")
            .Produces<byte[]>(StatusCodes.Status200OK, "image/png");
        office.MapGet("/board-preview", ShowBoard).Needs(Permission.SeeConfiguration)
            .WithSummary("The picture of a board with invented calls, as /board/?board=NAME&preview shows it")
            .WithDescription("It shows the draft; while that is wrong, the edition in force.");
    }

    private static Results<FileContentHttpResult, ProblemHttpResult> DrawSlip(string office, ISlipPreviews previews, Grant grant,
        string service = "", string language = "de", int paper = 80) =>
        grant.IsGoodIn(office) && previews.OfficeOf(office) is var (shown, _)
        && previews.Of(shown, new(service), language, paper) is { } slip
            ? TypedResults.Bytes(slip.Png, "image/png") : Problems.NotFound();

    private static Results<Ok<BoardSnapshot>, ProblemHttpResult> ShowBoard(string office, BoardPreviews previews, Grant grant,
        string board = "") =>
        grant.IsGoodIn(office) && previews.Of(office, board) is { } snapshot ? TypedResults.Ok(snapshot) : Problems.NotFound();
}

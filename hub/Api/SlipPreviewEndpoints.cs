using Aufruf.Contracts;
using Aufruf.Domain.Identity;
using Aufruf.Hub.Identity;
using Aufruf.Portal.Identity;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Aufruf.Hub.Api;

/// <summary>The picture of a slip, before any is printed.</summary>
internal static class SlipPreviewEndpoints
{
    public static void MapSlipPreviews(this IEndpointRouteBuilder clerks) => clerks.MapGet("/offices/{office}/slip-preview", Draw)
        .Needs(Permission.Configure).WithTags("Administration").WithSummary("The slip of an invented ticket as a picture (PNG)")
        .WithDescription("It shows the draft; while that is wrong, the edition in force. 'paper' is 80 or 58, in millimetres.")
        .Produces<byte[]>(StatusCodes.Status200OK, "image/png");

    private static Results<FileContentHttpResult, ProblemHttpResult> Draw(string office, ISlipPreviews previews, Grant grant,
        string service = "", string language = "de", int paper = 80) =>
        grant.IsGoodIn(office) && previews.OfficeOf(office) is var (shown, _)
        && previews.Of(shown, new(service), language, paper) is { } slip
            ? TypedResults.Bytes(slip.Png, "image/png") : Problems.NotFound();
}

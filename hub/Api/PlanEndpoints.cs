using Aufruf.Contracts;
using Aufruf.Domain.Appointments;
using Aufruf.Domain.Identity;
using Aufruf.Hub.Identity;
using Aufruf.Portal.Identity;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Aufruf.Hub.Api;

/// <summary>Closures and their plans. Nothing reaches a citizen before "send".</summary>
internal static class PlanEndpoints
{
    public static void MapPlans(this IEndpointRouteBuilder clerks)
    {
        clerks.MapGet("/offices/{office}/plans", ListAsync).Needs(Permission.SeePlans)
            .WithSummary("The plans of an office, the newest first");
        clerks.MapGet("/offices/{office}/plans/{plan:guid}", FindAsync).Needs(Permission.SeePlans)
            .WithSummary("One plan: each booking that is hit, its step, and whether its citizen was reached");
        clerks.MapPost("/offices/{office}/plans/preview", (string office, PlannedClosure closure, IPlans plans, Grant grant,
                IAccessBook log) => PreviewAsync(office, closure, plans, grant, log)).Needs(Permission.Plans)
            .WithSummary("The bookings that a closure would hit; nothing is changed").ProducesProblem(StatusCodes.Status409Conflict);
        clerks.MapGet("/offices/{office}/plans/unplanned", (string office, IPlans plans, Grant grant, IAccessBook log) =>
                PreviewAsync(office, null, plans, grant, log))
            .Needs(Permission.SeePlans)
            .WithSummary("The bookings that no longer fit because the calendar has changed, and that no plan has")
            .ProducesProblem(StatusCodes.Status409Conflict);
        clerks.MapPost("/offices/{office}/plans", DrawAsync).Needs(Permission.Plans)
            .WithSummary("Closes counters, and proposes a step for each booking that is hit")
            .WithDescription("Without a closure: for the bookings that no longer fit because the calendar has changed.")
            .ProducesProblem(StatusCodes.Status409Conflict);
        clerks.MapPost("/offices/{office}/plans/{plan:guid}/lines/{line:int}/step", (string office, Guid plan, int line,
                PlanStepRequest request, IPlans plans, Grant grant, IAccessBook log) =>
                AnswerAsync(office, request.RequestId, grant, log,
                    id => plans.ChangeAsync(office, new(plan), line, request.Step, grant.Clerk, id)))
            .Needs(Permission.Plans).WithSummary("Another step for one booking").ProducesProblem(StatusCodes.Status409Conflict);
        clerks.MapPost("/offices/{office}/plans/{plan:guid}/lines/{line:int}/called", (string office, Guid plan, int line,
                StaffActionRequest request, IPlans plans, Grant grant, IAccessBook log) =>
                AnswerAsync(office, request.RequestId, grant, log, id => plans.NoteCallAsync(office, new(plan), line, grant.Clerk, id)))
            .Needs(Permission.Plans).WithSummary("The clerk has called this citizen").ProducesProblem(StatusCodes.Status409Conflict);
        clerks.MapPost("/offices/{office}/plans/{plan:guid}/send", (string office, Guid plan, StaffActionRequest request, IPlans plans,
                Grant grant, IAccessBook log) =>
                AnswerAsync(office, request.RequestId, grant, log, id => plans.SendAsync(office, new(plan), grant.Clerk, id)))
            .Needs(Permission.Plans).WithSummary("Carries out each open line once").ProducesProblem(StatusCodes.Status409Conflict);
        clerks.MapPost("/offices/{office}/plans/{plan:guid}/withdraw", (string office, Guid plan, StaffActionRequest request, IPlans plans,
                Grant grant, IAccessBook log) =>
                AnswerAsync(office, request.RequestId, grant, log, id => plans.WithdrawAsync(office, new(plan), grant.Clerk, id)))
            .Needs(Permission.Plans).WithSummary("Opens the counters again").ProducesProblem(StatusCodes.Status409Conflict);
    }

    private static async Task<Results<Ok<PlansView>, ProblemHttpResult>> ListAsync(string office, IPlans plans, Grant grant) =>
        grant.IsGoodIn(office) && await plans.ListAsync(office) is { } list ? TypedResults.Ok(list) : Problems.NotFound();

    private static async Task<Results<Ok<PlanView>, ProblemHttpResult>> FindAsync(string office, Guid plan, IPlans plans, Grant grant,
        IAccessBook log)
    {
        if (!grant.IsGoodIn(office))
        {
            return Problems.NotFound();
        }

        if (await plans.FindAsync(office, new(plan)) is not { } found)
        {
            return Problems.Refused(Refusal.UnknownPlan);
        }

        await NoteAsync(log, grant, office, found.Id.ToString());
        return TypedResults.Ok(found);
    }

    private static async Task<Results<Ok<IReadOnlyList<PlanLineView>>, ProblemHttpResult>> PreviewAsync(
        string office, PlannedClosure? closure, IPlans plans, Grant grant, IAccessBook log)
    {
        if (!grant.IsGoodIn(office))
        {
            return Problems.NotFound();
        }

        var answer = await plans.PreviewAsync(office, closure);
        if (answer.Refusal is { } refusal)
        {
            return Problems.Refused(refusal);
        }

        await NoteAsync(log, grant, office, "preview");
        return TypedResults.Ok(answer.Lines);
    }

    private static Task<Results<Ok<PlanView>, ProblemHttpResult>> DrawAsync(
        string office, PlanRequest request, IPlans plans, Grant grant, IAccessBook log) =>
        AnswerAsync(office, request.RequestId, grant, log, id => plans.DrawAsync(office, request.Closure, grant.Clerk, id));

    private static async Task<Results<Ok<PlanView>, ProblemHttpResult>> AnswerAsync(
        string office, Guid request, Grant grant, IAccessBook log, Func<RequestId, Task<PlanAnswer>> ask)
    {
        if (!grant.IsGoodIn(office))
        {
            return Problems.NotFound();
        }

        if (request == Guid.Empty)
        {
            return Problems.Invalid("requestId must be a new UUID for each press.");
        }

        var answer = await ask(new(request));
        if (answer.Refusal is not null || answer.View is not { } view)
        {
            return Problems.Refused(answer.Refusal ?? Refusal.UnknownPlan);
        }

        await NoteAsync(log, grant, office, view.Id.ToString());
        return TypedResults.Ok(view);
    }

    /// <summary>Its lines have names, numbers and addresses.</summary>
    private static Task NoteAsync(IAccessBook log, Grant grant, string office, string plan) =>
        log.NoteAsync(office.Split('.')[0], new(grant.Principal.Who, office, AccessKind.Plan, plan, AccessWay.Program));
}

/// <param name="RequestId">A new UUID per press, the same for every repeat. It becomes the plan's id.</param>
/// <param name="Closure">Null: for what the configuration took away.</param>
internal sealed record PlanRequest(Guid RequestId, PlannedClosure? Closure = null);

/// <param name="RequestId">A new UUID per press, the same for every repeat.</param>
internal sealed record PlanStepRequest(Guid RequestId, PlanStep Step);

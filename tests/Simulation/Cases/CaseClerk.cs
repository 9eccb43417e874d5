using Aufruf.Contracts;
using Aufruf.Domain;
using Aufruf.Domain.Cases;
using Aufruf.Domain.Offices;
using Aufruf.Hub.Cases;

namespace Aufruf.Simulation.Cases;

/// <summary>A clerk who does now this and now that, mostly of use. The list that the clerk looks at may be old.</summary>
internal sealed class CaseClerk(CaseTown town, string name)
{
    private readonly ClerkId _id = new(name);

    public async Task WorkAsync()
    {
        while (!town.IsOver)
        {
            await town.Scheduler.PauseAsync(town.Pause(60, 6 * 3600));
            for (var left = town.Chance.Between(1, 8); left > 0 && !town.IsOver; left--)
            {
                CitizenCase[] open = [.. town.Truth.Cases.Values.Where(found => !found.State.IsEnd())];
                if (open.Length > 0)
                {
                    await WorkOnAsync(town.Chance.Of(open));
                }

                await RefundAsync();
                await town.Scheduler.PauseAsync(town.Pause(0.1, 2));
            }
        }
    }

    private async Task WorkOnAsync(CitizenCase found)
    {
        var stream = CitizenCase.StreamOf(CaseTown.Authority, found.Number);
        var request = town.NewRequest();
        if (CommandFor(found) is { } command)
        {
            await town.AskAsync(hub => hub.Get<IGrainFactory>().GetGrain<ICaseGrain>(stream).Handle(request, command));
        }
        else if (found.State is CaseState.AwaitingPayment)
        {
            var claims = town.Truth.Claims.Keys.Where(key => key.StartsWith($"claim/{CaseTown.Authority}.{found.Number}.",
                StringComparison.Ordinal)).ToList();
            if (claims.Count > 0 && town.Chance.Hits(0.15))
            {
                await town.AskAsync(hub => hub.Get<IGrainFactory>().GetGrain<IClaimGrain>(town.Chance.Of(claims))
                    .Handle(request, new ClaimCommand.PayAtCounter(_id)));
            }
        }
        else if (DeedFor(found) is { } deed && await town.AskAsync(async hub => new Done(await hub.Get<IStaffCases>().DoAsync(
            CaseTown.Authority, found.Number, name, deed, request))) is { Refusal: null } && deed.Kind is not CaseDeedKind.Claim)
        {
            // A task that the clerk has already, or has given back already, needs no entry.
            if (deed.Kind is not (CaseDeedKind.Release or CaseDeedKind.TakeOver or CaseDeedKind.Forward or CaseDeedKind.ProposeDestruction
                or CaseDeedKind.Approve))
            {
                town.Truth.Acknowledged.Add((stream, request));
            }
        }
    }

    private sealed record Done(Refusal? Refusal);

    /// <summary>The dispatch list posts letters and takes them back. Here the clerk stands for it.</summary>
    private CaseCommand? CommandFor(CitizenCase found) => found.State switch
    {
        CaseState.Decided when (!found.Plan!.FourEyes || found.ApprovedBy is not null) && town.Chance.Hits(0.5) =>
            CasePosting.CommandOf(found.Plan, DateOnly.FromDateTime(town.Clock.Now.UtcDateTime), new(CaseRole.Clerk, _id, null),
                HolidaysOf.Nw, "Europe/Berlin"),
        CaseState.Dispatched or CaseState.Announced when town.Chance.Hits(0.05) =>
            new CaseCommand.TakeStep(CaseStep.ReturnPost, new(CaseRole.Clerk, _id, null), null),
        _ => null,
    };

    private CaseDeed? DeedFor(CitizenCase found)
    {
        CaseTask[] open = [.. found.Tasks.Values.Where(task => task.IsOpen).OrderBy(task => task.Id, StringComparer.Ordinal)];
        var other = town.Chance.Below(100);
        if (open.Length > 0 && other < 24)
        {
            var task = town.Chance.Of(open).Id;
            return other switch
            {
                < 12 => new(CaseDeedKind.Claim, task),
                < 15 => new(CaseDeedKind.Release, task),
                < 18 => new(CaseDeedKind.TakeOver, task),
                < 20 => new(CaseDeedKind.Forward, task) { To = $"person:{town.Chance.Of(CaseStaff.Names)}" },
                _ => new(CaseDeedKind.Finish, task, "Done."),
            };
        }

        return other < 30 ? new(town.Chance.Hits(0.5) ? CaseDeedKind.Note : CaseDeedKind.Answer, Reason: "A sentence.")
            : StepFor(found, [.. open.Where(task => !task.IsOwn)]) is { } kind ? new(kind, Reason: "A reason.")
            {
                Task = open.FirstOrDefault(task => !task.IsOwn)?.Id,
            } : null;
    }

    private CaseDeedKind? StepFor(CitizenCase found, CaseTask[] open) => found.State switch
    {
        CaseState.Received => Of(CaseDeedKind.Begin, CaseDeedKind.Begin, CaseDeedKind.Begin, CaseDeedKind.AskForMore, CaseDeedKind.Reject),
        CaseState.InProgress when open.Any(task => task.HoldsDecisionUp) => CaseDeedKind.Finish,
        CaseState.InProgress => Of(CaseDeedKind.Grant, CaseDeedKind.Grant, CaseDeedKind.Grant, CaseDeedKind.Refuse, CaseDeedKind.Hear,
            CaseDeedKind.AskForMore, CaseDeedKind.Reject),
        CaseState.Hearing => Of(CaseDeedKind.EndHearing, CaseDeedKind.Withdraw),
        CaseState.Decided when found.Plan!.FourEyes && found.ApprovedBy is null =>
            Of(CaseDeedKind.Approve, CaseDeedKind.Approve, CaseDeedKind.Approve, CaseDeedKind.Return),
        CaseState.Decided or CaseState.Dispatched or CaseState.Announced when open.Length > 0 => CaseDeedKind.Finish,
        CaseState.Closed when town.Chance.Hits(0.05) => CaseDeedKind.Reopen,
        CaseState.Retained or CaseState.Offered => Of(CaseDeedKind.ProposeDestruction, CaseDeedKind.Destroy, CaseDeedKind.HandOver),
        _ => null,
    };

    private CaseDeedKind Of(params CaseDeedKind[] kinds) => town.Chance.Of(kinds);

    private async Task RefundAsync()
    {
        if (town.Chance.Hits(0.3) && town.Truth.Claims.Where(claim => claim.Value.ToRefund > 0).ToList() is { Count: > 0 } due)
        {
            var ((stream, claim), request) = (town.Chance.Of(due), town.NewRequest());
            await town.AskAsync(hub => hub.Get<IGrainFactory>().GetGrain<IClaimGrain>(stream)
                .Handle(request, new ClaimCommand.RecordRefund(claim.ToRefund, _id)));
        }
    }
}

using Aufruf.Contracts;
using Aufruf.Domain.Cases;
using Aufruf.Hub.Appointments;
using Aufruf.Hub.Cases.Accounts;
using Aufruf.Hub.Cases.Payments;
using Aufruf.Hub.Gateway;

namespace Aufruf.Hub.Cases;

/// <summary>Makes a case of a draft that is sent: its number, the case, and the end of the draft's own seal.</summary>
/// <remarks>Each step is known when it comes again. So a crash between two of them leaves no gap of numbers.</remarks>
internal sealed class CaseSending(Procedures procedures, CaseSeals seals, CaseUploads uploads, StockShelf shelf, CaseClaims claims,
    PersonFiles persons, IQueues queues, IGrainFactory grains)
{
    /// <returns>Null: the case has what was sent, or the draft is not sent.</returns>
    public async Task<Refusal?> CompleteAsync(string stream)
    {
        var known = await grains.GetGrain<ICaseDraftGrain>(stream).View();
        if (known is not { SentOn: { } day, Number: null })
        {
            return null;
        }

        if (known.Amends is { } amended)
        {
            return await AmendAsync(stream, known, amended);
        }

        var (authority, code) = PartsOf(stream);
        if (procedures.Find(authority, known.Procedure, known.Version) is not { } procedure
            || await seals.OpenDraftAsync(stream, known.Answers) is not { } answers)
        {
            await RequireCompleteAsync(stream);
            return null;
        }

        var sequence = grains.GetGrain<ISequenceGrain>(Sequence.StreamOf(authority, procedure.Is.FilePlan, day.Year));
        var number = Sequence.NumberOf(procedure.Is.FilePlan, day.Year, await sequence.NumberOf(code)
            ?? throw new InvalidOperationException($"{stream}: {Refusal.NumbersUsedUp.English}"));
        var target = CitizenCase.StreamOf(authority, number);
        var moved = await uploads.MoveAsync(stream, target, procedure, answers, day);
        var evaluation = procedure.Evaluate(moved, day);
        await shelf.AssignAsync(authority, code, number, evaluation); // Before the case is known: its process finds them.
        var sent = await grains.GetGrain<ICaseGrain>(target).Handle(Bookings.RequestOf($"submit {stream}"),
            new CaseCommand.Submit(number, evaluation.Plan(), await seals.SealCaseAsync(target, moved), ActorOf(known),
                known.Origin?.Channel)
            { Language = known.Language, Person = known.Account?.Person });
        if (sent.Refusal is { } refusal)
        {
            throw new InvalidOperationException($"{target}: {refusal.English}");
        }

        if (known.Origin is { Visit: { } visit } origin)
        {
            // A day that is over, or a ticket that is gone, needs no case: then this is refused, and nothing is open.
            await queues.HandleAsync(visit.Queue, Bookings.RequestOf($"begun at {stream}"),
                new QueueCommand.AttachCase(visit.Ticket, number, origin.Clerk));
        }

        if (known.Account is { } account)
        {
            await persons.AddAsync(authority, account.Person, number); // Its process does it too. The person sees it at once.
            await persons.DropDraftAsync(authority, account.Person, code);
        }

        await EndAsync(stream, number);
        await claims.OpenFirstAsync(target);
        return null;
    }

    /// <summary>The case takes the corrected answers, by the law of its day. Its time to add something may be over: then it refuses.
    /// </summary>
    private async Task<Refusal?> AmendAsync(string stream, CaseDraft draft, string number)
    {
        var (authority, _) = PartsOf(stream);
        var target = CitizenCase.StreamOf(authority, number);
        var found = await grains.GetGrain<ICaseGrain>(target).View();
        Refusal? refusal = Refusal.CaseGone;
        if (found is { Plan: { } plan, Answers.Length: > 0 })
        {
            if (procedures.Find(authority, plan.Procedure, plan.Version) is not { } procedure
                || await (draft.Revision == 0 ? seals.OpenCaseAsync(target, found.Answers)
                    : seals.OpenDraftAsync(stream, draft.Answers)) is not { } answers)
            {
                await RequireCompleteAsync(stream);
                return null;
            }

            var moved = await uploads.MoveAsync(stream, target, procedure, answers, plan.Day);
            refusal = (await grains.GetGrain<ICaseGrain>(target).Handle(Bookings.RequestOf($"amend {stream}"),
                new CaseCommand.AddMissing(procedure.Evaluate(moved, plan.Day).Plan(), await seals.SealCaseAsync(target, moved),
                    ActorOf(draft))
                { Channel = draft.Origin?.Channel })).Refusal;
        }

        await EndAsync(stream, number);
        return refusal;
    }

    /// <summary>The key of a draft is destroyed when its case has what was sent. A second press, or the process, may have done it.
    /// </summary>
    private async Task RequireCompleteAsync(string stream)
    {
        if ((await grains.GetGrain<ICaseDraftGrain>(stream).View()).Number is null)
        {
            throw new InvalidOperationException($"{stream}: its procedure or its answers cannot be read.");
        }
    }

    private static CaseActor ActorOf(CaseDraft draft) =>
        draft.Origin is { } by ? new(CaseRole.Clerk, by.Clerk, null) : CaseActor.Citizen;

    private async Task EndAsync(string stream, string number)
    {
        await grains.GetGrain<ICaseDraftGrain>(stream).Handle(Bookings.RequestOf($"numbered {stream}"),
            new CaseDraftCommand.SetNumber(number));
        await seals.DestroyDraftAsync(stream);
    }

    public static (string Authority, string Code) PartsOf(string stream)
    {
        var key = stream[(CaseDraft.StreamKind.Length + 1)..];
        var dot = key.IndexOf('.', StringComparison.Ordinal);
        return (key[..dot], key[(dot + 1)..]);
    }
}

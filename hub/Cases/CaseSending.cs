using Aufruf.Contracts;
using Aufruf.Domain.Cases;
using Aufruf.Hub.Appointments;
using Aufruf.Hub.Cases.Payments;
using Aufruf.Hub.Gateway;

namespace Aufruf.Hub.Cases;

/// <summary>Makes a case of a draft that is sent: its number, the case, and the end of the draft's own seal.</summary>
/// <remarks>Each step is known when it comes again. So a crash between two of them leaves no gap of numbers.</remarks>
internal sealed class CaseSending(Procedures procedures, CaseSeals seals, StockShelf shelf, CaseClaims claims, IQueues queues,
    IGrainFactory grains)
{
    /// <returns>The file number; null: the draft is not sent, or its answers are gone.</returns>
    public async Task<string?> CompleteAsync(string stream)
    {
        var draft = grains.GetGrain<ICaseDraftGrain>(stream);
        var known = await draft.View();
        if (known is not { SentOn: { } day, Number: null })
        {
            return known.Number;
        }

        var (authority, code) = PartsOf(stream);
        if (procedures.Find(authority, known.Procedure, known.Version) is not { } procedure
            || await seals.OpenDraftAsync(stream, known.Answers) is not { } answers)
        {
            throw new InvalidOperationException($"{stream}: its procedure or its answers cannot be read.");
        }

        var evaluation = procedure.Evaluate(answers, day);
        var sequence = grains.GetGrain<ISequenceGrain>(Sequence.StreamOf(authority, procedure.Is.FilePlan, day.Year));
        if ((await sequence.Handle(Bookings.RequestOf($"number {stream}"), new SequenceCommand.GiveNumber(code))).Refusal is { } full)
        {
            throw new InvalidOperationException($"{stream}: {full.English}");
        }

        var number = Sequence.NumberOf(procedure.Is.FilePlan, day.Year, (await sequence.View()).Given[code]);
        await shelf.AssignAsync(authority, code, number, evaluation); // Before the case is known: its process finds them.
        var target = CitizenCase.StreamOf(authority, number);
        var sent = await grains.GetGrain<ICaseGrain>(target).Handle(Bookings.RequestOf($"submit {stream}"),
            new CaseCommand.Submit(number, evaluation.Plan(), await seals.SealCaseAsync(target, answers), known.Origin is { } by
                ? new(CaseRole.Clerk, by.Clerk, null) : CaseActor.Citizen, known.Origin?.Channel)
            { Language = known.Language });
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

        await draft.Handle(Bookings.RequestOf($"numbered {stream}"), new CaseDraftCommand.SetNumber(number));
        await seals.DestroyDraftAsync(stream);
        await claims.OpenFirstAsync(target);
        return number;
    }

    public static (string Authority, string Code) PartsOf(string stream)
    {
        var key = stream[(CaseDraft.StreamKind.Length + 1)..];
        var dot = key.IndexOf('.', StringComparison.Ordinal);
        return (key[..dot], key[(dot + 1)..]);
    }
}

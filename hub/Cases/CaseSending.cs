using Aufruf.Contracts;
using Aufruf.Domain.Cases;
using Aufruf.Hub.Appointments;
using Aufruf.Hub.Cases.Payments;

namespace Aufruf.Hub.Cases;

/// <summary>Makes a case of a draft that is sent: its number, the case, and the end of the draft's own seal.</summary>
/// <remarks>Each step is known when it comes again. So a crash between two of them leaves no gap of numbers.</remarks>
internal sealed class CaseSending(Procedures procedures, CaseSeals seals, CaseClaims claims, IGrainFactory grains)
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

        var plan = procedure.Evaluate(answers, day).Plan();
        var sequence = grains.GetGrain<ISequenceGrain>(Sequence.StreamOf(authority, procedure.Is.FilePlan, day.Year));
        if ((await sequence.Handle(Bookings.RequestOf($"number {stream}"), new SequenceCommand.GiveNumber(code))).Refusal is { } full)
        {
            throw new InvalidOperationException($"{stream}: {full.English}");
        }

        var number = Sequence.NumberOf(procedure.Is.FilePlan, day.Year, (await sequence.View()).Given[code]);
        var target = CitizenCase.StreamOf(authority, number);
        var sent = await grains.GetGrain<ICaseGrain>(target).Handle(Bookings.RequestOf($"submit {stream}"),
            new CaseCommand.Submit(number, plan, await seals.SealCaseAsync(target, answers), CaseActor.Citizen));
        if (sent.Refusal is { } refusal)
        {
            throw new InvalidOperationException($"{target}: {refusal.English}");
        }

        await draft.Handle(Bookings.RequestOf($"numbered {stream}"), new CaseDraftCommand.SetNumber(number));
        await seals.DestroyDraftAsync(stream);
        await claims.OpenFirstAsync(target);
        return number;
    }

    private static (string Authority, string Code) PartsOf(string stream)
    {
        var key = stream[(CaseDraft.StreamKind.Length + 1)..];
        var dot = key.IndexOf('.', StringComparison.Ordinal);
        return (key[..dot], key[(dot + 1)..]);
    }
}

using System.Collections.Immutable;
using Aufruf.Contracts;
using Aufruf.Domain.Cases;
using Aufruf.Grains;
using Aufruf.Hub.Appointments;

namespace Aufruf.Hub.Cases;

/// <summary>Applications and cases as citizens fill them in, send, see and take back.</summary>
internal sealed class CitizenCases(Procedures procedures, CaseSeals seals, CaseSending sending, AppointmentSecrets secrets,
    IJournal journal, IGrainFactory grains, TimeProvider clock) : ICitizenCases
{
    // Two tabs save at once: the second one adds its page to the answers of the first.
    private const int Tries = 5;

    // One answer; a form of the seed has some twenty.
    private const int LongestAnswer = 4_000;

    private const int LongestLanguage = 20;

    public Task<IReadOnlyList<ProcedureView>> OfferedAsync(string authority) => Task.FromResult<IReadOnlyList<ProcedureView>>(
    [
        .. procedures.OnlineIn(authority).Select(known => new ProcedureView(known.Is.Id, known.Is.Title, known.Is.DraftDays,
            [.. known.Is.Pages.Select(page => page.Title)])),
    ]);

    public async Task<CaseBegun> BeginAsync(string authority, string procedure, string language, RequestId request)
    {
        if (procedures.OnlineIn(authority).FirstOrDefault(known => known.Is.Id == procedure) is not { } offered
            || language.Length > LongestLanguage)
        {
            return new(null, Refusal.ProcedureNotOffered);
        }

        var code = secrets.CodeOf(authority, request);
        var answer = await Draft(authority, code).Handle(request, new CaseDraftCommand.Begin(procedure, offered.Version.Number, language,
            clock.GetUtcNow().AddDays(offered.Is.DraftDays)));
        return answer.Refusal is { } refusal ? new(null, refusal) : new(code);
    }

    public async Task<FormView?> FormAsync(string authority, string code) =>
        await OpenAsync(authority, code) is { } open ? ViewOf(open) : null;

    public async Task<FormAnswer> SaveAsync(string authority, string code, string page, IReadOnlyDictionary<string, string> typed,
        RequestId request)
    {
        for (var attempt = 1; ; attempt++)
        {
            if (await OpenAsync(authority, code) is not { } open)
            {
                return new(null, await WhyNotOpenAsync(authority, code));
            }

            var asked = open.Procedure.Is.Pages.FirstOrDefault(known => known.Id == page)?.Fields.SelectMany(CaseForms.PathsOf)
                .Where(path => typed.TryGetValue(path, out var text) && text.Length <= LongestAnswer) ?? [];
            var answers = open.Answers.SetItems(asked.Select(path => KeyValuePair.Create(path, typed[path])));
            var answer = await Draft(authority, code).Handle(attempt == 1 ? request : Bookings.RequestOf($"again {attempt} {request}"),
                new CaseDraftCommand.Save(await seals.SealDraftAsync(open.Stream, open.Draft.Until, answers), open.Draft.Revision));
            if (answer.Refusal != Refusal.ApplicationChanged || attempt == Tries)
            {
                return new(await FormAsync(authority, code), answer.Refusal);
            }
        }
    }

    public async Task<FormAnswer> SubmitAsync(string authority, string code, int revision, RequestId request)
    {
        if (await OpenAsync(authority, code) is not { } open)
        {
            var why = await WhyNotOpenAsync(authority, code);
            if (why == Refusal.ApplicationSent)
            {
                await sending.CompleteAsync(StreamOf(authority, code)); // The first press was lost on its way.
            }

            return new(null, why == Refusal.ApplicationSent ? null : why);
        }

        var view = ViewOf(open);
        if (!view.IsComplete)
        {
            return new(view, Refusal.ApplicationIncomplete);
        }

        var day = open.Procedure.DayAt(clock.GetUtcNow());
        if ((await Draft(authority, code).Handle(request, new CaseDraftCommand.Send(revision, day))).Refusal is { } refusal)
        {
            return new(view, refusal);
        }

        await sending.CompleteAsync(open.Stream);
        return new(null);
    }

    public async Task<Refusal?> DiscardAsync(string authority, string code, RequestId request)
    {
        if (await OpenAsync(authority, code) is not { } open)
        {
            return await WhyNotOpenAsync(authority, code);
        }

        if ((await Draft(authority, code).Handle(request, new CaseDraftCommand.Discard())).Refusal is { } refusal)
        {
            return refusal;
        }

        await seals.DestroyDraftAsync(open.Stream);
        return null;
    }

    public async Task<CaseView?> ViewAsync(string authority, string code)
    {
        var draft = await DraftAsync(authority, code);
        if (draft.SentOn is null || procedures.Find(authority, draft.Procedure, draft.Version) is not { } procedure)
        {
            return null;
        }

        var found = draft.Number is { } number
            ? await grains.GetGrain<ICaseGrain>(CitizenCase.StreamOf(authority, number)).View() : CitizenCase.Empty;
        var state = draft.Number is null ? CaseState.Submitted : found.State;
        return new(draft.Number, procedure.Is.Id, procedure.Is.Title, state, procedure.Is.Says.GetValueOrDefault(state), found.Until,
            state.IsLive() ? found.DecideUntil : null, procedure.Version.TimeZone, found.Outcome,
            draft.Number is not null && state.Allows(CaseStep.Withdraw, CaseRole.Citizen))
        { Article = procedure.Is.Article };
    }

    public async Task<CaseAnswer> WithdrawAsync(string authority, string code, RequestId request)
    {
        if (await DraftAsync(authority, code) is not { Number: { } number })
        {
            return new(null, Refusal.CaseGone);
        }

        var answer = await grains.GetGrain<ICaseGrain>(CitizenCase.StreamOf(authority, number)).Handle(request,
            new CaseCommand.TakeStep(CaseStep.Withdraw, CaseActor.Citizen, null));
        return new(await ViewAsync(authority, code), answer.Refusal);
    }

    private sealed record Open(string Stream, CaseDraft Draft, KnownProcedure Procedure, ImmutableDictionary<string, string> Answers);

    private FormView ViewOf(Open open) =>
        CaseForms.Of(open.Procedure, open.Draft, open.Answers, open.Procedure.DayAt(clock.GetUtcNow()));

    /// <summary>Null: there is no such draft, or no longer.</summary>
    private async Task<Open?> OpenAsync(string authority, string code)
    {
        var (stream, draft) = (StreamOf(authority, code), await DraftAsync(authority, code));
        return draft.IsOpenAt(clock.GetUtcNow()) && procedures.Find(authority, draft.Procedure, draft.Version) is { } procedure
            && await seals.OpenDraftAsync(stream, draft.Answers) is { } answers
            ? new(stream, draft, procedure, answers.ToImmutableDictionary()) : null;
    }

    private async Task<Refusal> WhyNotOpenAsync(string authority, string code) =>
        (await DraftAsync(authority, code)).SentOn is null ? Refusal.ApplicationGone : Refusal.ApplicationSent;

    /// <summary>A guessed code wakes no grain.</summary>
    private async Task<CaseDraft> DraftAsync(string authority, string code) =>
        await journal.LastVersionAsync(StreamOf(authority, code)) > 0 ? await Draft(authority, code).View() : CaseDraft.Empty;

    private ICaseDraftGrain Draft(string authority, string code) => grains.GetGrain<ICaseDraftGrain>(StreamOf(authority, code));

    private static string StreamOf(string authority, string code) => CaseDraft.StreamOf(authority, AppointmentSecrets.HashOf(code));
}

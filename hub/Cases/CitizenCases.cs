using Aufruf.Contracts;
using Aufruf.Domain.Cases;
using Aufruf.Domain.Cases.Declarations;
using Aufruf.Grains;

namespace Aufruf.Hub.Cases;

/// <summary>Applications and cases as citizens fill them in, send, see and take back.</summary>
internal sealed class CitizenCases(Procedures procedures, CaseSeals seals, OpenForms forms, CaseUploads uploads, CaseSending sending,
    CaseHistory history, DraftUndo undo, AppointmentSecrets secrets, IGrainFactory grains, TimeProvider clock) : ICitizenCases
{
    // One answer; a form of the seed has some twenty.
    private const int LongestAnswer = 4_000;

    internal const int LongestLanguage = 20;

    public Task<IReadOnlyList<ProcedureView>> OfferedAsync(string authority) => Task.FromResult<IReadOnlyList<ProcedureView>>(
    [
        .. procedures.OnlineIn(authority).Select(known => new ProcedureView(known.Is.Id, known.Is.Title, known.Is.DraftDays,
            [.. known.Is.Pages.Select(page => page.Title)])
        { Trust = known.Is.Trust }),
    ]);

    public async Task<CaseBegun> BeginAsync(string authority, string procedure, string language, RequestId request)
    {
        if (procedures.OnlineIn(authority).FirstOrDefault(known => known.Is.Id == procedure) is not
            { Is.Identity: IdentityNeeded.None } offered || language.Length > LongestLanguage)
        {
            return new(null, Refusal.ProcedureNotOffered);
        }

        var code = secrets.CodeOf(authority, request);
        var answer = await forms.Draft(authority, code).Handle(request, new CaseDraftCommand.Begin(procedure,
            offered.Version.Number, language, clock.GetUtcNow().AddDays(offered.Is.DraftDays)));
        return answer.Refusal is { } refusal ? new(null, refusal) : new(code);
    }

    public async Task<CaseOwner?> OwnerAsync(string authority, string code) => OwnerOf(authority, await forms.DraftAsync(authority, code));

    public async Task<FormView?> FormAsync(string authority, string code) => (await forms.FindAsync(authority, code))?.View;

    /// <summary>No text of a form is a file: files come by themselves. An answer of the account stays as the account gave it.</summary>
    public Task<FormAnswer> SaveAsync(string authority, string code, string page, IReadOnlyDictionary<string, string> typed,
        RequestId request) => forms.ChangeAsync(authority, code, request, open =>
        {
            var asked = open.Procedure.Is.Pages.FirstOrDefault(known => known.Id == page)?.Fields
                .Where(field => field.Type is not FieldType.File && (field.From is null || open.Draft.Account is null))
                .SelectMany(CaseForms.PathsOf)
                .Where(typed.ContainsKey) ?? [];
            // Nothing is kept as it was: the beginning of a text that is too long is still too long for its field.
            return open.Answers.SetItems(asked.Select(path => KeyValuePair.Create(path,
                typed[path].Length <= LongestAnswer ? typed[path] : typed[path][..LongestAnswer])));
        });

    public Task<FormAnswer> AttachAsync(string authority, string code, UploadedFile file, RequestId request) =>
        uploads.AttachAsync(authority, code, file, request);

    public Task<FormAnswer> DetachAsync(string authority, string code, string field, RequestId request) =>
        uploads.DetachAsync(authority, code, field, request);

    public Task<FormAnswer> SubmitAsync(string authority, string code, int revision, RequestId request) =>
        SubmitAsync(authority, code, revision, null, request);

    /// <param name="account">Null: nobody has signed in.</param>
    public async Task<FormAnswer> SubmitAsync(string authority, string code, int revision, CitizenAccount? account, RequestId request)
    {
        var open = await forms.FindAsync(authority, code);
        if (OwnerOf(authority, open?.Draft ?? await forms.DraftAsync(authority, code))?.WhyNot(account) is { } closed)
        {
            return new(null, closed);
        }

        if (open is null)
        {
            var why = await forms.WhyNotAsync(authority, code);
            foreach (var stream in why == Refusal.ApplicationSent ? await forms.SentAsync(authority, code) : [])
            {
                await sending.CompleteAsync(stream); // The first press was lost on its way.
            }

            return new(null, why == Refusal.ApplicationSent ? null : why);
        }

        if (!open.View.IsComplete)
        {
            return new(open.View, Refusal.ApplicationIncomplete);
        }

        if (await forms.SendAsync(open, revision, request) is { } refusal)
        {
            return new(open.View, refusal);
        }

        return new(null, await sending.CompleteAsync(open.Stream));
    }

    public Task<Refusal?> DiscardAsync(string authority, string code, RequestId request) => undo.DiscardAsync(authority, code, request);

    public Task<Refusal?> RestoreAsync(string authority, string code, RequestId request) => undo.RestoreAsync(authority, code, request);

    public Task<DiscardedDraft?> DiscardedAsync(string authority, string code) => undo.FindAsync(authority, code);

    public async Task<CaseView?> ViewAsync(string authority, string code)
    {
        var draft = await forms.DraftAsync(authority, code);
        if (draft.SentOn is null || procedures.Find(authority, draft.Procedure, draft.Version) is not { } procedure)
        {
            return null;
        }

        var found = draft.Number is { } number
            ? await grains.GetGrain<ICaseGrain>(CitizenCase.StreamOf(authority, number)).View() : CitizenCase.Empty;
        var state = draft.Number is null ? CaseState.Submitted : found.SeenState;
        var talk = draft.Number is null ? CaseTalk.None : await history.TalkAsync(CitizenCase.StreamOf(authority, draft.Number), found);
        return new(draft.Number, procedure.Is.Id, procedure.Is.Title, state, procedure.SaysOf(found, state), found.Until,
            state.IsLive() ? found.DecideUntil : null, procedure.Version.TimeZone, state.IsLive() ? null : found.Outcome,
            draft.Number is not null && found.State.Allows(CaseStep.Withdraw, CaseRole.Citizen))
        {
            Article = procedure.Is.Article,
            Asked = talk.Asked,
            Messages = talk.Messages,
            MayAdd = state is CaseState.Supplement,
            MayComment = state is CaseState.Hearing,
            MayObject = state.Allows(CaseStep.Object, CaseRole.Citizen) && clock.GetUtcNow() < found.RemedyUntil,
            MayWrite = draft.Number is not null && state.TakesMessages(),
        };
    }

    public async Task<CaseAnswer> WithdrawAsync(string authority, string code, RequestId request)
    {
        if (await forms.DraftAsync(authority, code) is not { Number: { } number })
        {
            return new(null, Refusal.CaseGone);
        }

        var answer = await grains.GetGrain<ICaseGrain>(CitizenCase.StreamOf(authority, number)).Handle(request,
            new CaseCommand.TakeStep(CaseStep.Withdraw, CaseActor.Citizen, null));
        return new(await ViewAsync(authority, code), answer.Refusal);
    }

    public async Task<CaseAnswer> WriteAsync(string authority, string code, CitizenText letter, string text, RequestId request)
    {
        if (await forms.DraftAsync(authority, code) is not { Number: { } number })
        {
            return new(null, Refusal.CaseGone);
        }

        var typed = text.ReplaceLineEndings("\n").Trim(); // A browser counts the end of a line as one sign.
        var stream = CitizenCase.StreamOf(authority, number);
        var refusal = typed.Length == 0 ? Refusal.TextMissing : typed.Length > WritingRefusals.LongestText ? Refusal.TextTooLong : null;
        if (refusal is null)
        {
            var note = await seals.SealNoteAsync(stream, typed);
            refusal = (await grains.GetGrain<ICaseGrain>(stream).Handle(request, letter switch
            {
                CitizenText.Comment => new CaseCommand.TakeStep(CaseStep.EndHearing, CaseActor.Citizen, note),
                CitizenText.Objection => new CaseCommand.TakeStep(CaseStep.Object, CaseActor.Citizen, note),
                _ => new CaseCommand.NoteMessage(request.Value.ToString("N"), FromCitizen: true) { Text = note },
            })).Refusal;
        }

        return new(await ViewAsync(authority, code), refusal);
    }

    private CaseOwner? OwnerOf(string authority, CaseDraft draft) => draft.Account is { } account ? new(account.Person,
        procedures.Find(authority, draft.Procedure, draft.Version)?.Is.Trust ?? TrustLevel.High) : null;
}

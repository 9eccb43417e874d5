using System.Collections.Immutable;
using Aufruf.Contracts;
using Aufruf.Domain.Cases;
using Aufruf.Grains;
using Aufruf.Hub.Appointments;

namespace Aufruf.Hub.Cases;

/// <summary>The form that is open for a code: a draft, or the answers of a case that its citizen corrects.</summary>
/// <param name="Draft">As it is, or as its first saving makes it.</param>
/// <param name="Day">The day whose law counts: today, or that of the case.</param>
/// <param name="Amended">The case whose answers are corrected; null: none.</param>
internal sealed record OpenForm(string Authority, string Stream, CaseDraft Draft, KnownProcedure Procedure,
    ImmutableDictionary<string, string> Answers, DateOnly Day, CitizenCase? Amended = null)
{
    /// <summary>The pieces that are needed before it is sent, and how many of them are free.</summary>
    public IReadOnlyList<(EvaluatedStock Need, int Free)> Looks { get; init; } = [];

    /// <summary>The hash of its code, under which pieces are held for it.</summary>
    public string Holder => CaseSending.PartsOf(Stream).Code;

    public Evaluation Found { get; } = Procedure.Evaluate(Answers, Day);

    public FormView View => CaseForms.Of(Procedure, Draft, Answers, Found, Looks, Amended) with
    {
        Amends = Draft.Amends,
    };
}

/// <summary>Finds the open form of a code, keeps changed answers, and sends it. A case keeps its old answers until then.</summary>
internal sealed class OpenForms(Procedures procedures, CaseSeals seals, StockShelf shelf, AppointmentSecrets secrets, IJournal journal,
    IGrainFactory grains, TimeProvider clock)
{
    // Two tabs save at once: the second one adds its page to the answers of the first.
    private const int Tries = 5;

    /// <summary>Null: there is no such draft, or no longer, and nothing is to be added to a case.</summary>
    public async Task<OpenForm?> FindAsync(string authority, string code)
    {
        var (stream, draft) = (StreamOf(authority, code), await DraftAsync(authority, code));
        if (draft.Number is { } number)
        {
            return await AmendmentAsync(authority, code, draft, number);
        }

        if (draft.Amends is { } answered)
        {
            return await AnswerAsync(authority, code, draft, answered);
        }

        if (!draft.IsOpenAt(clock.GetUtcNow()) || procedures.Find(authority, draft.Procedure, draft.Version) is not { } procedure
            || await seals.OpenDraftAsync(stream, draft.Answers) is not { } answers)
        {
            return null;
        }

        OpenForm open = new(authority, stream, draft, procedure, answers.ToImmutableDictionary(), procedure.DayAt(clock.GetUtcNow()));
        return open with { Looks = await shelf.LookAsync(authority, open.Holder, open.Found) };
    }

    /// <summary>Keeps the answers that a change makes of the present ones, and tries again when another window was faster.</summary>
    public async Task<FormAnswer> ChangeAsync(string authority, string code, RequestId request,
        Func<OpenForm, ImmutableDictionary<string, string>> change)
    {
        for (var attempt = 1; ; attempt++)
        {
            if (await FindAsync(authority, code) is not { } open)
            {
                return new(null, await WhyNotAsync(authority, code));
            }

            await BeginAsync(open.Stream, open.Draft);
            var draft = grains.GetGrain<ICaseDraftGrain>(open.Stream);
            var answer = await draft.Handle(attempt == 1 ? request : Bookings.RequestOf($"again {attempt} {request}"),
                new CaseDraftCommand.Save(await seals.SealDraftAsync(open.Stream, open.Draft.Until, change(open)), open.Draft.Revision));
            if (answer.Refusal != Refusal.ApplicationChanged || attempt == Tries)
            {
                return new((await FindAsync(authority, code))?.View, answer.Refusal);
            }
        }
    }

    /// <summary>Reserves the pieces that are needed, and sends the form.</summary>
    /// <returns>Null: it is sent.</returns>
    public async Task<Refusal?> SendAsync(OpenForm open, int revision, RequestId request)
    {
        await BeginAsync(open.Stream, open.Draft);
        if (open.Amended is null && await shelf.ReserveAsync(open.Authority, open.Holder, open.Found) is { } none)
        {
            return none;
        }

        var sent = await grains.GetGrain<ICaseDraftGrain>(open.Stream).Handle(request, new CaseDraftCommand.Send(revision, open.Day));
        if (open.Amended is null && sent.Refusal is not null)
        {
            await shelf.ReleaseAsync(open.Authority, open.Holder, open.Found);
        }

        return sent.Refusal;
    }

    /// <summary>A clerk begins to enter that which the citizen has answered on paper. Begun again, it goes on.</summary>
    /// <returns>The code of its form; null: the case waits for no answer.</returns>
    public async Task<string?> BeginAnswerAsync(string authority, string number, DraftOrigin origin)
    {
        if (await CaseAsync(authority, number) is not { State: CaseState.Supplement, PausedSince: { } since, Until: not null } found)
        {
            return null;
        }

        var code = AnswerCode(authority, number, since, origin);
        await BeginAsync(StreamOf(authority, code), NewAmendment(found, found.Language ?? "de", origin));
        return code;
    }

    public async Task<Refusal> WhyNotAsync(string authority, string code) =>
        (await DraftAsync(authority, code)).SentOn is null ? Refusal.ApplicationGone : Refusal.ApplicationSent;

    /// <summary>The streams of a code that are sent, and may not be a case or its answers yet.</summary>
    public async Task<IReadOnlyList<string>> SentAsync(string authority, string code) =>
        await DraftAsync(authority, code) is { Number: { } number } && await CaseAsync(authority, number) is { PausedSince: { } since }
            ? [StreamOf(authority, code), AmendmentOf(authority, code, since)] : [StreamOf(authority, code)];

    /// <summary>A guessed code wakes no grain.</summary>
    public Task<CaseDraft> DraftAsync(string authority, string code) => ViewAsync(StreamOf(authority, code));

    public ICaseDraftGrain Draft(string authority, string code) => grains.GetGrain<ICaseDraftGrain>(StreamOf(authority, code));

    private async Task<OpenForm?> AmendmentAsync(string authority, string code, CaseDraft draft, string number)
    {
        var found = await CaseAsync(authority, number);
        if (found is not { State: CaseState.Supplement, PausedSince: { } since, Until: not null })
        {
            return null;
        }

        var stream = AmendmentOf(authority, code, since);
        var begun = await ViewAsync(stream);
        return await OpenAsync(authority, stream,
            (begun.Version > 0 ? begun : NewAmendment(found, draft.Language, null)) with { Account = draft.Account }, found);
    }

    /// <summary>A clerk enters what came on paper. When the office asks once more, there is another form.</summary>
    private async Task<OpenForm?> AnswerAsync(string authority, string code, CaseDraft draft, string number)
    {
        var found = await CaseAsync(authority, number);
        return found is { State: CaseState.Supplement, PausedSince: { } since, Plan: not null } && draft.Origin is { } origin
            && AnswerCode(authority, number, since, origin) == code
            ? await OpenAsync(authority, StreamOf(authority, code), draft, found) : null;
    }

    /// <summary>The case keeps its own pieces until others are sent. So these are free for it.</summary>
    private async Task<OpenForm?> OpenAsync(string authority, string stream, CaseDraft amendment, CitizenCase found)
    {
        if (!amendment.IsOpenAt(clock.GetUtcNow())
            || procedures.Find(authority, amendment.Procedure, amendment.Version) is not { } procedure
            || await (amendment.Revision == 0 ? seals.OpenCaseAsync(CitizenCase.StreamOf(authority, found.Number), found.Answers)
                : seals.OpenDraftAsync(stream, amendment.Answers)) is not { } answers)
        {
            return null;
        }

        OpenForm open = new(authority, stream, amendment, procedure, answers.ToImmutableDictionary(), found.Plan!.Day, found);
        return open with { Looks = await shelf.LookAsync(authority, found.Number, open.Found) };
    }

    /// <summary>A hub that was away for a day still finds what was sent in time.</summary>
    private static CaseDraft NewAmendment(CitizenCase found, string language, DraftOrigin? origin) => CaseDraft.Empty with
    {
        Procedure = found.Plan!.Procedure,
        Version = found.Plan.Version,
        Language = language,
        Until = found.Until!.Value.AddDays(1),
        Origin = origin,
        Amends = found.Number,
    };

    /// <summary>The first change of a case's answers begins a draft of its own.</summary>
    private Task BeginAsync(string stream, CaseDraft draft) => draft is { Amends: { } number, Revision: 0 }
        ? grains.GetGrain<ICaseDraftGrain>(stream).Handle(Bookings.RequestOf($"begin {stream}"),
            new CaseDraftCommand.Begin(draft.Procedure, draft.Version, draft.Language, draft.Until, draft.Origin) { Amends = number })
        : Task.CompletedTask;

    private Task<CitizenCase> CaseAsync(string authority, string number) =>
        grains.GetGrain<ICaseGrain>(CitizenCase.StreamOf(authority, number)).View();

    private async Task<CaseDraft> ViewAsync(string stream) =>
        await journal.LastVersionAsync(stream) is > 0 and var last
            ? await grains.GetGrain<ICaseDraftGrain>(stream).View(last) : CaseDraft.Empty;

    /// <summary>Each clerk has one, and each time the office asks there is another.</summary>
    private string AnswerCode(string authority, string number, DateTimeOffset asked, DraftOrigin origin) => secrets.CodeOf(authority,
        Bookings.RequestOf($"answer to {number} of {asked.UtcTicks} by {origin.Channel} with {origin.Clerk.Value}"));

    private static string StreamOf(string authority, string code) => CaseDraft.StreamOf(authority, AppointmentSecrets.HashOf(code));

    /// <summary>Each time the office asks, there is another one.</summary>
    private static string AmendmentOf(string authority, string code, DateTimeOffset asked) =>
        CaseDraft.StreamOf(authority, AppointmentSecrets.HashOf($"{code} {asked.UtcTicks}"));
}

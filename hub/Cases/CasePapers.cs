using Aufruf.Contracts;
using Aufruf.Domain.Cases;
using Aufruf.Domain.Cases.Declarations;
using Aufruf.Grains;

namespace Aufruf.Hub.Cases;

/// <summary>Reads all that a document of a case is made of, and keeps what is written.</summary>
internal sealed class CasePapers(Procedures procedures, CaseSeals seals, CaseFiles files, CaseLetters letters, LetterPieces pieces,
    CasePosting posting, IJournal journal, IGrainFactory grains)
{
    // A line of the list has room for some pieces. A hundred of them are counted out by hand.
    private const int LongestNumbers = 100;

    public CasePosting Posting => posting;

    /// <param name="state">Only where the procedure has a document of this state.</param>
    /// <returns>Null: there is none, or the case is destroyed, or was never sent.</returns>
    public async Task<CasePaper?> ReadAsync(string stream, CaseState? state = null)
    {
        var found = await grains.GetGrain<ICaseGrain>(stream).View();
        if (found.Plan is not { } plan || found.State.IsEnd())
        {
            return null;
        }

        var authority = CitizenCase.AuthorityOf(stream);
        var procedure = procedures.Find(authority, plan.Procedure, plan.Version)
            ?? throw new InvalidOperationException($"{stream}: its procedure cannot be read.");
        return (state is not null && !procedure.Is.Documents.Any(document => document.At == state))
            || await seals.OpenCaseAsync(stream, found.Answers) is not { } answers ? null
            : new(authority, found, procedure, procedure.Evaluate(answers, plan.Day));
    }

    /// <summary>The reason of a decision against the application, as it was typed.</summary>
    public async Task<string?> ReasonAsync(string stream, FinalDecision decision) =>
        decision.Outcome is DecisionOutcome.Refused ? await seals.OpenNoteAsync(stream, decision.Reason) : null;

    public async Task<(byte[]? Pdf, Refusal? Refusal)> WriteAsync(CaseLetter letter)
    {
        var (filled, refusal) = await pieces.FillAsync(letter);
        return refusal is null ? await letters.WriteAsync(filled) : (null, refusal);
    }

    /// <summary>The hash of the document, or the reason why it cannot be written.</summary>
    public async Task<(string? Hash, Refusal? Refusal)> KeepAsync(string stream, CaseLetter letter)
    {
        var (pdf, refusal) = await WriteAsync(letter);
        return pdf is null ? (null, refusal) : (await files.KeepAsync(stream, pdf), null);
    }

    /// <summary>The things in the envelope beside a letter, with the numbers of their pieces.</summary>
    public async Task<IReadOnlyList<string>> EnclosedAsync(CasePaper read, DeclaredDocument document)
    {
        if (document.Encloses.Count == 0)
        {
            return [];
        }

        var numbers = await pieces.NumbersAsync(read.Authority, read.Case.Number, read.Found, document.Encloses.ToHashSet());
        return [.. document.Encloses.Select(item => numbers.TryGetValue(item, out var known) && known.Length <= LongestNumbers
            ? $"{item} {known}" : item)];
    }

    /// <summary>A document as it was kept; null: it is destroyed, changed, or there is none.</summary>
    public async Task<byte[]?> OpenAsync(string stream, CitizenCase found, string key) =>
        found.Documents.TryGetValue(key, out var hash) ? await files.OpenAsync(stream, hash) : null;

    /// <summary>The day of the present decision; null: there is none that is final.</summary>
    public async Task<DateOnly?> DecidedOnAsync(string stream, bool fourEyes, KnownProcedure procedure) =>
        (await CaseCourse.ReadAsync(journal, stream)).Decision(fourEyes) is { } decision ? procedure.DayAt(decision.At) : null;

    /// <summary>The present decision waits for its letter to be posted by the dispatch list.</summary>
    /// <remarks>A letter that cannot be written, or that came back, is posted by hand.</remarks>
    public async Task<bool> GoesByListAsync(string stream)
    {
        if (await ReadAsync(stream) is not { Case.State: CaseState.Decided } read
            || await PostedAsync(stream, read) is not { CameBack: false } posted)
        {
            return false;
        }

        foreach (var document in posted.Letters)
        {
            if (IsKept(read, document, posted.Decision) || (await letters.WriteAsync(read.Letter(document, posted.Decision.Outcome,
                await ReasonAsync(stream, posted.Decision), read.DayOf(posted.Decision.At)))).Pdf is not null)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The letter of the decision left the house by hand, so no list knows of its return.</summary>
    /// <remarks>A list has only letters that are kept. One that could be written by now was on none.</remarks>
    public async Task<bool> WasPostedByHandAsync(string stream) =>
        await ReadAsync(stream) is { Case.State: CaseState.Dispatched or CaseState.Announced } read
        && await PostedAsync(stream, read) is { } posted
        && (posted.CameBack || !posted.Letters.Any(document => IsKept(read, document, posted.Decision)));

    private sealed record Posted(FinalDecision Decision, IReadOnlyList<DeclaredDocument> Letters, bool CameBack);

    /// <returns>Null: no letter of the decision goes by post.</returns>
    private async Task<Posted?> PostedAsync(string stream, CasePaper read)
    {
        var course = await CaseCourse.ReadAsync(journal, stream);
        return course.Decision(read.Case.Plan!.FourEyes) is { } decision
            && CaseLetters.Of(read.Found, CaseState.Decided, decision.Outcome)
                .Where(document => CaseLetters.GoesByPost(read.Procedure.Is, document)).ToArray() is { Length: > 0 } all
            ? new(decision, all, course.CameBackAfter(decision.Version)) : null;
    }

    private static bool IsKept(CasePaper read, DeclaredDocument document, FinalDecision decision) =>
        read.Case.Documents.ContainsKey(DocumentKey.Of(document.Id, decision.Version));
}

/// <summary>A case with its procedure and that which follows from its answers.</summary>
internal sealed record CasePaper(string Authority, CitizenCase Case, KnownProcedure Procedure, Evaluation Found)
{
    public string TimeZone => Procedure.Version.TimeZone;

    /// <summary>On the authority's clock.</summary>
    public DateOnly DayOf(DateTimeOffset instant) => Procedure.DayAt(instant);

    public string DispatchAt(DateTimeOffset instant) => Dispatch.StreamOf(Authority, DayOf(instant));

    public CaseLetter Letter(DeclaredDocument document, DecisionOutcome? outcome, string? reason, DateOnly day) =>
        new(Authority, Case.Number, CaseLetter.LanguageOf(Case), Procedure, Found, document, outcome, reason, day);
}

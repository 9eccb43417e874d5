using Aufruf.Contracts;
using Aufruf.Domain.Cases;
using Aufruf.Grains;
using Aufruf.Hub.Dispatching;

namespace Aufruf.Hub.Cases;

/// <summary>The documents of a case for its clerks: those that are kept, those that failed, and letters before the decision.</summary>
internal sealed class StaffPapers(IStaffCases cases, CasePapers papers, DispatchCopies lists, IJournal journal, TimeProvider clock)
    : IStaffDocuments
{
    private static readonly DecisionOutcome[] Outcomes = Enum.GetValues<DecisionOutcome>();

    public async Task<StaffDocuments?> ListAsync(string authority, string number, string who)
    {
        if (await ReadAsync(authority, number, who) is not { } read)
        {
            return null;
        }

        var course = await CaseCourse.ReadAsync(journal, CitizenCase.StreamOf(authority, number));
        return new([.. from key in read.Case.Documents.Keys
                       let found = PaperFile.Of(read, course, key)
                       where found is not null
                       orderby found.Version descending, key
                       let letter = LetterOf(authority, number, key)
                       select new StaffDocument(key, found.Title, found.At, letter?.State, letter?.Day)],
            await MissingAsync(read, course),
            [.. from outcome in Outcomes
                where IsOpen(read.Case, outcome)
                from document in CaseLetters.Of(read.Found, CaseState.Decided, outcome)
                select (document.Id, CaseLetters.TitleOf(read.Procedure, document, outcome), outcome)]);
    }

    public async Task<CaseDocumentFile?> OpenAsync(string authority, string number, string who, string document) =>
        await ReadAsync(authority, number, who) is { } read
        && await papers.OpenAsync(CitizenCase.StreamOf(authority, number), read.Case, document) is { } content
            ? new(PaperFile.NameOf(number, document), content) : null;

    public async Task<DocumentPreview?> PreviewAsync(string authority, string number, string who, string document,
        DecisionOutcome outcome)
    {
        if (await ReadAsync(authority, number, who) is not { } read || !IsOpen(read.Case, outcome)
            || CaseLetters.Of(read.Found, CaseState.Decided, outcome).FirstOrDefault(known => known.Id == document) is not { } declared)
        {
            return null;
        }

        var (pdf, refusal) = await papers.WriteAsync(
            read.Letter(declared, outcome, await ReasonAsync(read), read.DayOf(clock.GetUtcNow())) with { IsDraft = true });
        return new(pdf is null ? null : new(PaperFile.NameOf(number, document), pdf), refusal);
    }

    /// <summary>A decision waits for the second person, or is not taken yet.</summary>
    private static bool IsOpen(CitizenCase found, DecisionOutcome outcome) => found.State
        is CaseState.Received or CaseState.Supplement or CaseState.InProgress or CaseState.Hearing
        || (found.State is CaseState.Decided && found.Plan!.FourEyes && found.ApprovedBy is null && found.Outcome == outcome);

    /// <summary>Of the decision that waits for the second person.</summary>
    private async Task<string?> ReasonAsync(CasePaper read)
    {
        var stream = CitizenCase.StreamOf(read.Authority, read.Case.Number);
        return read.Case.State is CaseState.Decided
            && (await CaseCourse.ReadAsync(journal, stream)).Decision(fourEyes: false) is { } taken
            ? await papers.ReasonAsync(stream, taken) : null;
    }

    private async Task<IReadOnlyList<(Texts, Refusal)>> MissingAsync(CasePaper read, CaseCourse course)
    {
        if (course.Decision(read.Case.Plan!.FourEyes) is not { } decision || read.Case.State is not CaseState.Decided)
        {
            return [];
        }

        List<(Texts, Refusal)> missing = [];
        foreach (var document in CaseLetters.Of(read.Found, CaseState.Decided, decision.Outcome)
            .Where(document => !read.Case.Documents.ContainsKey(DocumentKey.Of(document.Id, decision.Version))))
        {
            var reason = await papers.ReasonAsync(CitizenCase.StreamOf(read.Authority, read.Case.Number), decision);
            if ((await papers.WriteAsync(read.Letter(document, decision.Outcome, reason, read.DayOf(decision.At)))).Refusal is { } why)
            {
                missing.Add((CaseLetters.TitleOf(read.Procedure, document, decision.Outcome), why));
            }
        }

        return missing;
    }

    private (LetterState State, DateOnly Day)? LetterOf(string authority, string number, string document) => lists.In(authority)
        .Select(list => (list.Day, Letter: list.List.Find(number, document))).Where(found => found.Letter is not null)
        .Select(found => ((LetterState, DateOnly)?)(found.Letter!.State, found.Day)).FirstOrDefault();

    private async Task<CasePaper?> ReadAsync(string authority, string number, string who) =>
        await cases.FindAsync(authority, number, who) is not null
            ? await papers.ReadAsync(CitizenCase.StreamOf(authority, number)) : null;
}

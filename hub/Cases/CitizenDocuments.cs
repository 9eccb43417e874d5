using Aufruf.Contracts;
using Aufruf.Domain.Cases;
using Aufruf.Grains;
using Orleans.Concurrency;

namespace Aufruf.Hub.Cases;

/// <summary>The documents that a citizen may fetch by the code of the case.</summary>
internal sealed class CitizenDocuments(CasePapers papers, IJournal journal, IGrainFactory grains) : ICaseDocuments
{
    public async Task<IReadOnlyList<CaseDocumentView>> ListAsync(string authority, string code) =>
        await FindAsync(authority, code) is { } mine ? mine.Documents : [];

    public async Task<CaseDocumentFile?> OpenAsync(string authority, string code, string document)
    {
        if (await FindAsync(authority, code) is not { } mine || !mine.Documents.Any(known => known.Document == document)
            || await papers.OpenAsync(mine.Stream, mine.Case, document) is not { } content)
        {
            return null;
        }

        return new(PaperFile.NameOf(mine.Case.Number, document), content);
    }

    private sealed record Mine(string Stream, CitizenCase Case, IReadOnlyList<CaseDocumentView> Documents);

    /// <summary>A guessed code wakes no grain.</summary>
    private async Task<Mine?> FindAsync(string authority, string code)
    {
        var draft = CaseDraft.StreamOf(authority, AppointmentSecrets.HashOf(code));
        if (await journal.LastVersionAsync(draft) == 0
            || (await grains.GetGrain<ICaseDraftGrain>(draft).View()).Number is not { } number)
        {
            return null;
        }

        var stream = CitizenCase.StreamOf(authority, number);
        if (await papers.ReadAsync(stream) is not { } read || read.Case.State is CaseState.Retained or CaseState.Offered)
        {
            return null;
        }

        var course = await CaseCourse.ReadAsync(journal, stream);
        return new(stream, read.Case, [.. from key in read.Case.Documents.Keys
                                          let found = PaperFile.Of(read, course, key)
                                          where found is not null && (found.IsForPortal || course.LeftAfter(found.Version))
                                          orderby found.Version descending, key
                                          select new CaseDocumentView(key, found.Title, found.At, read.TimeZone)]);
    }
}

/// <summary>A kept document with the names that people read.</summary>
/// <param name="Version">Of the entry that led to it.</param>
internal sealed record PaperFile(string Declared, long Version, Texts Title, DateTimeOffset At, bool IsForPortal)
{
    /// <summary>Null: its declaration is gone.</summary>
    public static PaperFile? Of(CasePaper read, CaseCourse course, string key) => DocumentKey.Read(key) is var (id, version)
        && read.Procedure.Is.Documents.FirstOrDefault(declared => declared.Id == id) is { } document
        ? new(id, version, CaseLetters.TitleOf(read.Procedure, document,
            document.At is CaseState.Decided ? course.DecisionAt(version, read.Case.Plan!.FourEyes)?.Outcome : null),
            course.AtOf(version), CaseLetters.IsForPortal(read.Procedure.Is, document))
        : null;

    public static string NameOf(string number, string key) => $"{number}-{key.Split('.')[0]}.pdf";
}

/// <summary>Answers a portal outside of this hub as one inside of it. Each hub has its own.</summary>
[StatelessWorker, KeepAlive]
internal sealed class CaseDocumentsGrain(ICaseDocuments documents) : Grain, ICaseDocumentsGrain
{
    public Task<IReadOnlyList<CaseDocumentView>> ListAsync(string authority, string code) => documents.ListAsync(authority, code);

    public Task<CaseDocumentFile?> OpenAsync(string authority, string code, string document) =>
        documents.OpenAsync(authority, code, document);
}

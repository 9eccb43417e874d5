using Aufruf.Domain.Cases.Declarations;

namespace Aufruf.Domain.Cases;

/// <summary>A version that is not in force yet. It may be wrong.</summary>
/// <param name="Library">Tables and templates that come with it.</param>
/// <param name="By">The one who saved it last.</param>
public sealed record ProcedureDraft(string Json, IReadOnlyList<string> Library, string By, DateTimeOffset At);

/// <summary>Two administrators write one draft: the second one hears of the first, and overwrites nothing.</summary>
internal static class ProcedureDrafts
{
    public static Decision<ProcedureEvent> Save(PublishedProcedure procedure, ProcedureCommand.SaveDraft c, DateTimeOffset now) =>
        c.Json.Length > ProcedureReader.LongestFile
            || c.Library.Sum(file => (long)file.Length) > PublishedProcedure.LongestLibrary ? Refusal.ProcedureTooLarge
        : c.Seen != procedure.Revision ? Refusal.DraftChanged
        : procedure.Draft is { } draft && draft.Json == c.Json && draft.Library.SequenceEqual(c.Library) ? Array.Empty<ProcedureEvent>()
        : new ProcedureEvent.ProcedureDraftSaved(c.Json, c.Library, c.By, now);

    /// <summary>Null: the draft is the one that was seen.</summary>
    public static Refusal? WhyNot(PublishedProcedure procedure, int seen) =>
        procedure.Draft is null ? Refusal.NoDraft : seen != procedure.Revision ? Refusal.DraftChanged : null;
}

using Aufruf.Domain.Cases;
using Aufruf.Grains;
using Aufruf.Grains.Journal;

namespace Aufruf.Hub.Cases;

/// <summary>All that happened to a case, in its order.</summary>
internal sealed record CaseCourse(IReadOnlyList<CaseFact> Facts)
{
    public static async Task<CaseCourse> ReadAsync(IJournal journal, string stream)
    {
        List<CaseFact> facts = [];
        await foreach (var entry in journal.ReadAsync(stream, 0, CancellationToken.None))
        {
            facts.AddRange(EntryContent<CaseEvent>.Read(entry).Events.Select(happened => new CaseFact(entry.Version, entry.At, happened)));
        }

        return new(facts);
    }

    /// <summary>The decision that stood at a version, and the entry that made it final; null: none.</summary>
    /// <param name="fourEyes">Only the second person makes it final.</param>
    public FinalDecision? DecisionAt(long version, bool fourEyes)
    {
        FinalDecision? found = null;
        CaseEvent.DecisionTaken? taken = null;
        foreach (var fact in Facts.Where(fact => fact.Version <= version))
        {
            (taken, found) = fact.Happened switch
            {
                CaseEvent.DecisionTaken e => (e, fourEyes ? null : new(fact.Version, fact.At, e.Outcome, e.Reason)),
                CaseEvent.DecisionApproved when taken is { } e => (e, new(fact.Version, fact.At, e.Outcome, e.Reason)),
                CaseEvent.CaseMoved { Step: CaseStep.Return or CaseStep.Object or CaseStep.Reopen } => (null, null),
                _ => (taken, found),
            };
        }

        return found;
    }

    /// <summary>The decision that stands now.</summary>
    public FinalDecision? Decision(bool fourEyes) => DecisionAt(long.MaxValue, fourEyes);

    /// <summary>Since a version the decision was not taken back.</summary>
    public bool StandsSince(long version) => !Facts.Any(fact => fact.Version > version
        && fact.Happened is CaseEvent.CaseMoved { Step: CaseStep.Return or CaseStep.Object or CaseStep.Reopen });

    /// <summary>The documents of an entry have left the house, and before a return of the decision.</summary>
    public bool LeftAfter(long version) => Facts.FirstOrDefault(fact => fact.Version > version && fact.Happened
        is CaseEvent.DecisionPosted or CaseEvent.CaseMoved { Step: CaseStep.Return }) is { Happened: CaseEvent.DecisionPosted };

    /// <summary>The letter of an entry came back from the post.</summary>
    public bool CameBackAfter(long version) =>
        Facts.Any(fact => fact.Version > version && fact.Happened is CaseEvent.CaseMoved { Step: CaseStep.ReturnPost });

    public DateTimeOffset AtOf(long version) => Facts.FirstOrDefault(fact => fact.Version == version)?.At ?? DateTimeOffset.MinValue;
}

/// <param name="Version">Of its entry.</param>
internal sealed record CaseFact(long Version, DateTimeOffset At, CaseEvent Happened);

/// <param name="Version">Of the entry that made it final.</param>
/// <param name="Reason">Sealed.</param>
internal sealed record FinalDecision(long Version, DateTimeOffset At, DecisionOutcome Outcome, string? Reason);

/// <summary>The name of a document in its case: the declared one, and the entry that led to it. "notice.12".</summary>
internal static class DocumentKey
{
    public static string Of(string document, long version) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{document}.{version}");

    /// <summary>Null: it is no such name.</summary>
    public static (string Document, long Version)? Read(string key) => key.Split('.') is [var document, var text]
        && long.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var version)
            ? (document, version) : null;
}

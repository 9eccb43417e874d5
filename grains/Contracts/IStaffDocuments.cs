using Aufruf.Domain;
using Aufruf.Domain.Cases;
using Aufruf.Domain.Offices;

namespace Aufruf.Contracts;

/// <summary>The documents of a case for those who work on it. A person sees those of the cases that the person sees.</summary>
public interface IStaffDocuments
{
    /// <returns>Null: there is no such case, or it is none of the person's.</returns>
    Task<StaffDocuments?> ListAsync(string authority, string number, string who);

    /// <returns>Null: there is no such document, or its content is destroyed.</returns>
    Task<CaseDocumentFile?> OpenAsync(string authority, string number, string who, string document);

    /// <summary>The letter of a decision that is not taken yet, or waits for the second person. It is kept nowhere.</summary>
    /// <param name="document">As declared: "notice".</param>
    /// <returns>Null: nothing is to be decided, or there is no such document.</returns>
    Task<DocumentPreview?> PreviewAsync(string authority, string number, string who, string document, DecisionOutcome outcome);
}

/// <param name="Missing">Documents that could not be written, with the reason.</param>
/// <param name="Previews">Letters of the decision as it could be.</param>
public sealed record StaffDocuments(IReadOnlyList<StaffDocument> All, IReadOnlyList<(Texts Title, Refusal Why)> Missing,
    IReadOnlyList<(string Document, Texts Title, DecisionOutcome Outcome)> Previews);

/// <param name="Letter">Where it is on the dispatch list; null: it is on none.</param>
/// <param name="List">The day of that list.</param>
public sealed record StaffDocument(string Document, Texts Title, DateTimeOffset At, LetterState? Letter, DateOnly? List);

/// <param name="File">Null: it cannot be written.</param>
public sealed record DocumentPreview(CaseDocumentFile? File, Refusal? Refusal);

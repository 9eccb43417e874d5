using Aufruf.Domain;
using Aufruf.Domain.Cases;
using Aufruf.Domain.Offices;

namespace Aufruf.Contracts;

/// <summary>Applications and answers that a clerk enters: for the person at the counter, or from a paper that came by post.</summary>
/// <remarks>Only drafts that a clerk began are reached here. The draft of a citizen stays the citizen's.</remarks>
public interface ICounterCases
{
    /// <summary>The procedures that can be begun at the counter or from a paper, by their ids.</summary>
    IReadOnlyList<CounterProcedure> Offered(string authority);

    /// <summary>Begins a draft. The same request gives the same code.</summary>
    Task<CaseBegun> BeginAsync(string authority, string procedure, DraftOrigin origin, string language, RequestId request);

    /// <summary>Begins to enter that which a citizen has answered on paper. The case waits for it. Begun again, it goes on.</summary>
    Task<CaseBegun> BeginAnswerAsync(string authority, string number, DraftOrigin origin);

    /// <returns>The file number of the case whose answer a clerk enters with this code, also when it is sent; null: none.</returns>
    Task<string?> AnsweredAsync(string authority, string code);

    /// <returns>Null: no clerk has begun a draft with this code, or it is sent or gone.</returns>
    Task<FormView?> FormAsync(string authority, string code);

    Task<FormAnswer> SaveAsync(string authority, string code, string page, IReadOnlyDictionary<string, string> typed, RequestId request);

    /// <summary>A paper of the person at the counter, scanned.</summary>
    Task<FormAnswer> AttachAsync(string authority, string code, UploadedFile file, RequestId request);

    Task<FormAnswer> DetachAsync(string authority, string code, string field, RequestId request);

    Task<FormAnswer> SubmitAsync(string authority, string code, int revision, RequestId request);

    /// <returns>Null: it was done.</returns>
    Task<Refusal?> DiscardAsync(string authority, string code, RequestId request);

    /// <returns>Null: it was done.</returns>
    Task<Refusal?> RestoreAsync(string authority, string code, RequestId request);

    /// <summary>A discarded draft of a clerk that can come back; null: none.</summary>
    Task<DiscardedDraft?> DiscardedAsync(string authority, string code);

    /// <returns>The case that became of a clerk's draft; null: none.</returns>
    Task<CaseView?> SentAsync(string authority, string code);

    /// <summary>The case of a ticket of today.</summary>
    /// <returns>Null: there is no such ticket.</returns>
    Task<VisitView?> VisitAsync(string authority, CaseVisit visit);

    /// <summary>The person at the counter comes for this case.</summary>
    /// <param name="number">File number; null: for none.</param>
    /// <returns>Null: it was done.</returns>
    Task<Refusal?> AttachAsync(string authority, CaseVisit visit, string? number, string who, RequestId request);
}

/// <param name="Channels">Those of counter and post that it has.</param>
public sealed record CounterProcedure(string Id, Texts Title, IReadOnlyList<string> Channels);

/// <param name="Number">Of the ticket: "A042".</param>
/// <param name="Case">File number; null: none yet.</param>
public sealed record VisitView(string Number, string? Case);

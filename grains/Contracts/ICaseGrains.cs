using Aufruf.Domain.Cases;
using Orleans.Concurrency;

namespace Aufruf.Contracts;

/// <summary>Key: "procedure/alsdorf.permit".</summary>
public interface IProcedureGrain : IAggregateGrain<PublishedProcedure, ProcedureCommand, ProcedureEvent>;

/// <summary>Key: "draft/alsdorf." and the hash of its code.</summary>
public interface ICaseDraftGrain : IAggregateGrain<CaseDraft, CaseDraftCommand, CaseDraftEvent>;

/// <summary>Key: "case/alsdorf.20.32.10-2026-000123".</summary>
public interface ICaseGrain : IAggregateGrain<CitizenCase, CaseCommand, CaseEvent>;

/// <summary>Key: "claim/alsdorf.20.32.10-2026-000123.tax".</summary>
public interface IClaimGrain : IAggregateGrain<Claim, ClaimCommand, ClaimEvent>;

/// <summary>Key: "stock/alsdorf.chair-white".</summary>
public interface IStockGrain : IAggregateGrain<Stock, StockCommand, StockEvent>;

/// <summary>Key: "sequence/alsdorf.20.32.10-2026".</summary>
public interface ISequenceGrain : IAggregateGrain<Sequence, SequenceCommand, SequenceEvent>
{
    /// <summary>The number of a draft, given now if it has none. Null: the numbers are used up.</summary>
    /// <exception cref="JournalUnavailableException">Whether it was given is unknown: ask again.</exception>
    [AlwaysInterleave]
    Task<int?> NumberOf(string draft);

    /// <summary>The draft that has a number. Null: it is not given.</summary>
    Task<string?> DraftOf(int number);
}

/// <summary>Key: "person-file/alsdorf." and the key of the person.</summary>
public interface IPersonFileGrain : IAggregateGrain<PersonFile, PersonFileCommand, PersonFileEvent>;

/// <summary>Key: "dispatch/alsdorf.2026-11-29".</summary>
public interface IDispatchGrain : IAggregateGrain<Dispatch, DispatchCommand, DispatchEvent>;

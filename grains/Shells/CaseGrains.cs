using Aufruf.Contracts;
using Aufruf.Domain.Cases;

namespace Aufruf.Grains;

/// <summary>One procedure of an authority, with all its versions.</summary>
[KeepAlive]
internal sealed class ProcedureGrain(IGrainContext context)
    : AggregateGrain<PublishedProcedure, ProcedureCommand, ProcedureEvent>(context), IProcedureGrain;

/// <summary>One application that is being filled in.</summary>
[KeepAlive]
internal sealed class CaseDraftGrain(IGrainContext context)
    : LeavingGrain<CaseDraft, CaseDraftCommand, CaseDraftEvent>(context), ICaseDraftGrain;

/// <summary>One case. It decides one request after the other, so of two clerks one gets a task.</summary>
[KeepAlive]
internal sealed class CaseGrain(IGrainContext context) : LeavingGrain<CitizenCase, CaseCommand, CaseEvent>(context), ICaseGrain;

/// <summary>One claim of a case, with all attempts to pay it.</summary>
[KeepAlive]
internal sealed class ClaimGrain(IGrainContext context) : LeavingGrain<Claim, ClaimCommand, ClaimEvent>(context), IClaimGrain;

/// <summary>The pieces of one thing. It reserves one request after the other, so no piece is promised twice.</summary>
[KeepAlive]
internal sealed class StockGrain(IGrainContext context) : AggregateGrain<Stock, StockCommand, StockEvent>(context), IStockGrain;

/// <summary>The cases of one person with an account, and the looks at them.</summary>
[KeepAlive]
internal sealed class PersonFileGrain(IGrainContext context)
    : AggregateGrain<PersonFile, PersonFileCommand, PersonFileEvent>(context), IPersonFileGrain;

/// <summary>The letters that became ready on one day.</summary>
[KeepAlive]
internal sealed class DispatchGrain(IGrainContext context)
    : LeavingGrain<Dispatch, DispatchCommand, DispatchEvent>(context), IDispatchGrain;

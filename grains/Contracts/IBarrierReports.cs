using Aufruf.Domain;

namespace Aufruf.Contracts;

/// <summary>Reports of barriers on the citizens' pages, for the authority.</summary>
public interface IBarrierReports
{
    /// <summary>Whether a report would reach somebody.</summary>
    Task<bool> IsOpenAsync(string authority);

    /// <summary>Sent twice with the same request it is one report.</summary>
    Task<BarrierAnswer> SendAsync(BarrierReport report, RequestId request);
}

/// <summary>For a portal that runs outside of a hub. Key: one of 64 for all authorities.</summary>
public interface IBarrierPagesGrain : IGrainWithStringKey, IBarrierReports;

/// <param name="Text">The barrier.</param>
/// <param name="Page">Where; empty: it was not said.</param>
/// <param name="Aids">Assistive technology; empty: it was not said.</param>
/// <param name="Mail">Where the answer goes; empty: none is wanted.</param>
public sealed record BarrierReport(string Authority, string Text, string Page, string Aids, string Mail, string Language);

/// <param name="Number">"4F1C-09AB", for the citizen and in the mail; null: it was refused.</param>
public sealed record BarrierAnswer(string? Number, Refusal? Refusal = null);

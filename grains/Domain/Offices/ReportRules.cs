namespace Aufruf.Domain.Offices;

/// <summary>The authority's rules for its reports.</summary>
/// <param name="PerClerk">Figures of single clerks. Off: they are not even kept. The works council must agree to them.</param>
public sealed record ReportRules(bool PerClerk = false);

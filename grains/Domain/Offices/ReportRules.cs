namespace Aufruf.Domain.Offices;

/// <summary>What an authority decides about its reports.</summary>
/// <param name="PerClerk">Figures of single clerks; off, and then not even kept, unless the authority and its works council have agreed on it.</param>
public sealed record ReportRules(bool PerClerk = false);

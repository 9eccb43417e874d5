namespace Aufruf.Portal.Citizens;

/// <summary>The start page.</summary>
public sealed class HomePage : CitizenPage;

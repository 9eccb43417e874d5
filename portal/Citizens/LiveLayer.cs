namespace Aufruf.Portal.Citizens;

/// <summary>Whether scripts and live connections are served at the page's own address. Without them a page loads itself again.</summary>
public sealed record LiveLayer(bool IsServed);

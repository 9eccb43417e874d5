namespace Aufruf.Contracts;

/// <summary>The public pages, for a portal that runs outside of a hub. Key: one of 64 for all authorities.</summary>
public interface ITicketPagesGrain : IGrainWithStringKey, ITicketViews;

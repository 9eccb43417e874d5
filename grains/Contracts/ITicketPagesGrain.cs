namespace Aufruf.Contracts;

/// <summary>The public pages, for a portal that runs outside of a hub. Key: the authority, "alsdorf".</summary>
public interface ITicketPagesGrain : IGrainWithStringKey, ITicketViews;

namespace Aufruf.Portal.Citizens;

/// <summary>The portal's door. Booking and services come here.</summary>
public sealed class HomePage : CitizenPage;

namespace Aufruf.Hub.Identity.Providers;

/// <summary>The provider's answer is genuine, and not accepted.</summary>
/// <param name="why">The key of the sentence on the sign-in page.</param>
internal sealed class ProviderRefusedException(string why) : Exception($"The answer is not accepted: {why}")
{
    public string Why { get; } = why;

    /// <summary>The provider's clock is ahead by this; null: it is not about clocks.</summary>
    public TimeSpan? Ahead { get; init; }
}

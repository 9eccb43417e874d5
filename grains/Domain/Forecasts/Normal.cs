namespace Aufruf.Domain.Forecasts;

/// <summary>The bell curve.</summary>
internal static class Normal
{
    /// <summary>Standard deviations below which a share (0..1, exclusive) lies.</summary>
    /// <remarks>Source: Tukey's lambda approximation, error below 0.02 within three deviations: far below what is known about a pace.</remarks>
    public static double Quantile(double share) => (Math.Pow(share, 0.135) - Math.Pow(1 - share, 0.135)) / 0.1975;
}

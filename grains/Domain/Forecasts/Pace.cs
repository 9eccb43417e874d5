namespace Aufruf.Domain.Forecasts;

/// <summary>Whether today goes faster or slower than usual, over all services: a network that is down shows here within some visits.</summary>
/// <remarks>
/// A Kalman filter on the logarithm of (time taken / usual time): a slow random walk seen through the noise of single visits.
/// A cumulative sum (Page 1954) of the surprise opens it when a day changes at once.
/// </remarks>
/// <param name="Log">Logarithm of the factor on usual times.</param>
/// <param name="Variance">How unsure that is.</param>
/// <param name="Slower">Surprise added up towards slower.</param>
/// <param name="Faster">Surprise added up towards faster.</param>
public sealed record Pace(double Log, double Variance, double Slower = 0, double Faster = 0)
{
    private const double Drift = 0.015 * 0.015;     // Variance gained per visit.
    private const double DayToDay = 0.10 * 0.10;    // Variance of a morning nobody has seen yet.
    private const double Jump = 0.5 * 0.5;          // Variance when surprised.
    private const double Furthest = 1.6;            // A factor of five; beyond it the world is broken, not slow.
    private const double Clip = 2.5;                // Standard deviations; a single visit is never stronger evidence.
    private const double Allowance = 0.5;           // Surprise per visit that is not worth adding up.
    private const double Alarm = 5;                 // Surprise that opens the filter.

    public static Pace Usual { get; } = new(0, DayToDay);

    internal Pace NextDay() => new(Log / 2, Math.Max(DayToDay, Variance / 2));

    internal Pace After(double minutes, Spread usual)
    {
        var (mean, deviation) = usual.Logs;
        var noise = deviation * deviation;
        var surprise = Math.Clamp((Math.Log(Math.Max(minutes, 0.02)) - mean - Log) / Math.Sqrt(noise + Variance), -Clip, Clip);
        var (slower, faster) = (Math.Max(0, Slower + surprise - Allowance), Math.Max(0, Faster - surprise - Allowance));
        var alarmed = slower > Alarm || faster > Alarm;
        var before = Variance + (alarmed ? Jump : Drift);
        var gain = before / (before + noise);
        return new(
            Math.Clamp(Log + (gain * surprise * Math.Sqrt(noise + Variance)), -Furthest, Furthest),
            (1 - gain) * before,
            alarmed ? 0 : slower,
            alarmed ? 0 : faster);
    }

    /// <summary>The factor on usual times in one possible world.</summary>
    /// <param name="deviations">Standard deviations from the best guess.</param>
    internal double Factor(double deviations) => Math.Exp(Log + (deviations * Math.Sqrt(Variance)));
}

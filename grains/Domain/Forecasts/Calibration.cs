namespace Aufruf.Domain.Forecasts;

/// <summary>What the outcomes of earlier forecasts teach about the next ones: four waits in five shall really end within the range.</summary>
/// <remarks>
/// Each of the three quantiles has a factor that moves a little up when a wait was longer and a little down when it was shorter, in the balance that
/// makes the quantile true in the long run, in any world. Source: quantile tracking of adaptive conformal inference (Gibbs, Candès 2021; Angelopoulos et al. 2023).
/// One level for the area and a deviation per service that counts the more, the more was seen of it.
/// </remarks>
public sealed record Calibration
{
    private const double OuterStep = 0.02;      // Of the logarithm, per outcome.
    private const double MiddleStep = 0.004;    // The middle is nearly right by itself, and an error in it costs more.
    private const double Trust = 40;            // Outcomes of a service after which its own deviation counts half.
    private const double Furthest = 2.3;        // A factor of ten.
    private const double Floor = 1;             // Minutes; below it a factor means nothing.

    public static Calibration None { get; } = new();

    public Correction Overall { get; init; } = Correction.None;

    public IReadOnlyDictionary<ServiceId, Correction> Services { get; init; } = new Dictionary<ServiceId, Correction>();

    /// <summary>What may be promised: the simulated range, corrected.</summary>
    public WaitRange Adjust(ServiceId service, WaitRange simulated)
    {
        var own = Services.GetValueOrDefault(service) ?? Correction.None;
        var share = own.Outcomes / (own.Outcomes + Trust);
        var p50 = Scale(simulated.P50, Overall.P50 + (share * own.P50));
        return new(
            Math.Min(p50, Scale(simulated.P10, Overall.P10 + (share * own.P10))),
            p50,
            Math.Max(p50, Scale(simulated.P90, Overall.P90 + (share * own.P90))));
    }

    /// <param name="given">The range as it was given, adjusted.</param>
    /// <param name="minutes">What the wait became.</param>
    public Calibration Learn(ServiceId service, WaitRange given, double minutes)
    {
        var own = Services.GetValueOrDefault(service) ?? Correction.None;
        return this with
        {
            Overall = Overall.After(given, minutes),
            Services = new Dictionary<ServiceId, Correction>(Services) { [service] = own.After(given, minutes) },
        };
    }

    private static double Scale(double minutes, double log) => Math.Max(0, ((minutes + Floor) * Math.Exp(log)) - Floor);

    /// <summary>Logarithms of the factors on the three quantiles.</summary>
    public sealed record Correction(double P10, double P50, double P90, int Outcomes)
    {
        public static Correction None { get; } = new(0, 0, 0, 0);

        internal Correction After(WaitRange given, double minutes)
        {
            return new(Move(P10, given.P10, 0.1, OuterStep), Move(P50, given.P50, 0.5, MiddleStep), Move(P90, given.P90, 0.9, OuterStep), Math.Min(Outcomes + 1, 1000));

            double Move(double log, double quantile, double share, double step) => Math.Clamp(log + (step * ((minutes > quantile ? 1 : 0) - (1 - share))), -Furthest, Furthest);
        }
    }
}

using Aufruf.Hub.Forecasting;
using Aufruf.Hub.Gateway;
using Aufruf.Hub.Identity;

namespace Aufruf.Hub.Push;

/// <summary>What a screen needs to draw: the office as it is configured now, the fleet, the seals of remarks, the forecasts, the time.</summary>
public sealed record ScreenTools(LiveAreas Areas, IOfficeFinder Offices, Fleet Fleet, Seals Seals, IForecasts Forecasts, TimeProvider Clock, ILogger<ScreenTools> Log)
{
    /// <summary>Changes with every build, so that a board knows to load itself anew.</summary>
    public static string Build { get; } = typeof(ScreenTools).Module.ModuleVersionId.ToString("N")[..12];
}

using Aufruf.Grains;
using Aufruf.Hub.Forecasting;
using Aufruf.Hub.Gateway;
using Aufruf.Hub.Offices;

namespace Aufruf.Hub.Push;

/// <summary>The services that screens draw from.</summary>
public sealed record ScreenTools(LiveAreas Areas, OfficeDirectory Offices, Fleet Fleet, DeskTroubles Troubles, Vault Vault,
    IForecasts Forecasts, TimeProvider Clock, LimitedLog Log)
{
    /// <summary>Changes with every build. A board with another value reloads its page.</summary>
    public static string Build { get; } = typeof(ScreenTools).Module.ModuleVersionId.ToString("N")[..12];
}

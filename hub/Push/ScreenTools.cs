using Aufruf.Hub.Gateway;

namespace Aufruf.Hub.Push;

/// <summary>What a screen needs to draw: the office as it is configured now, the fleet, the time.</summary>
public sealed record ScreenTools(LiveAreas Areas, IOfficeFinder Offices, Fleet Fleet, TimeProvider Clock, ILogger<ScreenTools> Log)
{
    /// <summary>Changes with every build, so that a board knows to load itself anew.</summary>
    public static string Build { get; } = typeof(ScreenTools).Module.ModuleVersionId.ToString("N")[..12];
}

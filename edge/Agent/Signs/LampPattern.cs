namespace Aufruf.Edge;

/// <summary>When the lamp is lit in each state, from the moment it began.</summary>
public static class LampPattern
{
    public static bool IsLit(LampState state, TimeSpan since) => state switch
    {
        LampState.Offline => false,
        LampState.Ready => Within(since, 60, 3000),     // a glint: alive, and not distracting
        LampState.Waiting => Within(since, 250, 500),   // 2 Hz
        LampState.Accepted => true,
        LampState.Refused => Within(since, 150, 300),   // three blinks in 0.9 s
        LampState.Blocked => Within(since, 1000, 2000), // slow: out of order
        _ => false,
    };

    private static bool Within(TimeSpan since, int litMs, int periodMs) => (long)since.TotalMilliseconds % periodMs < litMs;
}

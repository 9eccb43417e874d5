using Aufruf.Grains;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aufruf.Hub.Running;

/// <summary>Compares the machine's clock with the time since its boot. On the word of a clock that has just stepped no day is
/// ended.</summary>
/// <remarks>Screens follow the clock at once, forwards and backwards: that can be taken back, and the end of a day cannot.</remarks>
public sealed class ClockWatch : IHealthCheck, ISteadyClock
{
    /// <summary>So long the clock must run steadily after a boot, or after a step that was taken back.</summary>
    public static readonly TimeSpan Probation = TimeSpan.FromHours(1);

    /// <summary>So long after a step that a time service confirms.</summary>
    private static readonly TimeSpan Confirmed = TimeSpan.FromMinutes(10);

    /// <summary>So long after a step that nothing confirms: an office would have noticed a wrong day by then.</summary>
    private static readonly TimeSpan Unconfirmed = TimeSpan.FromDays(1);

    /// <summary>A clock that is further ahead after a boot counts as one that has stepped.</summary>
    private static readonly TimeSpan LongestOff = TimeSpan.FromDays(7);

    // NTP slews the clock by less than this between two looks.
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan SaveEach = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly TimeProvider _clock;
    private readonly IMachineTime _machine;
    private readonly ILogger<ClockWatch> _log;
    private ClockMark _mark;
    private TimeSpan _savedAt;

    public ClockWatch(TimeProvider clock, IMachineTime machine, ILogger<ClockWatch> log)
    {
        (_clock, _machine, _log) = (clock, machine, log);
        var (known, uptime, now) = (machine.Mark, machine.Uptime, clock.GetUtcNow());
        _mark = known is null ? new(machine.Boot, uptime, now, uptime, null)
            : known.Boot == machine.Boot ? known
            // How long the machine was off is not known. One without a clock of its own boots at an earlier time.
            : new(machine.Boot, uptime, now - known.At is var gap && (gap < -Tolerance || gap > LongestOff) ? known.At : now, uptime, null,
                known.Off, Rebooted: true);
        Look();
    }

    /// <summary>False: the clock may show a wrong day.</summary>
    public bool IsSteady => _machine.Uptime - _mark.SteadySince >= (IsAsCounted ? Probation
        : _machine.IsSynchronised ? Confirmed : Unconfirmed);

    /// <summary>The last step, while the clock is not yet believed again.</summary>
    public TimeSpan? Step => IsSteady ? null : _mark.Step;

    /// <summary>The clock shows the time at which it was last believed, and what has passed since then.</summary>
    private bool IsAsCounted => _mark.Off >= -Tolerance && _mark.Off <= (_mark.Rebooted ? LongestOff : Tolerance);

    bool ISteadyClock.IsSteady()
    {
        Look();
        return IsSteady;
    }

    /// <summary>Notices a step since the last look, also one while no hub ran.</summary>
    public void Look()
    {
        lock (_gate)
        {
            LookOnce();
        }
    }

    private void LookOnce()
    {
        var (uptime, now) = (_machine.Uptime, _clock.GetUtcNow());
        var step = now - _mark.At - (uptime - _mark.Uptime);
        var hasStepped = step.Duration() > Tolerance;
        var isBelieved = !hasStepped && IsSteady;
        // A believed clock stays believed until it steps.
        var steadySince = hasStepped ? uptime
            : isBelieved && _mark.SteadySince > uptime - Probation ? uptime - Probation : _mark.SteadySince;
        _mark = new(_machine.Boot, uptime, now, steadySince, hasStepped ? step : _mark.Step,
            isBelieved ? default : _mark.Off + (hasStepped ? step : default), _mark.Rebooted && !isBelieved);
        if (hasStepped)
        {
            HubLog.ClockStepped(_log, Words(step), now);
        }

        if (hasStepped || _savedAt == default || uptime - _savedAt > SaveEach)
        {
            (_savedAt, _machine.Mark) = (uptime, _mark);
        }
    }

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        HealthAnswers.Of(Step is { } step
            ? [new($"The clock has stepped by {Words(step)}. Check this machine's time and its time server. No day is ended before the "
                + "step is taken back, a time service confirms it, or a day has passed.",
                _clock.GetUtcNow() - (_machine.Uptime - _mark.SteadySince))]
            : []);

    private static string Words(TimeSpan step) => $"{(step < TimeSpan.Zero ? "-" : "+")}{step:d\\.hh\\:mm\\:ss}";
}

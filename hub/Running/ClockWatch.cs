using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aufruf.Hub.Running;

/// <summary>Compares the machine's clock with the time since its boot. On the word of a clock that has just stepped no day is
/// ended.</summary>
/// <remarks>Screens follow the clock at once, forwards and backwards: that can be taken back, and the end of a day cannot.</remarks>
public sealed class ClockWatch : IHealthCheck
{
    /// <summary>So long the clock must run steadily after a boot or a step before it may end a day.</summary>
    public static readonly TimeSpan Probation = TimeSpan.FromHours(1);

    // NTP slews the clock by less than this between two looks.
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan SaveEach = TimeSpan.FromMinutes(1);

    private readonly TimeProvider _clock;
    private readonly IMachineTime _machine;
    private readonly ILogger<ClockWatch> _log;
    private ClockMark _mark;
    private TimeSpan _savedAt;

    public ClockWatch(TimeProvider clock, IMachineTime machine, ILogger<ClockWatch> log)
    {
        (_clock, _machine, _log) = (clock, machine, log);
        var (known, uptime, now) = (machine.Mark, machine.Uptime, clock.GetUtcNow());
        _mark = known is not null && known.Boot == machine.Boot ? known
            // A machine without a clock of its own boots at an earlier time. How long it was off is not known.
            : new(machine.Boot, uptime, known is not null && known.At - now > Tolerance ? known.At : now, uptime, null);
        Look();
    }

    /// <summary>False: the clock may show a wrong day.</summary>
    public bool IsSteady => _machine.Uptime - _mark.SteadySince >= Probation;

    /// <summary>The last step, while the clock is not yet believed again.</summary>
    public TimeSpan? Step => IsSteady ? null : _mark.Step;

    /// <summary>Notices a step since the last look, also one while no hub ran.</summary>
    public void Look()
    {
        var (uptime, now) = (_machine.Uptime, _clock.GetUtcNow());
        var step = now - _mark.At - (uptime - _mark.Uptime);
        var hasStepped = step.Duration() > Tolerance;
        _mark = new(_machine.Boot, uptime, now, hasStepped ? uptime : _mark.SteadySince, hasStepped ? step : _mark.Step);
        if (hasStepped)
        {
            HubLog.ClockStepped(_log, Words(step), now, Probation);
        }

        if (hasStepped || _savedAt == default || uptime - _savedAt > SaveEach)
        {
            (_savedAt, _machine.Mark) = (uptime, _mark);
        }
    }

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        HealthAnswers.Of(Step is { } step
            ? [new($"The clock has stepped by {Words(step)}. Check this machine's time and its time server. No day is ended before the "
                + "clock has run steadily for an hour.", _clock.GetUtcNow() - (_machine.Uptime - _mark.SteadySince))]
            : []);

    private static string Words(TimeSpan step) => $"{(step < TimeSpan.Zero ? "-" : "+")}{step:d\\.hh\\:mm\\:ss}";
}

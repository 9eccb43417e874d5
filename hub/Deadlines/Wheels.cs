using System.Data.Common;
using Aufruf.Contracts;
using Aufruf.Domain.Deadlines;
using Aufruf.Grains;
using Aufruf.Grains.Deadlines;
using Aufruf.Grains.Subscriptions;
using Aufruf.Hub.Running;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aufruf.Hub.Deadlines;

/// <summary>Where the hub sets what must happen at a time.</summary>
public interface IDeadlines
{
    /// <summary>Durable when it returns. The request id follows from what sets it, so a repeat is known.</summary>
    Task SetAsync(string authority, RequestId request, Deadline deadline);

    /// <summary>Nothing happens when it is not open any more.</summary>
    Task CancelAsync(string authority, RequestId request, Deadline deadline);
}

/// <summary>The wheels of all authorities. After a start it turns all that may have open deadlines. So it waits for no reminder, and a
/// lost one is set again. It does the same after a sleep of the machine, in which no timer runs.</summary>
/// <remarks>Each time it keeps the day of the earliest wheel that is not empty, or may get a deadline. The next time it looks at no
/// earlier day.</remarks>
internal sealed class Wheels(Func<string, IWheelGrain> wheels, IJournal journal, ICheckpoints checkpoints, LateDeadlines late,
    TimeProvider clock, ILogger<Wheels> log) : BackgroundService, IDeadlines, IHealthCheck
{
    private const string Checkpoint = "wheels";

    private static readonly TimeSpan LookEach = TimeSpan.FromSeconds(5);

    // A look that is later than this comes from a busy machine, or from one that has slept.
    private static readonly TimeSpan Slept = TimeSpan.FromMinutes(1);

    // A deadline may be set for a time that is over already.
    private const int DaysBack = 7;

    /// <summary>Degraded while something is due that could not be carried out.</summary>
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        HealthAnswers.Of(late.All.Select(one => new Trouble(
            $"A deadline ({one.Kind}) of {one.Stream} is due, could not be carried out and is tried again. {one.Reason}", one.Since)));

    public Task SetAsync(string authority, RequestId request, Deadline deadline) =>
        DoAsync(authority, request, deadline, new WheelCommand.SetDeadline(deadline));

    public Task CancelAsync(string authority, RequestId request, Deadline deadline) =>
        DoAsync(authority, request, deadline, new WheelCommand.CancelDeadline(deadline.Id));

    private async Task DoAsync(string authority, RequestId request, Deadline deadline, WheelCommand command)
    {
        var answer = await wheels(Wheel.StreamOf(authority, deadline.DueAt)).Handle(request, command);
        if (answer.Refusal is { } refusal)
        {
            throw new InvalidOperationException($"{deadline.Kind} of {authority}: {refusal.English}");
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await RunAsync(stoppingToken);
        using var timer = new PeriodicTimer(LookEach, clock);
        for (var before = clock.GetUtcNow(); await timer.WaitForNextTickAsync(stoppingToken); before = clock.GetUtcNow())
        {
            if (clock.GetUtcNow() - before > Slept)
            {
                await RunAsync(stoppingToken);
            }
        }
    }

    /// <summary>Once, after a start or a sleep.</summary>
    internal async Task RunAsync(CancellationToken stoppingToken)
    {
        try
        {
            var recent = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime).AddDays(-DaysBack);
            var (from, open) = (await FirstDayAsync(recent, stoppingToken), recent);
            foreach (var stream in await journal.StreamsAsync(Wheel.StreamKind, stoppingToken).ToListAsync(stoppingToken))
            {
                var day = Wheel.DayOf(stream);
                if (day >= from && !await TurnAsync(stream) && day < open)
                {
                    open = day;
                }
            }

            await checkpoints.KeepAsync(Checkpoint, open.DayNumber, stoppingToken);
        }
        catch (Exception error) when (!stoppingToken.IsCancellationRequested)
        {
            HubLog.WheelNotTurned(log, Wheel.StreamKind, error.Message);
        }
    }

    private async Task<DateOnly> FirstDayAsync(DateOnly recent, CancellationToken stoppingToken) =>
        DateOnly.FromDayNumber((int)await checkpoints.FindAsync(Checkpoint, stoppingToken)) is var kept && kept < recent ? kept : recent;

    /// <summary>True: it is empty.</summary>
    private async Task<bool> TurnAsync(string stream)
    {
        try
        {
            return await wheels(stream).Turn();
        }
        catch (Exception error) when (error is JournalUnavailableException or DbException or OrleansException or TimeoutException)
        {
            HubLog.WheelNotTurned(log, stream, error.Message); // Its reminder turns it.
            return false;
        }
    }
}

using System.Data.Common;
using Aufruf.Contracts;
using Aufruf.Domain.Deadlines;
using Aufruf.Grains;
using Aufruf.Grains.Deadlines;
using Aufruf.Hub.Offices;
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

/// <summary>The wheels of all authorities. After a start it turns those of the last week, and does not wait for their reminders.</summary>
internal sealed class Wheels(Func<string, IWheelGrain> wheels, OfficeDirectory offices, IJournal journal, LateDeadlines late, TimeProvider clock,
    ILogger<Wheels> log) : BackgroundService, IDeadlines, IHealthCheck
{
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

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => RunAsync();

    /// <summary>The same without the host.</summary>
    internal async Task RunAsync()
    {
        foreach (var authority in offices.All.Select(office => office.Authority.Id).Distinct().ToArray())
        {
            for (var back = DaysBack; back >= 0; back--)
            {
                await TurnAsync(Wheel.StreamOf(authority, clock.GetUtcNow().AddDays(-back)));
            }
        }
    }

    private async Task TurnAsync(string stream)
    {
        try
        {
            if (await journal.LastVersionAsync(stream) > 0)
            {
                await wheels(stream).Turn();
            }
        }
        catch (Exception error) when (error is JournalUnavailableException or DbException or OrleansException or TimeoutException)
        {
            HubLog.WheelNotTurned(log, stream, error.Message); // Its reminder turns it.
        }
    }
}

using Aufruf.Grains.Subscriptions;
using Aufruf.Hub.Offices;
using Aufruf.Hub.Running;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aufruf.Hub.Appointments;

/// <summary>Offers free slots to standing wishes, in one hub at a time. It wakes when something changes, and does not ask again and again.
/// </summary>
internal sealed class WishProcess(WishRound round, WishCopies wishes, CalendarWeeks weeks, OfficeDirectory offices, ILeases leases,
    TimeProvider clock, ILogger<WishProcess> log) : BackgroundService, IHealthCheck
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    // A rush of bookings ends in one round, not in one for each.
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(200);

    // A timer takes no more than some weeks.
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Trouble? _trouble;

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        HealthAnswers.Of(_trouble is { } trouble ? [trouble] : []);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        Action wake = () => Volatile.Read(ref _changed).TrySetResult();
        Action<string, Office?> wakeByOffice = (_, _) => wake();
        wishes.Changed += wake;
        weeks.Changed += wake;
        offices.Changed += wakeByOffice;
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                await TryAsync(stoppingToken);
                await Task.Delay(Pause, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
        finally
        {
            wishes.Changed -= wake;
            weeks.Changed -= wake;
            offices.Changed -= wakeByOffice;
        }
    }

    private async Task TryAsync(CancellationToken stopping)
    {
        try
        {
            await using var lease = await leases.TakeAsync("wishes", stopping);
            using var here = CancellationTokenSource.CreateLinkedTokenSource(stopping, lease.Lost);
            while (true)
            {
                await RunAsync(here.Token);
                _trouble = null;
            }
        }
        catch (OperationCanceledException)
        {
            _trouble = null; // The hub stops, or another one goes on.
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            _trouble ??= new($"No slots are offered to standing wishes; it is tried again. {error.Message}", clock.GetUtcNow());
            HubLog.WishesWait(log, error.Message);
        }
    }

    /// <summary>One round for each authority, and then a rest until something changes.</summary>
    private async Task RunAsync(CancellationToken cancellationToken)
    {
        // Before the round: what changes during it wakes the next one.
        var changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Volatile.Write(ref _changed, changed);
        var next = clock.GetUtcNow() + Longest;
        foreach (var (stream, state) in wishes.All)
        {
            next = await round.RunAsync(stream, state, cancellationToken) is { } at && at < next ? at : next;
        }

        using var rest = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var wait = next - clock.GetUtcNow();
        await Task.WhenAny(changed.Task, Task.Delay(wait > Gathering ? wait : Gathering, clock, rest.Token));
        await rest.CancelAsync();
        await Task.Delay(Gathering, clock, cancellationToken);
    }
}

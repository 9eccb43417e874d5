using Aufruf.Contracts;
using Aufruf.Domain;
using Aufruf.Domain.Queues;

namespace Aufruf.Portal.Hubs;

/// <summary>Asks a hub for tickets. While one hub of several dies, the same question goes to another.</summary>
internal sealed class HubTicketViews(IClusterClient hubs, HubLink link, TimeProvider clock) : ITicketViews
{
    // A reader waits for a page this long at most; calls go on at another hub after 1 to 3 s.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    public Task<TicketView?> FindAsync(string queue, string code) => AskAsync(queue, pages => pages.FindAsync(queue, code));

    public Task<GivenBack?> GiveBackAsync(string queue, string code, RequestId request) =>
        AskAsync(queue, pages => pages.GiveBackAsync(queue, code, request));

    private async Task<T?> AskAsync<T>(string queue, Func<ITicketPagesGrain, Task<T?>> ask) where T : class
    {
        if (!QueueKey.TryParse(queue, out var key))
        {
            return null;
        }

        for (var began = clock.GetTimestamp(); !link.IsAway; await Task.Delay(Pause, clock))
        {
            try
            {
                return await ask(hubs.GetGrain<ITicketPagesGrain>(key.Value.Authority));
            }
            catch (Exception error) when (error is OrleansException or TimeoutException)
            {
                if (clock.GetElapsedTime(began) > Patience)
                {
                    throw new HubAwayException("No hub answered in time.", error);
                }
            }
        }

        throw new HubAwayException();
    }
}

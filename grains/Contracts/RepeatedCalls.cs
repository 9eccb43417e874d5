namespace Aufruf.Contracts;

/// <summary>Repeats a call to one of our grains while the hub that had it is being replaced.</summary>
/// <remarks>Every command has a request id, so a repeat changes nothing. What stays unknown is told as such, and the caller's own
/// repeat bears the same id.</remarks>
public sealed class RepeatedCalls(TimeProvider clock) : IOutgoingGrainCallFilter
{
    // A killed hub is replaced within 3 s, a frozen one within 10 s.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(12);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    public async Task Invoke(IOutgoingGrainCallContext context)
    {
        if (context.Request.GetInterfaceType().Namespace != typeof(RepeatedCalls).Namespace)
        {
            await context.Invoke();
            return;
        }

        var began = clock.GetTimestamp();
        while (true)
        {
            try
            {
                await context.Invoke();
                return;
            }
            catch (Exception error) when (error is SiloUnavailableException or OrleansMessageRejectionException or TimeoutException)
            {
                if (error is TimeoutException || clock.GetElapsedTime(began) > Longest)
                {
                    throw new JournalUnavailableException($"The hub that has this queue does not answer: {error.Message}", error);
                }
            }

            await Task.Delay(Pause, clock);
        }
    }
}

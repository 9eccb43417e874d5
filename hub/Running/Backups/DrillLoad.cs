using System.Collections.Concurrent;
using Aufruf.Hub.Identity;

namespace Aufruf.Hub.Running.Backups;

/// <summary>Citizens who take tickets at the kiosk, and clerks who press, until their hub is gone. It keeps what was
/// acknowledged.</summary>
internal sealed class DrillLoad(DrillHub hub, string clerkKey, TimeProvider clock)
{
    public const string Office = "alsdorf.rathaus";

    private const string Area = $"{Office}.erdgeschoss";
    private const string Kiosk = $"{Office}.foyer";

    private static readonly string[] Counters = ["1", "2", "3", "4"];

    // One press after the other at each counter.
    private static readonly string[] Presses = ["call-next", "recall", "arrived", "finish"];

    private readonly ConcurrentDictionary<Guid, DateTimeOffset> _acknowledged = [];

    /// <summary>The requests that the hub answered as done, with the time of the answer.</summary>
    public IReadOnlyDictionary<Guid, DateTimeOffset> Acknowledged => _acknowledged;

    /// <summary>Returns when the hub no longer answers.</summary>
    public Task RunAsync() => Task.WhenAll([TakeTicketsAsync(), .. Counters.Select(ServeAsync)]);

    /// <summary>Waits until this many more were acknowledged.</summary>
    public async Task UntilMoreAsync(int requests, CancellationToken stop)
    {
        for (var enough = _acknowledged.Count + requests; _acknowledged.Count < enough;)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), clock, stop);
        }
    }

    private async Task TakeTicketsAsync()
    {
        using var kiosk = hub.As(hub.Tokens[CredentialIssuer.FirstKiosk]);
        while (await PostAsync(kiosk, $"/api/v1/kiosks/{Kiosk}/tickets",
            request => new { requestId = request, service = "ausweis", language = "de" }))
        {
        }
    }

    private async Task ServeAsync(string counter)
    {
        using var clerk = hub.As(clerkKey);
        for (var n = 0; await PostAsync(clerk, $"/api/v1/areas/{Area}/counters/{counter}/{Presses[n % Presses.Length]}",
            request => new { requestId = request }); n++)
        {
        }
    }

    /// <returns>False: the hub is gone.</returns>
    private async Task<bool> PostAsync(HttpClient client, string address, Func<Guid, object> body)
    {
        var request = Guid.CreateVersion7();
        try
        {
            using var answer = await client.PostAsJsonAsync(address, body(request));
            if (answer.IsSuccessStatusCode)
            {
                _acknowledged[request] = clock.GetUtcNow();
            }

            return true;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}

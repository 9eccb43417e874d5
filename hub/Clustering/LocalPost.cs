namespace Aufruf.Hub.Clustering;

/// <summary>The news of a hub that is alone.</summary>
internal sealed class LocalPost(Lazy<IHubNewsReader> reader, ILogger<LocalPost> log) : IHubPost
{
    private readonly Lock _gate = new();

    public string Me => "";

    public void Send(HubNews news)
    {
        lock (_gate)
        {
            _ = TakeAsync(news); // Devices and troubles are noted before it returns.
        }
    }

    private async Task TakeAsync(HubNews news)
    {
        try
        {
            await reader.Value.TakeAsync(Me, news);
        }
        catch (Exception error)
        {
            HubLog.NewsNotRead(log, error.Message);
        }
    }
}

namespace Aufruf.Grains.Subscriptions;

/// <summary>Lets one hub at a time run what has a name, such as a subscription.</summary>
public interface ILeases
{
    /// <summary>Waits until no other hub has the lease. It ends when it is disposed of, or when this hub dies.</summary>
    Task<Lease> TakeAsync(string name, CancellationToken cancellationToken);
}

/// <summary>The right to run something, until it is given back or lost.</summary>
public class Lease : IAsyncDisposable
{
    /// <summary>Cancelled when another hub may have it.</summary>
    public virtual CancellationToken Lost => CancellationToken.None;

    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return default;
    }
}

/// <summary>For a hub without others: it always has every lease.</summary>
public sealed class OneHub : ILeases
{
    public static OneHub Only { get; } = new();

    public Task<Lease> TakeAsync(string name, CancellationToken cancellationToken) => Task.FromResult(new Lease());
}

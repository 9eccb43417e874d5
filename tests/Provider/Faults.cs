namespace Aufruf.Provider;

/// <summary>The faults of the next answers, first come, first served.</summary>
internal sealed class Faults
{
    private readonly Queue<Fault> _ordered = new();
    private readonly Lock _gate = new();

    public void Order(params ReadOnlySpan<Fault> faults)
    {
        lock (_gate)
        {
            foreach (var fault in faults)
            {
                _ordered.Enqueue(fault);
            }
        }
    }

    public Fault Next()
    {
        lock (_gate)
        {
            return _ordered.TryDequeue(out var fault) ? fault : Fault.None;
        }
    }
}

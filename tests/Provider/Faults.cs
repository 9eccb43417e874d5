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

    /// <summary>Every question gets a server fault, for as long as this holds.</summary>
    public bool IsOut { get; set; }

    public Fault Next()
    {
        lock (_gate)
        {
            return IsOut ? Fault.Break : _ordered.TryDequeue(out var fault) ? fault : Fault.None;
        }
    }

    /// <summary>From now on all is well.</summary>
    public void End()
    {
        lock (_gate)
        {
            _ordered.Clear();
            IsOut = false;
        }
    }
}

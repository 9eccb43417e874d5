namespace Aufruf.Simulation.Hub;

/// <summary>The grains of one kind in one process. Now and then one is activated twice, as after a network split.</summary>
internal sealed class Activations<TGrain>(Stage world, Func<string, TGrain> activate) where TGrain : class
{
    private readonly Dictionary<string, TGrain> _first = [];
    private readonly Dictionary<string, TGrain> _second = [];

    /// <summary>While true a call reaches one of two activations, by chance.</summary>
    public bool IsSplit { get; set; }

    /// <summary>Orleans deactivates an idle grain; the next call reads it back.</summary>
    public void Deactivate()
    {
        _first.Clear();
        _second.Clear();
    }

    /// <summary>One grain leaves by itself.</summary>
    public void Leave(string key, TGrain grain)
    {
        foreach (var side in new[] { _first, _second })
        {
            if (side.GetValueOrDefault(key) == grain)
            {
                side.Remove(key);
            }
        }
    }

    public TGrain Of(string key)
    {
        var side = IsSplit && world.Chance.Hits(0.15) ? _second : _first;
        if (!side.TryGetValue(key, out var grain))
        {
            side[key] = grain = activate(key);
        }

        return grain;
    }
}

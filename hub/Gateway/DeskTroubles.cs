using Aufruf.Hub.Push;

namespace Aufruf.Hub.Gateway;

/// <summary>The troubles of an office's devices, for its desks. Each stays until a clerk has seen it.</summary>
/// <remarks>A restart of the hub forgets them: a device reports its condition again, and a slip is missed by its citizen.</remarks>
public sealed class DeskTroubles(TimeProvider clock)
{
    /// <summary>No slip came out for the ticket that <see cref="DeskTrouble.About"/> names.</summary>
    public const string NoSlip = "no-slip";

    // A desk shows ten lines; beyond this the oldest is forgotten.
    private const int Kept = 50;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, List<DeskTrouble>> _troubles = [];

    public IReadOnlyList<DeskTrouble> Of(string office)
    {
        lock (_gate)
        {
            return [.. _troubles.GetValueOrDefault(office) ?? []];
        }
    }

    /// <param name="about">A ticket's number, or a device.</param>
    public void Add(string office, string kind, string about)
    {
        lock (_gate)
        {
            var known = _troubles.TryGetValue(office, out var list) ? list : _troubles[office] = [];
            if (known.Exists(t => t.Kind == kind && t.About == about))
            {
                return; // Its first time counts.
            }

            known.Add(new(Guid.NewGuid(), clock.GetUtcNow(), kind, about));
            known.RemoveRange(0, Math.Max(0, known.Count - Kept));
        }
    }

    /// <summary>It is over, and no clerk need know.</summary>
    public void Solve(string office, string kind, string about) => Remove(office, t => t.Kind == kind && t.About == about);

    public void Seen(string office, Guid trouble) => Remove(office, t => t.Id == trouble);

    private void Remove(string office, Predicate<DeskTrouble> which)
    {
        lock (_gate)
        {
            _troubles.GetValueOrDefault(office)?.RemoveAll(which);
        }
    }
}

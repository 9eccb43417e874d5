using System.Security.Cryptography;
using System.Text;
using Aufruf.Contracts;
using Aufruf.Domain.Identity;

namespace Aufruf.Hub.Audit;

/// <summary>Notes each look at a list once. An open list reads itself again: that is the same look, until it shows somebody more.</summary>
/// <remarks>Another hub, or a restart, notes it once more. A screen that names no look is noted each time.</remarks>
internal sealed class Looks(IAccessBook log, TimeProvider clock)
{
    // A list that nobody has read for so long was closed, or its clerk has gone.
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(30);

    // Beyond it the oldest is forgotten, and noted once more.
    private const int Most = 2_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, (DateTimeOffset At, HashSet<Guid> Shown)> _open = [];

    /// <param name="look">The id of one open list of a screen.</param>
    /// <param name="term">The text that was searched for. It is not kept.</param>
    /// <param name="shown">Those whose data the list shows.</param>
    /// <exception cref="JournalUnavailableException">It could not be written: nothing may be shown.</exception>
    public async Task NoteAsync(string authority, Access access, Guid? look, string term, IReadOnlyList<Guid> shown)
    {
        var key = KeyOf(access, look, term);
        if (look is not null && IsKnown(key, shown))
        {
            return;
        }

        await log.NoteAsync(authority, access);
        if (look is not null)
        {
            Keep(key, shown);
        }
    }

    private bool IsKnown(string key, IReadOnlyList<Guid> shown)
    {
        lock (_gate)
        {
            if (!_open.TryGetValue(key, out var known) || clock.GetUtcNow() - known.At > Kept || !shown.All(known.Shown.Contains))
            {
                return false;
            }

            _open[key] = known with { At = clock.GetUtcNow() };
            return true;
        }
    }

    private void Keep(string key, IReadOnlyList<Guid> shown)
    {
        lock (_gate)
        {
            if (_open.Count >= Most && !_open.ContainsKey(key))
            {
                _open.Remove(_open.MinBy(look => look.Value.At).Key);
            }

            HashSet<Guid> before = _open.TryGetValue(key, out var known) && clock.GetUtcNow() - known.At <= Kept ? known.Shown : [];
            _open[key] = (clock.GetUtcNow(), [.. before, .. shown]);
        }
    }

    private static string KeyOf(Access access, Guid? look, string term) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(
        $"{look} {access.What} {access.Who} {access.Subject} {term}")));
}

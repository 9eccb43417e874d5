using Aufruf.Hub.Clustering;
using Aufruf.Hub.Push;

namespace Aufruf.Hub.Gateway;

/// <summary>The troubles of an office's devices, for its desks. Each stays until a clerk has seen it.</summary>
/// <remarks>All hubs have the same ones. A restart of a hub forgets them: a device reports its condition again, and a slip is missed by
/// its citizen.</remarks>
/// <param name="post">The way to the other hubs; null: there are none.</param>
public sealed class DeskTroubles(TimeProvider clock, IHubPost? post = null)
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
    public void Add(string office, string kind, string about) => Tell(new HubNews.TroubleAdded(office, kind, about));

    /// <summary>It is over, and no clerk need know.</summary>
    public void Solve(string office, string kind, string about) => Tell(new HubNews.TroubleOver(office, kind, about));

    public void Seen(string office, Guid trouble)
    {
        foreach (var seen in Of(office).Where(t => t.Id == trouble))
        {
            Solve(office, seen.Kind, seen.About);
        }
    }

    /// <summary>Every hub takes what one of them has noticed.</summary>
    public void Take(HubNews news)
    {
        switch (news)
        {
            case HubNews.TroubleAdded added:
                Note(added.Office, added.Kind, added.About);
                break;
            case HubNews.TroubleOver over:
                Remove(over.Office, t => t.Kind == over.Kind && t.About == over.About);
                break;
        }
    }

    private void Tell(HubNews news)
    {
        if (post is null)
        {
            Take(news);
        }
        else
        {
            post.Send(news);
        }
    }

    /// <summary>As <see cref="Add"/>, when every hub notices it by itself.</summary>
    public void Note(string office, string kind, string about)
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

    private void Remove(string office, Predicate<DeskTrouble> which)
    {
        lock (_gate)
        {
            _troubles.GetValueOrDefault(office)?.RemoveAll(which);
        }
    }
}

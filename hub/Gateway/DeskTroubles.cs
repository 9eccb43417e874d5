using Aufruf.Hub.Clustering;
using Aufruf.Hub.Push;

namespace Aufruf.Hub.Gateway;

/// <summary>The troubles of an office's devices, for its desks. Each stays until a clerk has seen it.</summary>
/// <remarks>All hubs have the same ones. A restart of a hub forgets them: a device reports its condition again, and a slip is missed by
/// its citizen.</remarks>
/// <param name="post">The way to the other hubs; null: there are none.</param>
public sealed class DeskTroubles(TimeProvider clock, IHubPost? post = null)
{
    /// <summary>No slip came out for a ticket.</summary>
    public const string NoSlip = "no-slip";

    // A desk shows ten lines; beyond this the oldest is forgotten.
    private const int Kept = 50;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, List<(DeskTrouble Shown, TroubleSubject About)>> _troubles = [];

    public IReadOnlyList<DeskTrouble> Of(string office) => [.. OpenIn(office).Select(trouble => trouble.Shown)];

    public void Add(string office, string kind, TroubleSubject about) => Tell(new HubNews.TroubleAdded(office, kind, about));

    /// <summary>It is over, and no clerk need know.</summary>
    public void Solve(string office, string kind, TroubleSubject about) => Tell(new HubNews.TroubleOver(office, kind, about));

    public void Seen(string office, Guid trouble)
    {
        foreach (var (shown, about) in OpenIn(office).Where(t => t.Shown.Id == trouble))
        {
            Solve(office, shown.Kind, about);
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
                Remove(over.Office, t => t.Shown.Kind == over.Kind && t.About == over.About);
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
    public void Note(string office, string kind, TroubleSubject about)
    {
        lock (_gate)
        {
            var known = _troubles.TryGetValue(office, out var list) ? list : _troubles[office] = [];
            if (known.Exists(t => t.Shown.Kind == kind && t.About == about))
            {
                return; // Its first time counts.
            }

            known.Add((new(Guid.NewGuid(), clock.GetUtcNow(), kind, about.Name, about.Area), about));
            known.RemoveRange(0, Math.Max(0, known.Count - Kept));
        }
    }

    /// <summary>Without those whose day is over.</summary>
    private List<(DeskTrouble Shown, TroubleSubject About)> OpenIn(string office)
    {
        lock (_gate)
        {
            Remove(office, trouble => trouble.About.Until <= clock.GetUtcNow());
            return [.. _troubles.GetValueOrDefault(office) ?? []];
        }
    }

    private void Remove(string office, Predicate<(DeskTrouble Shown, TroubleSubject About)> which)
    {
        lock (_gate)
        {
            _troubles.GetValueOrDefault(office)?.RemoveAll(which);
        }
    }
}

/// <summary>The device or the ticket that a trouble is about.</summary>
/// <param name="Name">For people: the device, or the ticket's number.</param>
/// <param name="Ticket">Areas may give the same number, and each day gives it again.</param>
/// <param name="Until">The end of the ticket's day. Null: it is about a device.</param>
public sealed record TroubleSubject(string Name, TicketId? Ticket = null, string? Area = null, DateTimeOffset? Until = null);

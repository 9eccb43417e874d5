using System.Collections.Concurrent;
using Aufruf.Hub.Clustering;

namespace Aufruf.Hub.Push;

/// <summary>The boards, kiosks and desks of all hubs: each hub hears of the screens of the others.</summary>
/// <param name="clock">The hub's clock.</param>
/// <param name="post">The way to the other hubs; null: there are none.</param>
public sealed class ScreenFleet(TimeProvider clock, IHubPost? post = null)
{
    /// <summary>A screen answers each 5 s. Others need to hear of it before it counts as silent.</summary>
    private static readonly TimeSpan SaidApart = TimeSpan.FromSeconds(15);

    private readonly ConcurrentDictionary<string, long> _said = new(); // By connection: only open ones are kept.

    public ScreenWatch Boards { get; } = new(clock);

    public ScreenWatch Kiosks { get; } = new(clock, ScreenKind.Kiosk);

    public ScreenWatch Desks { get; } = new(clock, ScreenKind.Desk);

    /// <summary>A screen of this hub answers.</summary>
    public void Here(ScreenSelf self, ScreenFacts? facts)
    {
        Of(self.Kind).Answered(self.Place, self.Screen, self.Connection, facts);
        var isNew = !_said.TryGetValue(self.Connection, out var before);
        if (isNew || clock.GetElapsedTime(before) >= SaidApart)
        {
            _said[self.Connection] = clock.GetTimestamp();
            post?.Send(new HubNews.ScreenHere(self, facts));
        }
    }

    /// <param name="self">A screen of this hub.</param>
    /// <param name="wasClosed">False: it was cut off, or does not answer any more.</param>
    public void Left(ScreenSelf self, bool wasClosed)
    {
        _said.TryRemove(self.Connection, out _);
        Of(self.Kind).Left(self.Place, self.Screen, self.Connection, wasClosed);
        post?.Send(new HubNews.ScreenLeft(self, wasClosed));
    }

    /// <summary>Takes what another hub says of its screens.</summary>
    public void Take(HubNews news)
    {
        switch (news)
        {
            case HubNews.ScreenHere { Self: var self } here:
                Of(self.Kind).Answered(self.Place, self.Screen, self.Connection, here.Facts);
                break;
            case HubNews.ScreenLeft { Self: var self } left:
                Of(self.Kind).Left(self.Place, self.Screen, self.Connection, left.WasClosed);
                break;
        }
    }

    /// <summary>Others have missed some news: each screen is named again at its next answer.</summary>
    public void SayAll() => _said.Clear();

    public void Look(IReadOnlyCollection<Office> offices, ILogger log)
    {
        Boards.Look(offices, log);
        Kiosks.Look(offices, log);
    }

    private ScreenWatch Of(ScreenKind kind) => kind switch
    {
        ScreenKind.Board => Boards,
        ScreenKind.Kiosk => Kiosks,
        _ => Desks,
    };
}

/// <summary>One screen of one hub.</summary>
/// <param name="Place">The board, kiosk or counter: "alsdorf.rathaus.halle".</param>
/// <param name="Screen">The same page has the same name whenever it connects.</param>
public sealed record ScreenSelf(ScreenKind Kind, string Place, string Screen, string Connection);

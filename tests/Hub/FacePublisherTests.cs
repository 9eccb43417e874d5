using Aufruf.Domain;
using Aufruf.Domain.Queues;
using Aufruf.Edge.Protocol;
using Aufruf.Hub.Gateway;
using Aufruf.Hub.Offices;
using Aufruf.Hub.Push;
using Aufruf.Tests.Domain;
using Aufruf.Tests.Running;
using Microsoft.Extensions.Time.Testing;

namespace Aufruf.Tests.Hub;

public sealed class FacePublisherTests
{
    private static readonly CounterId One = new("1");

    private readonly FakeTimeProvider _clock = new(SmallOffice.Nine);
    private readonly FakeLink _link = new();
    private readonly AreaFeed _feed = new(SmallOffice.Key.AreaKey);
    private Queue _queue = Queue.Empty(SmallOffice.Key);
    private long _version;

    public FacePublisherTests()
    {
        var offices = new OfficeDirectory(OfficeFile.Parse("town.json", OfficeFileTests.Small).Office!);
        _feed.Take(_queue, 0, 0, null);
        _feed.Add(new FacePublisher(_feed, offices, _link, _clock, new(_clock, new ListLogger<Aufruf.Hub.LimitedLog>())));
    }

    private void Happens(params QueueEvent[] events)
    {
        _queue = events.Aggregate(_queue, (queue, happened) => queue.Apply(happened));
        _feed.Take(_queue, _version, ++_version, events);
    }

    private IReadOnlyList<Face> Faces => _link.On("dev/box-1/face", ProtocolJson.Default.Face);

    [Fact]
    public void At_start_every_sign_gets_its_face_and_keeps_it()
    {
        var (topic, _, retain) = Assert.Single(_link.Sent);
        Assert.Equal(("aufruf/v1/town.rathaus/dev/box-1/face", true), (topic, retain));
        Assert.Equal((FaceState.Closed, null, 0), (Faces[0].State, Faces[0].Number, Faces[0].Waiting));
    }

    [Fact]
    public void A_call_shows_at_once()
    {
        Happens(QueueDay.ForPassport(1));
        Happens(QueueDay.Opened(One), QueueDay.Called(1, One));
        Assert.Equal((FaceState.Called, "A001"), (Faces[^1].State, Faces[^1].Number));
    }

    [Fact]
    public void How_many_wait_is_published_once_a_second_at_most_and_never_forgotten()
    {
        var before = Faces.Count;
        for (var n = 1; n <= 100; n++)
        {
            Happens(QueueDay.ForPassport(n));
        }

        Assert.Equal(before, Faces.Count);
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(before + 1, Faces.Count);
        Assert.Equal(100, Faces[^1].Waiting);
    }

    [Fact]
    public void A_face_that_did_not_change_is_not_sent_again()
    {
        var before = Faces.Count;
        _clock.Advance(TimeSpan.FromMinutes(1));
        _feed.WakeAll();
        Assert.Equal(before, Faces.Count);
        _feed.RefreshAll();
        Assert.Equal(before + 1, Faces.Count);
    }
}

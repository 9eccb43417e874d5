using Aufruf.Domain;
using Aufruf.Domain.Deadlines;
using Aufruf.Domain.Identity;
using Aufruf.Grains;
using Aufruf.Grains.Deadlines;
using Aufruf.Hub.Deadlines;
using Aufruf.Hub.Running;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aufruf.Simulation.Hub;

/// <summary>The deadlines of one hub: the wheels that live there, and the badges that follow from deadlines.</summary>
internal sealed class HubDeadlines
{
    /// <summary>The aggregate that shows how often a deadline was carried out.</summary>
    private const string BadgeStream = "credentials/alsdorf.rathaus";

    private readonly World _world;
    private readonly HubProcess _hub;
    private readonly LateDeadlines _late;
    private readonly ISteadyClock _steady;

    public HubDeadlines(World world, HubProcess hub)
    {
        (_world, _hub, _late) = (world, hub, new(hub.Machine.Clock));
        var watch = new ClockWatch(hub.Machine.Clock, hub.Machine.ClockTime, NullLogger<ClockWatch>.Instance);
        _steady = world.Sabotage is Sabotage.DeadlinesTrustAnyClock ? new TrustAny() : watch;
        Wheels = new(world, Activate);
        Badges = new(world, stream => Journaled.Of<Credentials, CredentialsCommand, CredentialsEvent>(stream, hub.Journal,
            new Silent<Credentials, CredentialsEvent>(), world.Clock));
        Office = new(stream => new ClusterWheel(world.Cluster, hub, stream), hub.Journal, world.Cluster.Checkpoints, _late,
            hub.Machine.Clock, NullLogger<Wheels>.Instance);
    }

    public Activations<SimulatedWheel> Wheels { get; }

    public Activations<Journaled<Credentials, CredentialsCommand, CredentialsEvent>> Badges { get; }

    /// <summary>Where deadlines are set and cancelled, wherever their wheels live.</summary>
    public Wheels Office { get; }

    private SimulatedWheel Activate(string stream)
    {
        var shell = Journaled.Of<Wheel, WheelCommand, WheelEvent>(stream, _hub.Journal, new Silent<Wheel, WheelEvent>(),
            _hub.Machine.Clock, _hub.Machine.WheelSnapshots);
        return new(_world, _hub, stream, shell, wheel => new(stream, shell,
            [new Badge(_world, _hub, wheel), new KeyRetention(_hub.Tools.Vault, _hub.Machine.Clock)], _steady, _late, _hub.Machine.Clock,
            NullLogger.Instance));
    }

    /// <summary>Carries a deadline out: a badge is issued to the citizen it is about.</summary>
    private sealed class Badge(World world, HubProcess hub, SimulatedWheel wheel) : IDeadlineHandler
    {
        public string Kind => Promises.DueList.Kind;

        public async Task CarryOutAsync(Deadline deadline, RequestId request)
        {
            await hub.Alive;
            world.DueList.Begins(deadline, wheel.TurnBegan);
            var id = world.Sabotage is Sabotage.DeadlinesForgetRequestIds ? new RequestId(world.Chance.NewGuid()) : request;
            try
            {
                await world.Cluster.CallAsync(hub, BadgeStream, home => home.Deadlines.Badges.Of(BadgeStream).Handle(id,
                    new CredentialsCommand.Issue(CredentialKind.Display, deadline.About, "hash")));
            }
            catch
            {
                world.DueList.Failed(deadline);
                throw;
            }
        }
    }

    private sealed class Silent<TState, TEvent> : IAnnouncer<TState, TEvent>
    {
        public void Announce(string stream, long version, TState state, IReadOnlyList<TEvent>? happened)
        {
        }
    }

    private sealed class TrustAny : ISteadyClock
    {
        public bool IsSteady() => true;
    }
}

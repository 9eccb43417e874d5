using Aufruf.Contracts;
using Aufruf.Domain.Offices;

namespace Aufruf.Grains;

/// <summary>The configuration of one office.</summary>
[KeepAlive]
internal sealed class OfficeGrain(IGrainContext context, IJournal journal, IAnnouncer<OfficeConfiguration, OfficeEvent> announcer,
    TimeProvider clock)
    : AggregateGrain<OfficeConfiguration, OfficeCommand, OfficeEvent>(context, journal, announcer, clock, OfficeConfiguration.None,
        (configuration, command, now) => configuration.Decide(command, now), (configuration, happened) => configuration.Apply(happened)),
        IOfficeGrain;

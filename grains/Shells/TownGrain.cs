using Aufruf.Contracts;
using Aufruf.Domain.Towns;

namespace Aufruf.Grains;

/// <summary>The settings of one town.</summary>
[KeepAlive]
internal sealed class TownGrain(IGrainContext context) : AggregateGrain<TownConfiguration, TownCommand, TownEvent>(context), ITownGrain;

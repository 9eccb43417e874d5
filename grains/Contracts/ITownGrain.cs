using Aufruf.Domain.Towns;

namespace Aufruf.Contracts;

/// <summary>Key: "town/alsdorf".</summary>
public interface ITownGrain : IAggregateGrain<TownConfiguration, TownCommand, TownEvent>;

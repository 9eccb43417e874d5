using Aufruf.Domain.Identity;

namespace Aufruf.Contracts;

/// <summary>Key: "people/alsdorf".</summary>
public interface IPeopleGrain : IAggregateGrain<People, PeopleCommand, PeopleEvent>;

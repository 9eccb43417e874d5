using Aufruf.Contracts;
using Aufruf.Domain.Identity;

namespace Aufruf.Grains;

/// <summary>The staff of one authority.</summary>
[KeepAlive]
internal sealed class PeopleGrain(IGrainContext context)
    : AggregateGrain<People, PeopleCommand, PeopleEvent>(context), IPeopleGrain;

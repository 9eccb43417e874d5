using Aufruf.Contracts;
using Aufruf.Domain.Offices;

namespace Aufruf.Grains;

/// <summary>The configuration of one office.</summary>
[KeepAlive]
internal sealed class OfficeGrain(IGrainContext context)
    : AggregateGrain<OfficeConfiguration, OfficeCommand, OfficeEvent>(context), IOfficeGrain;

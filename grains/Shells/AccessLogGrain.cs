using Aufruf.Contracts;
using Aufruf.Domain.Identity;

namespace Aufruf.Grains;

/// <summary>The accesses of one authority on one day.</summary>
[KeepAlive]
internal sealed class AccessLogGrain(IGrainContext context)
    : AggregateGrain<AccessLog, AccessLogCommand, AccessLogEvent>(context), IAccessLogGrain;

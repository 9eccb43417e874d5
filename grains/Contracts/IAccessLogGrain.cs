using Aufruf.Domain.Identity;

namespace Aufruf.Contracts;

/// <summary>Key: "access/alsdorf.2026-11-29".</summary>
public interface IAccessLogGrain : IAggregateGrain<AccessLog, AccessLogCommand, AccessLogEvent>;

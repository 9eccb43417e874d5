using Aufruf.Domain.Offices;

namespace Aufruf.Contracts;

/// <summary>Key: "office/alsdorf.rathaus".</summary>
public interface IOfficeGrain : IAggregateGrain<OfficeConfiguration, OfficeCommand, OfficeEvent>;

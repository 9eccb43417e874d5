using Aufruf.Domain.Deadlines;

namespace Aufruf.Contracts;

/// <summary>Key: "deadlines/alsdorf.2026-11-28".</summary>
public interface IWheelGrain : IAggregateGrain<Wheel, WheelCommand, WheelEvent>
{
    /// <summary>Carries out what is due. A reminder calls it too; after a start the hub does not wait for that.</summary>
    /// <returns>True: no deadline is open any more. Otherwise it has its reminder, also if that was lost.</returns>
    Task<bool> Turn();
}

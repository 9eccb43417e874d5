using System.Reflection;

namespace Aufruf.Tests.Running;

/// <summary>Stands where grains could be reached, in tests that must not reach any.</summary>
public class NoGrains : DispatchProxy
{
    public static IGrainFactory Factory { get; } = Create<IGrainFactory, NoGrains>();

    protected override object Invoke(MethodInfo? targetMethod, object?[]? args) =>
        throw new InvalidOperationException($"No grain may be asked here ({targetMethod?.Name}).");
}

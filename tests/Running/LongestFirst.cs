using Aufruf.Tests.Flows;
using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(Aufruf.Tests.Running.LongestFirst))]

namespace Aufruf.Tests.Running;

/// <summary>The longest classes begin at once, and the others run beside them.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    public IReadOnlyCollection<T> OrderTestCollections<T>(IReadOnlyCollection<T> testCollections) where T : ITestCollection =>
        [.. testCollections.OrderByDescending(c => c.TestCollectionDisplayName.Contains(nameof(KilledHubTests), StringComparison.Ordinal))];
}

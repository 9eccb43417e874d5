using Aufruf.Tests.Browser;
using Aufruf.Tests.Browser.Portal;
using Aufruf.Tests.Flows;
using Aufruf.Tests.Simulated;
using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(Aufruf.Tests.Running.LongestFirst))]

namespace Aufruf.Tests.Running;

/// <summary>The longest classes begin first, and the others run beside them. So none of them is alone at the end.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    // The first ones wait more than they compute: a cluster beside simulated days takes a starved hub for a dead one.
    private static readonly Type[] Longest =
    [
        typeof(ClusterTests), typeof(FrozenBoardTests), typeof(DeskVisitTests), typeof(ReportPageTests), typeof(DeskTests),
        typeof(SimulatedDaysTests), typeof(KilledHubTests), typeof(PortalPageTests), typeof(BookingTests), typeof(AppointmentTests),
    ];

    public IReadOnlyCollection<T> OrderTestCollections<T>(IReadOnlyCollection<T> testCollections) where T : ITestCollection =>
        [.. testCollections.OrderBy(PlaceOf)];

    /// <summary>A class that is not in the list comes after it.</summary>
    private static int PlaceOf<T>(T collection) where T : ITestCollection =>
        Array.FindIndex(Longest, type => collection.TestCollectionDisplayName.Contains($"{type.FullName} ", StringComparison.Ordinal))
            is >= 0 and var place ? place : Longest.Length;
}

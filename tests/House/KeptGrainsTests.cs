using System.Reflection;

namespace Aufruf.Tests.House;

/// <summary>Orleans 10.4 activates no grain that it may collect after the clock has stepped back. So every grain stays.</summary>
public class KeptGrainsTests
{
    [Fact]
    public void Every_grain_stays_when_the_clock_steps() =>
        Assert.DoesNotContain(((string[])["Aufruf.Grains", "Aufruf.Hub"]).SelectMany(name => Assembly.Load(name).GetTypes()),
            type => type.IsSubclassOf(typeof(Grain)) && !type.IsAbstract && type.GetCustomAttribute<KeepAliveAttribute>() is null);
}

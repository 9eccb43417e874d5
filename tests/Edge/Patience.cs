using System.Diagnostics;

namespace Aufruf.Tests.Edge;

/// <summary>Waits for something to become true, and says what did not.</summary>
internal static class Patience
{
    public static async Task Until(string what, Func<bool> isTrue, double seconds = 20)
    {
        var since = Stopwatch.StartNew();
        while (!isTrue())
        {
            Assert.True(since.Elapsed.TotalSeconds < seconds, $"Not within {seconds} s: {what}.");
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }
    }
}

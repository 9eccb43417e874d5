using Aufruf.Domain.Identity;
using Aufruf.Grains.Subscriptions;
using Aufruf.Hub.Identity;
using Aufruf.Hub.Offices;
using Aufruf.Tests.Running;
using Microsoft.Extensions.Time.Testing;

namespace Aufruf.Tests.Hub;

/// <summary>The look for credentials that another process changed.</summary>
public class CredentialWatchTests
{
    [Fact]
    public async Task A_look_that_fails_unexpectedly_is_logged_once_and_the_next_one_is_made()
    {
        var stop = TestContext.Current.CancellationToken;
        var (clock, journal, cache, log) = (new FakeTimeProvider(SmallOffice.Nine), new MemoryJournal(), new CredentialCache(),
            new ListLogger<CredentialWatch>());
        journal.ReadingFails = new TimeoutException("no answer");
        using var watch = new CredentialWatch(cache, new OpenConnections(cache, new ListLogger<OpenConnections>()),
            new OfficeDirectory(SmallOffice.Office), journal,
            new Announcements<Credentials, CredentialsEvent>(
                journal, cache, _ => Credentials.Empty, (state, happened) => state.Apply(happened)), clock, log);
        await watch.StartAsync(stop);
        await PassUntilAsync(() => !log.Lines.IsEmpty);
        journal.ReadingFails = null;
        await PassUntilAsync(() => cache.VersionOf(SmallOffice.Office.Key) is not null || watch.ExecuteTask!.IsCompleted);
        Assert.False(watch.ExecuteTask!.IsCompleted);
        Assert.Contains("no answer", Assert.Single(log.Lines), StringComparison.Ordinal);
        await watch.StopAsync(stop);

        async Task PassUntilAsync(Func<bool> happened)
        {
            for (var round = 0; !happened(); round++)
            {
                Assert.True(round < 2000);
                clock.Advance(TimeSpan.FromMilliseconds(100));
                await Task.Delay(1, stop);
            }
        }
    }
}

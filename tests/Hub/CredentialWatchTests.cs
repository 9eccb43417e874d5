using Aufruf.Contracts;
using Aufruf.Domain;
using Aufruf.Domain.Identity;
using Aufruf.Grains;
using Aufruf.Hub.Identity;
using Aufruf.Hub.Offices;
using Aufruf.Tests.Running;
using Microsoft.Extensions.Time.Testing;

namespace Aufruf.Tests.Hub;

/// <summary>The credentials that another process changed.</summary>
public sealed class CredentialWatchTests : IAsyncDisposable
{
    private readonly MemoryJournal _journal = new();
    private readonly CountedJournal _counted;
    private readonly CredentialCache _cache = new();
    private readonly OpenConnections _connections;
    private readonly CredentialWatch _watch;

    public CredentialWatchTests()
    {
        (_counted, _connections) = (new(_journal), new(_cache, new PeopleCache(TimeProvider.System), new ListLogger<OpenConnections>()));
        _watch = WatchOf(_counted, TimeProvider.System);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await _watch.StopAsync(CancellationToken.None);
        _watch.Dispose();
    }

    [Fact]
    public async Task A_token_is_good_as_soon_as_another_process_has_issued_it_and_closed_as_soon_as_it_is_revoked()
    {
        await _watch.StartAsync(Stop);
        var secret = await IssueAsync("anna");
        var credential = await _watch.FindAsync(secret);
        var closed = new TaskCompletionSource();
        _connections.Add("desk", Pass.Of(secret.Place, credential!), () => true, closed.SetResult);
        await CommandAsync(new CredentialsCommand.Revoke("anna"));
        await closed.Task.WaitAsync(TimeSpan.FromSeconds(10), Stop);
        Assert.Null(await _watch.FindAsync(secret));
    }

    [Fact]
    public async Task Guesses_and_a_quiet_office_read_no_credentials()
    {
        var secret = await IssueAsync("anna");
        await _watch.StartAsync(Stop);
        Assert.Null(await _watch.FindAsync(Secret.New(secret.Place, "anna")));
        Assert.Empty(_counted.Read);
    }

    [Fact]
    public async Task An_unknown_token_is_not_called_wrong_while_the_journal_cannot_be_followed()
    {
        var (clock, failing) = (new FakeTimeProvider(SmallOffice.Nine), new CountedJournal(_journal) { FailsAfter = 0 });
        using var watch = WatchOf(failing, clock);
        await watch.StartAsync(Stop);
        var secret = await IssueAsync("anna");
        var found = watch.FindAsync(secret).AsTask();
        while (!found.IsCompleted)
        {
            clock.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Delay(1, Stop);
        }

        await Assert.ThrowsAsync<JournalUnavailableException>(() => found);
        await watch.StopAsync(Stop);
    }

    private CredentialWatch WatchOf(IJournal journal, TimeProvider clock) => new(_cache, _connections,
        new OfficeDirectory(SmallOffice.Office), journal, new(journal, _cache, _ => Credentials.Empty,
            (state, happened) => state.Apply(happened)), clock, new ListLogger<CredentialWatch>());

    private async Task<Secret> IssueAsync(string holder)
    {
        var secret = Secret.New(SmallOffice.Office.Key, holder);
        await CommandAsync(new CredentialsCommand.Issue(CredentialKind.Display, holder, secret.Hash));
        return secret;
    }

    private async Task CommandAsync(CredentialsCommand command) => Assert.Null((await Journaled
        .Of<Credentials, CredentialsCommand, CredentialsEvent>(CredentialCache.StreamOf(SmallOffice.Office.Key), _journal,
            new CredentialCache(), TimeProvider.System).Handle(new RequestId(Guid.CreateVersion7()), command)).Refusal);
}

using Aufruf.Contracts;
using Aufruf.Domain;
using Aufruf.Domain.Identity;

namespace Aufruf.Grains;

/// <summary>The credentials of one office.</summary>
[KeepAlive]
internal sealed class CredentialsGrain(IGrainContext context, IJournal journal, IAnnouncer<Credentials, CredentialsEvent> announcer,
    TimeProvider clock)
    : Grain, ICredentialsGrain
{
    private readonly Journaled<Credentials, CredentialsCommand, CredentialsEvent> _credentials = new(
        context.GrainId.Key.ToString()!, journal, announcer, clock, Credentials.None,
        (credentials, command, now) => credentials.Decide(command, now),
        (credentials, happened) => credentials.Apply(happened));

    public Task<Answer<CredentialsEvent>> Handle(RequestId request, CredentialsCommand command) => _credentials.Handle(request, command);

    public Task ReadAgain()
    {
        _credentials.Forget();
        return _credentials.ViewAsync();
    }

    public async Task<Credentials> View() => (await _credentials.ViewAsync()).State;
}

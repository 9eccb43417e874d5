using Aufruf.Contracts;
using Aufruf.Domain.Identity;

namespace Aufruf.Grains;

/// <summary>The credentials of one office.</summary>
[KeepAlive]
internal sealed class CredentialsGrain(IGrainContext context, IJournal journal, IAnnouncer<Credentials, CredentialsEvent> announcer,
    TimeProvider clock)
    : AggregateGrain<Credentials, CredentialsCommand, CredentialsEvent>(context, journal, announcer, clock, Credentials.None,
        (credentials, command, now) => credentials.Decide(command, now), (credentials, happened) => credentials.Apply(happened)),
        ICredentialsGrain;

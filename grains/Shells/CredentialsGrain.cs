using Aufruf.Contracts;
using Aufruf.Domain.Identity;

namespace Aufruf.Grains;

/// <summary>The credentials of one office.</summary>
[KeepAlive]
internal sealed class CredentialsGrain(IGrainContext context)
    : AggregateGrain<Credentials, CredentialsCommand, CredentialsEvent>(context), ICredentialsGrain;

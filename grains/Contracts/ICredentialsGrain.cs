using Aufruf.Domain.Identity;

namespace Aufruf.Contracts;

/// <summary>Key: "credentials/alsdorf.rathaus".</summary>
public interface ICredentialsGrain : IAggregateGrain<Credentials, CredentialsCommand, CredentialsEvent>;

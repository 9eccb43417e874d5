using Aufruf.Domain;
using Aufruf.Domain.Identity;

namespace Aufruf.Contracts;

/// <summary>Key: "alsdorf.rathaus.credentials".</summary>
public interface ICredentialsGrain : IGrainWithStringKey
{
    Task<Answer<CredentialsEvent>> Handle(RequestId request, CredentialsCommand command);

    Task<Credentials> View();

    /// <summary>Forgets what it knows and reads the journal: another process may have written.</summary>
    Task ReadAgain();
}

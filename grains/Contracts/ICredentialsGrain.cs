using Aufruf.Domain;
using Aufruf.Domain.Identity;

namespace Aufruf.Contracts;

/// <summary>Key: "alsdorf.rathaus.credentials".</summary>
public interface ICredentialsGrain : IGrainWithStringKey
{
    Task<Answer<CredentialsEvent>> Handle(RequestId request, CredentialsCommand command);

    Task<Credentials> View();
}

namespace Aufruf.Hub.Identity.Providers;

/// <summary>How the hub reaches a provider of sign-ins (OpenID Connect), for staff or for citizens.</summary>
public abstract class ProviderClient
{
    /// <summary>As the provider names itself: "https://login.alsdorf.example/realms/stadt".</summary>
    public string Issuer { get; set; } = "";

    public string ClientId { get; set; } = "";

    /// <summary>The file that holds the client's secret and nothing else.</summary>
    public string ClientSecretFile { get; set; } = "";

    /// <summary>With blanks between.</summary>
    public string Scopes { get; set; } = "openid profile";

    /// <summary>One sentence for each setting that is wrong.</summary>
    /// <param name="section">"Hub:Providers"</param>
    private protected IEnumerable<string> WrongIn(string section, string authority)
    {
        var here = $"{section}:{authority}";
        if (!Uri.TryCreate(Issuer, UriKind.Absolute, out var issuer) || issuer.Query.Length > 0
            || !(issuer.Scheme == Uri.UriSchemeHttps || (issuer.Scheme == Uri.UriSchemeHttp && issuer.IsLoopback)))
        {
            yield return $"{here}:Issuer must be an https address such as https://login.alsdorf.example/realms/stadt; '{Issuer}' is not.";
        }

        if (authority.Length == 0 || authority.Any(c => !(char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-')))
        {
            yield return $"{section} must name authorities such as alsdorf; '{authority}' is none.";
        }

        if (ClientId.Length == 0)
        {
            yield return $"{here}:ClientId must be the name under which the provider knows this hub.";
        }

        if (!File.Exists(ClientSecretFile) || new FileInfo(ClientSecretFile).Length is 0 or > 4096)
        {
            yield return $"{here}:ClientSecretFile must name a file with the client's secret; '{ClientSecretFile}' is none.";
        }

        if (!Scopes.Split(' ').Contains("openid"))
        {
            yield return $"{here}:Scopes must contain openid; '{Scopes}' does not.";
        }
    }
}

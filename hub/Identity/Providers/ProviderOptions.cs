namespace Aufruf.Hub.Identity.Providers;

/// <summary>The town's provider of sign-ins for staff, under "Hub:Providers:AUTHORITY".</summary>
public sealed class ProviderOptions : ProviderClient
{
    /// <summary>Where the answer has the log-in name. The part before an '@' counts.</summary>
    public string NameClaim { get; set; } = "preferred_username";

    public string DisplayNameClaim { get; set; } = "name";

    /// <summary>Where the answer has the values for roles: "groups", or a path such as "realm_access.roles".</summary>
    public string RolesClaim { get; set; } = "groups";

    /// <summary>Accepted strengths of a sign-in (acr), with blanks between; empty: the provider decides alone.</summary>
    public string Acr { get; set; } = "";

    /// <summary>One sentence for each setting that is wrong.</summary>
    internal IEnumerable<string> Wrong(string authority) => WrongIn("Hub:Providers", authority);
}

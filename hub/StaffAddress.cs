namespace Aufruf.Hub;

/// <summary>The one address that staff open for passkeys: a key belongs to its host, and works under no other name.</summary>
/// <param name="configured">Hub:StaffUrl, or else Hub:PublicUrl; null: this machine alone, to try it out.</param>
internal sealed class StaffAddress(string? configured)
{
    private const string ThisMachine = "localhost";

    public string Host => configured is null ? ThisMachine : new Uri(configured).Host;

    /// <summary>Whether a page with this origin, "https://aufruf.alsdorf.de", is one of ours.</summary>
    public bool IsOurs(string origin) => Uri.TryCreate(origin, UriKind.Absolute, out var site)
        && (configured is null ? site.Host == ThisMachine
            : site.GetLeftPart(UriPartial.Authority) == new Uri(configured).GetLeftPart(UriPartial.Authority));
}

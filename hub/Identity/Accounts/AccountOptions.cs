using Aufruf.Domain.Cases.Declarations;
using Aufruf.Hub.Identity.Providers;

namespace Aufruf.Hub.Identity.Accounts;

/// <summary>The service with which citizens sign in, under "Hub:Accounts:AUTHORITY". The answer is shaped as that of BundID.</summary>
public sealed class AccountOptions : ProviderClient
{
    public AccountOptions() => Scopes = "openid profile address email";

    /// <summary>As the button names it.</summary>
    public string Name { get; set; } = "BundID";

    /// <summary>Where the answer has the id that the service gives the person for this authority alone (bPK2).</summary>
    public string PersonClaim { get; set; } = "sub";

    public string GivenNamesClaim { get; set; } = "given_name";

    public string FamilyNameClaim { get; set; } = "family_name";

    /// <summary>Empty: the service does not say it. The same holds for the others.</summary>
    public string DoctorateClaim { get; set; } = "";

    /// <summary>A day such as 1990-02-28.</summary>
    public string BirthDateClaim { get; set; } = "birthdate";

    /// <summary>The street; where no claim has the number of the house, with it.</summary>
    public string StreetClaim { get; set; } = "address.street_address";

    public string NumberClaim { get; set; } = "";

    public string ExtraClaim { get; set; } = "";

    public string PostcodeClaim { get; set; } = "address.postal_code";

    public string TownClaim { get; set; } = "address.locality";

    public string MailClaim { get; set; } = "email";

    /// <summary>Where the answer has the level of trust.</summary>
    public string TrustClaim { get; set; } = "acr";

    /// <summary>The words of the service for each level, with blanks between.</summary>
    public string Low { get; set; } = "STORK-QAA-Level-1 http://eidas.europa.eu/LoA/low";

    public string Substantial { get; set; } = "STORK-QAA-Level-3 http://eidas.europa.eu/LoA/substantial";

    public string High { get; set; } = "STORK-QAA-Level-4 http://eidas.europa.eu/LoA/high";

    /// <summary>Null: the word is none of a level.</summary>
    internal TrustLevel? LevelOf(string? word) => string.IsNullOrEmpty(word) ? null
        : Enum.GetValues<TrustLevel>().Where(level => WordsOf(level).Contains(word)).Select(level => (TrustLevel?)level).FirstOrDefault();

    /// <summary>The words of this level and of all above it, which the service is asked for.</summary>
    internal string WordsFrom(TrustLevel least) =>
        string.Join(' ', Enum.GetValues<TrustLevel>().Where(level => level >= least).SelectMany(WordsOf));

    /// <summary>One sentence for each setting that is wrong.</summary>
    internal IEnumerable<string> Wrong(string authority)
    {
        foreach (var wrong in WrongIn("Hub:Accounts", authority))
        {
            yield return wrong;
        }

        foreach (var (setting, text) in new[] { (nameof(Name), Name), (nameof(PersonClaim), PersonClaim),
            (nameof(TrustClaim), TrustClaim) })
        {
            if (string.IsNullOrWhiteSpace(text))
            {
                yield return $"Hub:Accounts:{authority}:{setting} must not be empty.";
            }
        }

        var words = Enum.GetValues<TrustLevel>().SelectMany(WordsOf).ToList();
        if (words.Distinct().Count() < words.Count)
        {
            yield return $"Hub:Accounts:{authority} must give each word to one of Low, Substantial and High only.";
        }
    }

    private string[] WordsOf(TrustLevel level) => (level switch
    {
        TrustLevel.Low => Low,
        TrustLevel.Substantial => Substantial,
        _ => High,
    }).Split(' ', StringSplitOptions.RemoveEmptyEntries);
}

namespace Aufruf.Domain.Towns;

/// <summary>All that holds for every office of a town alike.</summary>
/// <param name="Mails">The town's own words for mails, each as the text of a file: "booked.de". The others are the built-in ones.</param>
public sealed record TownSettings(Theme Theme, ImmutableSortedDictionary<string, string> Mails)
{
    public const int MostMails = 200, LongestMail = 8000, LongestName = 60, LongestColour = 20;

    /// <summary>Null: screens and pages show the built-in sign.</summary>
    public TownLogo? Logo { get; init; }

    public static TownSettings Usual { get; } = new(Theme.Usual, ImmutableSortedDictionary<string, string>.Empty);

    /// <summary>Larger ones are not even kept as a draft.</summary>
    [JsonIgnore]
    public bool IsTooLong => Mails.Count > MostMails || Mails.Any(mail => mail.Key.Length > LongestName || mail.Value.Length > LongestMail)
        || Theme.Colours.Any(colour => colour.Value.Length > LongestColour) || Logo?.IsTooLong is true;

    /// <summary>Dictionaries have no equality of their own.</summary>
    public bool IsSame(TownSettings other) => Theme == other.Theme && TownLogo.AreSame(Logo, other.Logo) && Mails.Count == other.Mails.Count
        && Mails.All(mail => other.Mails.GetValueOrDefault(mail.Key) == mail.Value);
}

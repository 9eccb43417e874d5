namespace Aufruf.Portal.Texts;

/// <summary>The form of a word beside a whole number.</summary>
/// <remarks>Source: CLDR, Language Plural Rules, cardinals of de, en, tr, uk and ar.</remarks>
internal static class Plurals
{
    public static string FormOf(string language, int n) => language switch
    {
        "uk" => (n % 10, n % 100) switch
        {
            (1, not 11) => "one",
            (2 or 3 or 4, not (12 or 13 or 14)) => "few",
            _ => "many",
        },
        "ar" => (n, n % 100) switch
        {
            (0, _) => "zero",
            (1, _) => "one",
            (2, _) => "two",
            (_, >= 3 and <= 10) => "few",
            (_, >= 11) => "many",
            _ => "other",
        },
        _ => n == 1 ? "one" : "other",
    };
}

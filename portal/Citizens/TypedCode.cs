namespace Aufruf.Portal.Citizens;

/// <summary>A code as people type it, with blanks, hyphens and capital letters.</summary>
internal static class TypedCode
{
    private const int Longest = 40;

    /// <summary>The code as the system has it; null: it is none.</summary>
    public static string? Of(string? typed)
    {
        var code = new string([.. (typed ?? "").Where(char.IsAsciiLetterOrDigit)]).ToLowerInvariant();
        return code.Length is 0 or > Longest ? null : code;
    }
}

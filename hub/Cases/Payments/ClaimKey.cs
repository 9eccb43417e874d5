using Aufruf.Domain.Cases;
using Aufruf.Domain.Cases.Declarations;

namespace Aufruf.Hub.Cases.Payments;

/// <summary>The name of a claim's stream, in its parts: "claim/alsdorf.20.32.10-2026-000123.tax".</summary>
internal readonly record struct ClaimKey(string Authority, string Number, string Claim)
{
    // No id of a declaration has it.
    private const char Further = '~';

    public string Stream => Aufruf.Domain.Cases.Claim.StreamOf(Authority, Number, Claim);

    public string CaseStream => CitizenCase.StreamOf(Authority, Number);

    /// <summary>As it is declared, and with the year: "tax-2026" of "tax-2026~2".</summary>
    public string Owed => Claim.Split(Further)[0];

    /// <summary>1 is the first claim for that which is owed; further ones follow from later decisions.</summary>
    public int Part => Claim.Split(Further) is [_, var part] ? int.Parse(part, System.Globalization.CultureInfo.InvariantCulture) : 1;

    public ClaimKey With(int part) => this with
    {
        Claim = part == 1 ? Owed : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Owed}{Further}{part}"),
    };

    public static ClaimKey Parse(string stream)
    {
        var key = stream[(stream.IndexOf('/', StringComparison.Ordinal) + 1)..];
        var (first, last) = (key.IndexOf('.', StringComparison.Ordinal), key.LastIndexOf('.'));
        return new(key[..first], key[(first + 1)..last], key[(last + 1)..]);
    }

    /// <summary>It is for that which is declared so. "tax-2026" is of "tax", and "tax-late-2026" is not.</summary>
    public bool IsOf(DeclaredClaim declared) => declared.Years is null ? Owed == declared.Id
        : Owed.Length > declared.Id.Length + 1 && Owed.StartsWith($"{declared.Id}-", StringComparison.Ordinal)
            && Owed.AsSpan(declared.Id.Length + 1).IndexOfAnyExceptInRange('0', '9') < 0;

    /// <summary>The id of an attempt at the provider. A repeat of the same attempt has the same one.</summary>
    /// <remarks>Providers take letters, digits, and few signs. No id of a declaration has a dot: "fee.2.1" is of "fee~2".</remarks>
    public string RequestOf(int attempt) => string.Create(System.Globalization.CultureInfo.InvariantCulture,
        $"{Number}.{Claim.Replace(Further, '.')}.{attempt}");
}

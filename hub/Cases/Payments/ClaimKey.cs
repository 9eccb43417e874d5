using Aufruf.Domain.Cases;

namespace Aufruf.Hub.Cases.Payments;

/// <summary>The name of a claim's stream, in its parts: "claim/alsdorf.20.32.10-2026-000123.tax".</summary>
internal readonly record struct ClaimKey(string Authority, string Number, string Claim)
{
    public string Stream => Aufruf.Domain.Cases.Claim.StreamOf(Authority, Number, Claim);

    public string CaseStream => CitizenCase.StreamOf(Authority, Number);

    public static ClaimKey Parse(string stream)
    {
        var key = stream[(stream.IndexOf('/', StringComparison.Ordinal) + 1)..];
        var (first, last) = (key.IndexOf('.', StringComparison.Ordinal), key.LastIndexOf('.'));
        return new(key[..first], key[(first + 1)..last], key[(last + 1)..]);
    }

    /// <summary>The id of an attempt at the provider. A repeat of the same attempt has the same one.</summary>
    public string RequestOf(int attempt) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Number}.{Claim}.{attempt}");
}

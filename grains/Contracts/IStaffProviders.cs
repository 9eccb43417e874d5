namespace Aufruf.Contracts;

/// <summary>The towns' own providers of sign-ins.</summary>
public interface IStaffProviders
{
    /// <summary>The authorities whose staff may enter with an account of the town.</summary>
    IReadOnlyList<string> Authorities { get; }

    /// <summary>As the provider names itself; null: the authority has none.</summary>
    string? IssuerOf(string authority);

    /// <summary>Where a person ends the session at the provider, too; null: it has no such page, or does not answer.</summary>
    /// <param name="back">The page to come back to: a whole address that the provider knows.</param>
    Task<string?> SignOutAddressAsync(string authority, string back);
}

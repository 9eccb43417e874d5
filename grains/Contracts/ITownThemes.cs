using Aufruf.Domain.Towns;

namespace Aufruf.Contracts;

/// <summary>The colours and the logo of a town's screens and pages.</summary>
public interface ITownThemes
{
    /// <summary>The theme in force; the usual one of an unknown town.</summary>
    Task<Theme> OfAsync(string authority);

    /// <summary>Null: the town has none in force.</summary>
    Task<LogoSign?> LogoOfAsync(string authority);

    /// <summary>The bytes of the PNG file; null: this name is not in force.</summary>
    Task<byte[]?> PictureAsync(string authority, string name);
}

/// <summary>For a portal that runs outside of a hub. Key: the authority, "alsdorf".</summary>
public interface ITownThemesGrain : IGrainWithStringKey, ITownThemes;

/// <summary>A logo without its picture.</summary>
/// <param name="Address">"/logo/alsdorf/3f2a.png"</param>
public sealed record LogoSign(string Address, Domain.Offices.Texts Alt)
{
    public static LogoSign? Of(string authority, TownLogo? logo) =>
        logo is null ? null : new($"/logo/{authority}/{logo.Name}.png", logo.Alt);

    /// <summary>The language in which the text is read: that of the page, or German.</summary>
    public string LanguageFor(string language) => Alt.ContainsKey(language) ? language : "de";
}

using Aufruf.Domain.Towns;

namespace Aufruf.Contracts;

/// <summary>The colours of a town's screens and pages.</summary>
public interface ITownThemes
{
    /// <summary>The theme in force; the usual one of an unknown town.</summary>
    Task<Theme> OfAsync(string authority);
}

/// <summary>For a portal that runs outside of a hub. Key: the authority, "alsdorf".</summary>
public interface ITownThemesGrain : IGrainWithStringKey, ITownThemes;

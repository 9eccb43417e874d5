namespace Aufruf.Domain.Offices;

/// <summary>One text in several languages, by language tag: {"de": "Ausweis", "en": "Identity card"}.</summary>
public sealed class Texts : Dictionary<string, string>
{
    /// <summary>The text in a language, or in the first one there is.</summary>
    public string In(string language) => TryGetValue(language, out var text) ? text : Values.FirstOrDefault("");
}

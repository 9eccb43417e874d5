using Aufruf.Portal.Texts;

namespace Aufruf.Portal.Citizens.Applying;

/// <summary>A page that shows the questions of a form: to a citizen, or to a clerk who fills it in.</summary>
public interface IFormReader
{
    PortalTexts Texts { get; }

    /// <summary>The faults of the form, each with the id of its field.</summary>
    IList<(string Field, string Text)> Errors { get; }

    /// <summary>A name in the reader's language, or in another one that the page must then name.</summary>
    Spoken Say(Domain.Offices.Texts texts);
}

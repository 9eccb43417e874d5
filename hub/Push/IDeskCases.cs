namespace Aufruf.Hub.Push;

/// <summary>The cases of tickets as a desk may show them.</summary>
public interface IDeskCases
{
    /// <summary>Whether the clerk opens and begins cases.</summary>
    bool MayWork(string authority, ClerkId clerk);

    /// <returns>Null: the clerk does not work on such a case, or this hub does not know it yet.</returns>
    Texts? TitleOf(string authority, ClerkId clerk, string number);
}

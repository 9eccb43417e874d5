namespace Aufruf.Provider;

/// <summary>Each way in which a provider may fail or cheat. A test orders them for the next answers; a seed draws them.</summary>
public enum Fault
{
    /// <summary>All is well.</summary>
    None,

    /// <summary>The attempt is kept, and the connection breaks before the answer.</summary>
    LoseAnswer,

    /// <summary>The connection breaks before the attempt is kept.</summary>
    LoseQuestion,

    /// <summary>The answer comes after the asker has given up.</summary>
    Delay,

    /// <summary>A server fault instead of an answer.</summary>
    Break,

    /// <summary>No: the provider takes nothing.</summary>
    Refuse,

    /// <summary>The answer names another amount.</summary>
    OtherAmount,

    /// <summary>The answer is about another attempt.</summary>
    OtherAttempt,

    /// <summary>The answer is no JSON.</summary>
    Babble,

    /// <summary>The page that it leads to is no page.</summary>
    BadPage,
}

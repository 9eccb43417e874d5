namespace Aufruf.Contracts;

/// <summary>The mails that a town may write in its own words. Answered by the hub that the pages run in.</summary>
public interface ITownMails
{
    /// <summary>In the order in which a citizen may get them.</summary>
    IReadOnlyList<MailKind> Kinds { get; }

    /// <summary>All that is wrong in a town's own words; empty: they may be used.</summary>
    /// <param name="mail">"booked.de"</param>
    IReadOnlyList<MailFault> FaultsOf(string mail, string text);

    /// <summary>The mail of an invented appointment.</summary>
    /// <param name="text">The town's own words; null, or wrong: the built-in ones.</param>
    /// <returns>Null: there is no such mail, or no office that could send it.</returns>
    MailPreview? Preview(string authority, string mail, string language, string? text);
}

/// <param name="Id">"booked"</param>
/// <param name="Words">Placeholders inside of sentences, without their braces.</param>
/// <param name="Blocks">Placeholders on a line of their own.</param>
/// <param name="Needed">Of the blocks, those that a mail of own words must have.</param>
public sealed record MailKind(string Id, IReadOnlyList<string> Words, IReadOnlyList<string> Blocks, IReadOnlyList<string> Needed);

public sealed record MailPreview(string Subject, string Text, string Html);

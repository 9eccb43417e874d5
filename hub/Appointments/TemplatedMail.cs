using Aufruf.Hub.Connectors.Mail;
using Aufruf.Portal.Texts;

namespace Aufruf.Hub.Appointments;

/// <summary>A mail in the office's own words, in the built-in ones, or in both.</summary>
/// <param name="Greeting">The first built-in sentence.</param>
/// <param name="Sentences">The built-in words below it. Words that an office adds follow them.</param>
/// <param name="Blocks">The parts of the built-in mail, in order.</param>
/// <param name="Write">Writes a part.</param>
internal sealed record TemplatedMail(string Greeting, IEnumerable<string> Sentences, string[] Blocks, Action<string, MailBody> Write)
{
    public void WriteTo(MailBody body, MailTemplate? own, IReadOnlyDictionary<string, string> values, PortalTexts words)
    {
        if (own is { Extends: false })
        {
            foreach (var part in own.Parts)
            {
                if (part.Markdown is { } markdown)
                {
                    body.Words(markdown, values);
                }
                else if (part.Block is { } block)
                {
                    Write(block, body);
                }
            }

            return;
        }

        foreach (var sentence in Sentences.Prepend(Greeting))
        {
            body.Say(sentence);
        }

        foreach (var added in own?.Parts ?? [])
        {
            body.Words(added.Markdown ?? "", values, own?.Language == words.Language ? null : own?.Language);
        }

        foreach (var block in Blocks)
        {
            Write(block, body);
        }
    }
}

using System.Text.Json;
using System.Text.RegularExpressions;
using Aufruf.Contracts;
using Aufruf.Hub.Connectors.Mail;
using Aufruf.Portal.Content;
using Aufruf.Portal.Texts;

namespace Aufruf.Hub.Appointments;

/// <summary>The words of a preview.</summary>
/// <param name="Template">Null: the built-in ones.</param>
internal sealed record MailChoice(MailTemplate? Template);

/// <summary>An office's own words for one mail, in one language: a file of its editor.</summary>
/// <param name="Subject">Null: the usual one.</param>
/// <param name="Extends">The words stand in the built-in mail. Otherwise they take its place, and blocks say where its parts stand.</param>
/// <param name="Parts">In order.</param>
internal sealed partial record MailTemplate(string Language, string? Subject, bool Extends, IReadOnlyList<MailTemplate.Part> Parts)
{
    /// <summary>Words in Markdown, or the name of a block.</summary>
    internal sealed record Part(string? Markdown, string? Block);

    /// <summary>The values that a mail knows.</summary>
    /// <param name="Words">Placeholders inside of sentences.</param>
    /// <param name="Blocks">Placeholders on a line of their own.</param>
    /// <param name="Needed">The blocks that a whole mail must have.</param>
    private sealed record Form(string[] Words, string[] Blocks, string[] Needed);

    /// <summary>The authority invites, and an office offers other times for an appointment that cannot take place.</summary>
    public const string Invited = "invited", PlanOffer = "plan-offer";

    private static readonly string[] Always = ["when", "minutes", "office", "address", "services"];

    // A wish is about an office once there is an offer.
    private static readonly Dictionary<string, Form> Forms = new()
    {
        // Anybody can enter a name and the address of somebody else, so an unconfirmed name is not repeated.
        [NameOf(NoticeKind.Confirm)] = new([.. Always, "code", "until"], ["facts", "confirm"], ["facts", "confirm"]),
        [NameOf(NoticeKind.Booked)] = new([.. Always, "name", "code"], ["facts", "bring", "links"], ["facts", "links"]),
        [NameOf(NoticeKind.Moved)] = new([.. Always, "name", "code", "before"], ["facts", "bring", "links"], ["facts", "links"]),
        [NameOf(NoticeKind.Cancelled)] = new([.. Always, "name", "reason"], ["facts", "links"], ["facts"]),
        [NameOf(NoticeKind.NewMail)] = new(["office", "address", "until"], ["confirm"], ["confirm"]),
        [NameOf(NoticeKind.MailChanged)] = new([.. Always, "name"], ["facts"], []),
        [NameOf(NoticeKind.Reminder)] = new([.. Always, "name", "code"], ["facts", "bring", "links"], ["facts", "links"]),
        [NameOf(WishMail.Confirm)] = new(["services", "until"], ["facts", "links"], ["links"]),
        [NameOf(WishMail.Offer)] = new([.. Always, "name", "until"], ["facts", "links"], ["facts", "links"]),
        [NameOf(WishMail.Ended)] = new(["services", "name"], ["facts"], []),
        [Invited] = new([.. Always, "name", "until"], ["facts", "links"], ["facts", "links"]),
        [PlanOffer] = new(["when", "office", "address", "name", "until", "reason"], ["times", "links"], ["times", "links"]),
    };

    /// <summary>The mails with their placeholders, for those who write a template.</summary>
    public static IReadOnlyList<MailKind> Kinds { get; } =
        [.. Forms.Select(form => new MailKind(form.Key, form.Value.Words, form.Value.Blocks, form.Value.Needed))];

    /// <summary>Whether a file may have this name.</summary>
    public static bool Has(string name) => Forms.ContainsKey(name);

    public static string Names => string.Join(", ", Forms.Keys);

    /// <summary>"mail-changed"</summary>
    public static string NameOf(NoticeKind kind) => JsonNamingPolicy.KebabCaseLower.ConvertName(kind.ToString());

    /// <summary>"wish-offer"</summary>
    public static string NameOf(WishMail kind) => JsonNamingPolicy.KebabCaseLower.ConvertName($"Wish{kind}");

    /// <summary>The template, or what an editor must mend.</summary>
    public static (MailTemplate? Template, IReadOnlyList<MailFault> Faults) Read(string name, Article file)
    {
        var (form, faults, parts, words) = (Forms[name], new List<MailFault>(), new List<Part>(), new List<string>());
        var extends = file["extends"] is "yes";
        if (!PortalTexts.OfCitizens.Any(known => known.Language == file.Language))
        {
            faults.Add(new(MailFaultKind.Language, 1, file.Language,
                string.Join(", ", PortalTexts.OfCitizens.Select(known => known.Language))));
        }

        foreach (var (line, number) in file.Lines.Select((line, index) => (line, index + 1)))
        {
            var isHead = number <= file.Head;
            if (!isHead && line.Trim() is ['{', .. var block, '}'] && form.Blocks.Contains(block))
            {
                TakeWords();
                parts.Add(new(null, block));
                if (extends)
                {
                    faults.Add(new(MailFaultKind.Already, number, block));
                }

                continue;
            }

            foreach (Match placeholder in MailBody.Place().Matches(line))
            {
                Check(placeholder.Groups[1].Value, number);
            }

            if (InAddress().IsMatch(line))
            {
                faults.Add(new(MailFaultKind.InAddress, number));
            }

            if (line.Contains("![", StringComparison.Ordinal))
            {
                faults.Add(new(MailFaultKind.Picture, number));
            }

            if (!isHead)
            {
                words.Add(line);
            }
        }

        TakeWords();
        foreach (var needed in extends ? [] : form.Needed.Where(block => parts.All(part => part.Block != block)))
        {
            faults.Add(new(MailFaultKind.Missing, file.Lines.Count, needed));
        }

        return faults.Count > 0 ? (null, faults) : (new(file.Language, file["subject"], extends, parts), []);

        void TakeWords()
        {
            if (string.Join('\n', words).Trim() is { Length: > 0 } text)
            {
                parts.Add(new(text, null));
            }

            words.Clear();
        }

        void Check(string name, int number)
        {
            if (form.Blocks.Contains(name))
            {
                faults.Add(new(MailFaultKind.NotAlone, number, name));
            }
            else if (!form.Words.Contains(name))
            {
                faults.Add(new(MailFaultKind.NoPlaceholder, number, name,
                    string.Join(", ", form.Words.Concat(extends ? [] : form.Blocks).Select(known => $"{{{known}}}"))));
            }
        }
    }

    [GeneratedRegex(@"\]\([^)]*\{|<https?://[^>]*\{")]
    private static partial Regex InAddress();
}

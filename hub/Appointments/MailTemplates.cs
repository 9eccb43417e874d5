using Aufruf.Contracts;
using Aufruf.Domain.Towns;
using Aufruf.Hub.Towns;
using Aufruf.Portal.Content;

namespace Aufruf.Hub.Appointments;

/// <summary>The own words for mails: of the town's settings, and of the content folder. They change without a restart.</summary>
/// <remarks>
/// "mails/booked.de.md" is for all offices, "mails/rathaus/booked.de.md" for one. A file with a fault is not used.
/// A file for one office is used before the town's settings, and these before a file for all offices.
/// </remarks>
/// <param name="towns">Null: there are no settings, only files.</param>
internal sealed class MailTemplates(ContentFolder content, ILogger<MailTemplates> log, TownCache? towns = null)
{
    private const string Folder = "mails/", German = "de", AllOffices = "";

    private readonly Lock _gate = new();
    private readonly Dictionary<string, (TownSettings From, Dictionary<string, MailTemplate> Good)> _ofTowns = [];
    private TownContent? _town;
    private Dictionary<(string Office, string Mail, string Language), MailTemplate> _good = [];

    /// <summary>In the citizen's language. Added words stand in German where they have no translation: they may be important.</summary>
    /// <param name="mail">"booked": the name of its file.</param>
    /// <param name="office">"alsdorf.rathaus"; null: it is about no office.</param>
    /// <returns>Null: the built-in mail.</returns>
    public MailTemplate? Find(string mail, string authority, string? office, string language)
    {
        var (town, settings) = (content.Now, OfSettings(authority));
        var files = town.Authority == authority ? GoodOf(town) : [];
        return In(language).FirstOrDefault(found => found is not null)
            ?? In(German).FirstOrDefault(found => found is { Extends: true });

        IEnumerable<MailTemplate?> In(string tag) =>
        [
            office is null ? null : files.GetValueOrDefault((office[(office.IndexOf('.', StringComparison.Ordinal) + 1)..], mail, tag)),
            settings.GetValueOrDefault($"{mail}.{tag}"), files.GetValueOrDefault((AllOffices, mail, tag)),
        ];
    }

    /// <summary>"booked.de" in the town's settings: they were checked before they came into force.</summary>
    private Dictionary<string, MailTemplate> OfSettings(string authority)
    {
        var now = towns?.Of(authority).Settings ?? TownSettings.Usual;
        lock (_gate)
        {
            if (!_ofTowns.TryGetValue(authority, out var known) || known.From != now)
            {
                known = (now, now.Mails.Select(mail => (mail.Key, Parse(mail.Key, mail.Value).Template))
                    .Where(mail => mail.Template is not null).ToDictionary(mail => mail.Key, mail => mail.Template!));
                _ofTowns[authority] = known;
            }

            return known.Good;
        }
    }

    /// <summary>The template of a town's own words, or all that is wrong in them.</summary>
    /// <param name="mail">"booked.de"</param>
    public static (MailTemplate? Template, IReadOnlyList<MailFault> Faults) Parse(string mail, string text) =>
        mail.Split('.') is [var name, var language] && MailTemplate.Has(name)
            ? MailTemplate.Read(name, Article.Parse(Folder + name, language, text))
            : (null, [new(MailFaultKind.NoMail, 1, mail, MailTemplate.Names)]);

    private Dictionary<(string Office, string Mail, string Language), MailTemplate> GoodOf(TownContent town)
    {
        lock (_gate)
        {
            if (_town != town)
            {
                (_town, _good) = (town, []);
                foreach (var file in town.FilesBelow(Folder))
                {
                    Take(file);
                }
            }

            return _good;
        }
    }

    private void Take(Article file)
    {
        string[] path = file.Id[Folder.Length..].Split('/');
        var (template, faults) = path.Length <= 2 && MailTemplate.Has(path[^1]) ? MailTemplate.Read(path[^1], file)
            : (null, [new(MailFaultKind.NoMail, 1, file.Id, MailTemplate.Names)]);
        if (template is not null)
        {
            _good[(path.Length == 2 ? path[0] : AllOffices, path[^1], file.Language)] = template;
        }

        foreach (var fault in faults)
        {
            HubLog.MailTemplateWrong(log, $"{file.Id}.{file.Language}.md", fault.Sentence);
        }
    }
}

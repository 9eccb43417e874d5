using Aufruf.Portal.Content;

namespace Aufruf.Hub.Appointments;

/// <summary>The offices' own words for mails, in the content folder of their authority. They change without a restart.</summary>
/// <remarks>"mails/booked.de.md" is for all offices, "mails/rathaus/booked.de.md" for one. A file with a fault is not used.</remarks>
internal sealed class MailTemplates(ContentFolder content, ILogger<MailTemplates> log)
{
    private const string Folder = "mails/", German = "de", AllOffices = "";

    private readonly Lock _gate = new();
    private TownContent? _town;
    private Dictionary<(string Office, string Mail, string Language), MailTemplate> _good = [];

    /// <summary>In the citizen's language. Added words stand in German where they have no translation: they may be important.</summary>
    /// <param name="mail">"booked": the name of its file.</param>
    /// <param name="office">"alsdorf.rathaus"; null: it is about no office.</param>
    /// <returns>Null: the built-in mail.</returns>
    public MailTemplate? Find(string mail, string authority, string? office, string language)
    {
        var town = content.Now;
        if (town.Authority != authority)
        {
            return null;
        }

        var good = GoodOf(town);
        string[] folders = office is null ? [AllOffices] : [office[(office.IndexOf('.', StringComparison.Ordinal) + 1)..], AllOffices];
        return folders.Select(folder => good.GetValueOrDefault((folder, mail, language))).FirstOrDefault(found => found is not null)
            ?? folders.Select(folder => good.GetValueOrDefault((folder, mail, German))).FirstOrDefault(found => found is { Extends: true });
    }

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
            : (null, [$"line 1: there is no mail of this name. Use one of {MailTemplate.Names}, such as mails/booked.de.md."]);
        if (template is not null)
        {
            _good[(path.Length == 2 ? path[0] : AllOffices, path[^1], file.Language)] = template;
        }

        foreach (var fault in faults)
        {
            HubLog.MailTemplateWrong(log, $"{file.Id}.{file.Language}.md", fault);
        }
    }
}

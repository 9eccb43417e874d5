using Aufruf.Contracts;
using Aufruf.Portal.Texts;
using Microsoft.AspNetCore.Mvc;

namespace Aufruf.Portal.Administration.Towns;

/// <summary>All mails to citizens in all languages, and which of them have the town's own words.</summary>
public sealed class MailsPage(ITownAdministration towns, ITownMails mails) : TownPage(towns, mails)
{
    public IReadOnlyList<MailKind> Kinds => Mails.Kinds;

    public static IEnumerable<string> Languages => PortalTexts.OfCitizens.Select(words => words.Language);

    public bool IsOwn(string mail, string language) => Desk?.Current.Mails.ContainsKey($"{mail}.{language}") is true;

    public Task<IActionResult> OnGetAsync() => InTownAsync(_ => Task.FromResult<IActionResult>(Page()));
}

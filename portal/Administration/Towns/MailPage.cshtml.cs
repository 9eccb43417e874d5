using Aufruf.Contracts;
using Aufruf.Portal.Identity;
using Aufruf.Portal.Texts;
using Aufruf.Portal.Web;
using Microsoft.AspNetCore.Mvc;

namespace Aufruf.Portal.Administration.Towns;

/// <summary>One mail in one language: the built-in words, the town's own, and the mail as a citizen would get it.</summary>
public sealed class MailPage(ITownAdministration towns, ITownMails mails) : TownPage(towns, mails)
{
    private const int LongestSubject = 200;

    [FromQuery(Name = "mail")] public string Mail { get; set; } = "";

    /// <summary>The language of the citizen.</summary>
    [FromQuery(Name = "in")] public string Language { get; set; } = "de";

    public MailKind? Kind => Mails.Kinds.FirstOrDefault(kind => kind.Id == Mail);

    /// <summary>In the form.</summary>
    public MailWords Words { get; private set; } = new("", true, "");

    public IReadOnlyList<MailFault> Faults { get; private set; } = [];

    /// <summary>Null: nothing is entered, or it is wrong.</summary>
    public MailPreview? Own { get; private set; }

    public MailPreview? Original { get; private set; }

    public bool IsOwn => Desk?.Current.Mails.ContainsKey(Key) is true;

    public string Direction => PortalTexts.For([Language]).Direction;

    public string Address => $"{Here}/mail?mail={Mail}&in={Language}&lang={Texts.Language}";

    /// <summary>Of the draft, or in force: an address cannot have the words of the form.</summary>
    public string Html => $"{Here}/mail?handler=Html&mail={Mail}&in={Language}";

    /// <summary>The line in the field; null: the fault is in the subject.</summary>
    public int? LineOf(MailFault fault) => fault.Line > Words.Head ? fault.Line - Words.Head : null;

    private string Key => $"{Mail}.{Language}";

    public Task<IActionResult> OnGetAsync() => InMailAsync(desk => ShowAsync(
        desk.Current.Mails.TryGetValue(Key, out var file) ? MailWords.Read(file) : new("", true, "")));

    public Task<IActionResult> OnGetHtmlAsync() => InMailAsync(desk =>
    {
        var html = Mails.Preview(Authority, Mail, Language, desk.Current.Mails.GetValueOrDefault(Key))?.Html ?? "";
        HttpContext.Features.Set(new SafetyHeaders.MailInFrame(html));
        return Task.FromResult<IActionResult>(Content(html, "text/html; charset=utf-8"));
    });

    [HandlerNeeds(Domain.Identity.Permission.Configure)]
    public Task<IActionResult> OnPostAsync([FromForm] string? subject, [FromForm] string? extends, [FromForm] string? words,
        [FromForm(Name = "do")] string? act, [FromForm] int seen, [FromForm] int edition) => InMailAsync(desk =>
        {
            var entered = new MailWords(OneLine(subject), extends is "yes", (words ?? "").Trim());
            if (act == "original" || (entered.Subject.Length == 0 && entered.Text.Length == 0 && act == "save"))
            {
                return DoAsync(Towns.SaveAsync(Authority, desk.Current with { Mails = desk.Current.Mails.Remove(Key) }, edition, seen,
                    SignedInAs), Address, "kept", () => ShowAsync(entered));
            }

            if (act == "save" && Mails.FaultsOf(Key, entered.File).Count == 0)
            {
                return DoAsync(Towns.SaveAsync(Authority, desk.Current with { Mails = desk.Current.Mails.SetItem(Key, entered.File) },
                    edition, seen, SignedInAs), Address, "kept", () => ShowAsync(entered));
            }

            Response.StatusCode = act == "save" ? 400 : 200;
            return ShowAsync(entered);
        });

    private Task<IActionResult> InMailAsync(Func<TownDesk, Task<IActionResult>> act) => InTownAsync(desk =>
        Kind is null || PortalTexts.OfCitizens.All(words => words.Language != Language)
            ? Task.FromResult<IActionResult>(NotFound()) : act(desk));

    private Task<IActionResult> ShowAsync(MailWords words)
    {
        Words = words;
        var isEmpty = words.Subject.Length == 0 && words.Text.Length == 0;
        Faults = isEmpty ? [] : Mails.FaultsOf(Key, words.File);
        Own = isEmpty || Faults.Count > 0 ? null : Mails.Preview(Authority, Mail, Language, words.File);
        Original = Mails.Preview(Authority, Mail, Language, null);
        return Task.FromResult<IActionResult>(Page());
    }

    private static string OneLine(string? subject)
    {
        var text = string.Join(' ', (subject ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return text.Length > LongestSubject ? text[..LongestSubject] : text;
    }
}

using Aufruf.Contracts;
using Aufruf.Domain;
using Aufruf.Domain.Towns;
using Aufruf.Portal.Identity;
using Aufruf.Portal.Staff;
using Microsoft.AspNetCore.Mvc;

namespace Aufruf.Portal.Administration.Towns;

/// <summary>A page about the settings of a town: to look at them, or to change them.</summary>
/// <remarks>Another town is answered like one that does not exist.</remarks>
[Needs(Domain.Identity.Permission.SeeConfiguration, AuthenticationSchemes = StaffAccess.Scheme)]
public abstract class TownPage(ITownAdministration towns, ITownMails mails) : StaffPage
{
    [FromRoute(Name = "authority")] public string Authority { get; set; } = "";

    /// <summary>Null: it cannot be read now.</summary>
    public TownDesk? Desk { get; private set; }

    /// <summary>Why the last choice was refused; null: it was not.</summary>
    public Refusal? Refused { get; private set; }

    public bool Unavailable { get; private set; }

    public bool MayChange => May(Domain.Identity.Permission.Configure, Authority);

    public string Here => $"/staff/{Authority}/town";

    /// <summary>The deed of the page before; null: none.</summary>
    public string? Done => Texts.Find($"admin.done.{Request.Query["done"]}") is null ? null : Request.Query["done"].ToString();

    /// <summary>The draft that the form was filled from; 0: there is none.</summary>
    public int Seen => Desk?.Known.Draft?.Revision ?? 0;

    /// <summary>The edition that the draft changes.</summary>
    public int BasedOn => Desk?.Known.Draft?.BasedOn ?? Desk?.Known.Edition ?? 0;

    protected ITownAdministration Towns => towns;

    protected ITownMails Mails => mails;

    /// <summary>"Colours › Links and buttons", "Mails › Confirmation › German".</summary>
    public string Named(string path) => path.Split('.') switch
    {
        ["theme", var colour] => $"{Texts["theme"]} › {Texts[$"theme.colour.{colour}"]}",
        ["logo", ..] => Texts["logo"],
        ["mails", var mail, var language] => $"{Texts["mails"]} › {NameOf(mail, language)}",
        _ => path,
    };

    /// <summary>"Confirmation › German"</summary>
    public string NameOf(string mail, string language) =>
        $"{Texts.Find($"mails.kind.{mail}") ?? mail} › {Texts.Find($"conf.language.{language}") ?? language}";

    /// <summary>"The action colour on its ground has 2.9:1, and needs 4.5:1."</summary>
    public string Sentence(ThemeFault fault) => fault.Front is null
        ? Texts.Say("theme.malformed", ("colour", Texts[$"theme.colour.{fault.Colour}"]))
        : Texts.Say("theme.fault", ("front", Texts[$"theme.var.{fault.Front}"]), ("ground", Texts[$"theme.var.{fault.Ground}"]),
            ("ratio", Shown(fault.Ratio)), ("needed", Shown(fault.Needed)));

    public string Sentence(MailFault fault) => Texts.Say($"mails.fault.{Kebab(fault.Kind)}", ("name", fault.Name), ("known", fault.Known));

    /// <summary>Rounded down: 4.46 is not 4.5.</summary>
    private string Shown(double ratio) => (Math.Floor(ratio * 10) / 10).ToString("0.0", Texts.Culture);

    private static string Kebab(MailFaultKind kind) => System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName($"{kind}");

    protected async Task<IActionResult> InTownAsync(Func<TownDesk, Task<IActionResult>> act)
    {
        if (!MayDo(Domain.Identity.Permission.SeeConfiguration, Domain.Identity.Permission.Configure, Authority))
        {
            return NotFound();
        }

        try
        {
            Desk = towns.Find(Authority);
            return Desk is null ? NotFound() : await act(Desk);
        }
        catch (Exception error) when (error is JournalUnavailableException or UnreadableStreamException)
        {
            (Unavailable, Response.StatusCode) = (true, 503);
            return Page();
        }
    }

    /// <summary>Carries out a change, and goes on; a refusal is said on this page, which shows the town as it is now.</summary>
    protected async Task<IActionResult> DoAsync(Task<TownAnswer> change, string next, string done, Func<Task<IActionResult>> refused)
    {
        var answer = await change;
        if (answer.Refusal is not { } refusal)
        {
            return LocalRedirect($"{next}{(next.Contains('?', StringComparison.Ordinal) ? '&' : '?')}lang={Texts.Language}&done={done}");
        }

        (Refused, Desk) = (refusal, answer.Desk ?? Desk);
        Response.StatusCode = refusal.Kind is RefusalKind.NotFound ? 404 : 409;
        return await refused();
    }
}

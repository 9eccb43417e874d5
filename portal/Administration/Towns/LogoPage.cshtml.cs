using Aufruf.Contracts;
using Aufruf.Domain;
using Aufruf.Domain.Offices;
using Aufruf.Domain.Towns;
using Aufruf.Portal.Identity;
using Aufruf.Portal.Texts;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace Aufruf.Portal.Administration.Towns;

/// <summary>The logo of a town, with the text for those who do not see it.</summary>
[RequestSizeLimit(LargestForm)]
public sealed class LogoPage(ITownAdministration towns, ITownMails mails) : TownPage(towns, mails)
{
    // A picture that is somewhat too large still gets a sentence.
    private const int LargestForm = 4 * 1024 * 1024, LargestPicture = 1024 * 1024;

    public static IEnumerable<string> Languages => PortalTexts.OfCitizens.Select(words => words.Language);

    /// <summary>The picture of the draft, or the one in force; null: there is none.</summary>
    public TownLogo? Shown => Desk?.Current.Logo;

    /// <summary>The texts in the form.</summary>
    public IReadOnlyDictionary<string, string> Entered { get; private set; } = new Dictionary<string, string>();

    public bool IsPictureWrong => Refused == Refusal.LogoWrong;

    public bool IsTextMissing => Refused == Refusal.LogoUnnamed;

    public Task<IActionResult> OnGetAsync() => InTownAsync(desk => ShowAsync(desk.Current.Logo?.Alt ?? []));

    [HandlerNeeds(Domain.Identity.Permission.Configure)]
    public Task<IActionResult> OnPostAsync(IFormFile? picture, [FromForm] Dictionary<string, string?>? alt,
        [FromForm(Name = "do")] string? act, [FromForm] int seen, [FromForm] int edition) => InTownAsync(async desk =>
        {
            Domain.Offices.Texts texts = [];
            foreach (var language in Languages)
            {
                if (alt?.GetValueOrDefault(language)?.Trim() is { Length: > 0 } text)
                {
                    texts[language] = text.Length > TownLogo.LongestAlt ? text[..TownLogo.LongestAlt] : text;
                }
            }

            var logo = act == "remove" ? null
                : new TownLogo(picture is null ? desk.Current.Logo?.Picture ?? "" : await ReadAsync(picture), texts);
            return await DoAsync(Towns.SaveAsync(Authority, desk.Current with { Logo = logo }, edition, seen, SignedInAs),
                $"{Here}/logo", "kept", () => ShowAsync(texts));
        });

    /// <summary>Base64. A file that is too large is not even read.</summary>
    private static async Task<string> ReadAsync(IFormFile picture)
    {
        if (picture.Length > LargestPicture)
        {
            return "";
        }

        using var copy = new MemoryStream();
        await picture.CopyToAsync(copy);
        return Convert.ToBase64String(copy.GetBuffer().AsSpan(0, (int)copy.Length));
    }

    private Task<IActionResult> ShowAsync(IReadOnlyDictionary<string, string> texts)
    {
        Entered = texts;
        return Task.FromResult<IActionResult>(Page());
    }
}

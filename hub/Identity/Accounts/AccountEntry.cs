using System.Globalization;
using System.Text.RegularExpressions;
using Aufruf.Contracts;
using Aufruf.Domain.Cases.Declarations;
using Aufruf.Grains;
using Aufruf.Hub.Identity.Providers;
using Aufruf.Portal.Identity;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;

namespace Aufruf.Hub.Identity.Accounts;

/// <summary>Takes the answer of the citizens' service, and begins the session.</summary>
internal sealed partial class AccountEntry(AppointmentSecrets secrets, IOptions<HubOptions> hub, LimitedLog log, TimeProvider clock)
    : ProviderCheck(log, clock)
{
    /// <summary>The least level that the page needs.</summary>
    public const string Least = "least";

    private const int LongestText = 200;

    public OpenIdConnectEvents EventsOf(string authority) => EventsOf(authority, hub.Value.Accounts[authority]);

    /// <summary>The page of the own account with a sentence.</summary>
    public static string WayBack(string why, string? to) => QueryHelpers.AddQueryString("/account", to is null
        ? new Dictionary<string, string?> { ["why"] = why } : new() { ["why"] = why, ["to"] = to });

    protected override string NameOf(string authority) => $"{authority} (citizens)";

    protected override string StrengthFor(string authority, AuthenticationProperties way) =>
        hub.Value.Accounts[authority].WordsFrom(
            way.Items.TryGetValue(Least, out var word) && Enum.TryParse<TrustLevel>(word, out var least) ? least : TrustLevel.Low);

    protected override ProviderRefusedException? WhyNot(ProviderAnswer answer, string authority, AuthenticationProperties? way) => null;

    protected override string BackTo(string authority, string why, string? to) => WayBack(why, to);

    protected override async Task<string> EnterAsync(
        HttpContext http, string authority, ProviderAnswer answer, string? to, AuthenticationProperties? way)
    {
        var service = hub.Value.Accounts[authority];
        // The checked token alone says how the person signed in.
        if (service.LevelOf((answer with { About = null }).Text(service.TrustClaim)) is not { } trust)
        {
            return WayBack("weak", to);
        }

        if (Text(service.PersonClaim) is not { } person)
        {
            return WayBack("failed", to);
        }

        var street = Text(service.StreetClaim);
        var (name, number) = service.NumberClaim.Length > 0 ? (street, Text(service.NumberClaim)) : Divided(street);
        await http.EnterAsync(new CitizenAccount(authority, secrets.PersonOf(authority, service.Issuer, person), trust,
            new(Text(service.GivenNamesClaim), Text(service.FamilyNameClaim), Text(service.DoctorateClaim),
                DateOnly.TryParseExact(Text(service.BirthDateClaim), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None,
                    out var born) ? born.ToString("O", CultureInfo.InvariantCulture) : null,
                name, number, Text(service.ExtraClaim), Text(service.PostcodeClaim), Text(service.TownClaim), Text(service.MailClaim))));
        return to ?? "/account";

        string? Text(string claim) =>
            claim.Length > 0 && answer.Text(claim)?.Trim() is { Length: > 0 and <= LongestText } text ? text : null;
    }

    /// <summary>"Am Alten Markt 17 b": the street, and from its last number on the house.</summary>
    internal static (string? Street, string? Number) Divided(string? line) =>
        HouseNumber().Match(line ?? "") is { Success: true } found ? (found.Groups[1].Value, found.Groups[2].Value) : (line, null);

    [GeneratedRegex(@"^(.*\D)\s+(\d\S*(?:\s+[a-zA-Z])?)$", RegexOptions.NonBacktracking)]
    private static partial Regex HouseNumber();
}

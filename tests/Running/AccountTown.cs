using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using Aufruf.Contracts;
using Aufruf.Domain.Cases;
using Aufruf.Domain.Identity;
using Aufruf.Hub.Running;
using Aufruf.Tests.Hub.Letters;
using Microsoft.Extensions.DependencyInjection;

namespace Aufruf.Tests.Running;

/// <summary>A town whose citizens may sign in. It has a seal, a clerk, and the demo's register with one resident more.</summary>
public sealed class AccountTown : IAsyncLifetime
{
    public const string Town = "alsdorf", Procedure = "residence-certificate", Family = "Unverkennbar";

    private readonly TempFolder _folder = new();
    private InnerHub? _hub;
    private InnerProvider? _provider;

    internal InnerHub Hub => _hub!;

    internal InnerProvider Provider => _provider!;

    internal StaffPerson Anna { get; private set; } = StaffPerson.FirstClerk;

    internal T The<T>() where T : notnull => Hub.Services.GetRequiredService<T>();

    public async ValueTask InitializeAsync()
    {
        using (var certificate = LetterRoom.Certificate())
        {
            await File.WriteAllBytesAsync(_folder.File("seal.p12"), certificate.Export(X509ContentType.Pkcs12, "secret"));
        }

        _folder.Write("password", "secret\n");
        var register = JsonNode.Parse(await File.ReadAllTextAsync(InnerProvider.Residents))!;
        register["residents"]!.AsArray().Add(new JsonObject
        {
            ["given"] = "Zoë",
            ["family"] = Family,
            ["born"] = "1990-02-28",
            ["street"] = "Hubertusstraße",
            ["number"] = "17",
            ["postcode"] = "52477",
            ["town"] = "Alsdorf",
        });
        _folder.Write("residents.json", register.ToJsonString());
        _provider = await InnerProvider.StartAsync();
        _hub = await TestHub.StartAsync(options: [.. Provider.AccountSettings,
            $"--Hub:Procedures={Repository.PathOf("hub", "procedures")}", $"--Hub:Residents:{Town}={_folder.File("residents.json")}",
            $"--Hub:Seals:{Town}:CertificateFile={_folder.File("seal.p12")}",
            $"--Hub:Seals:{Town}:PasswordFile={_folder.File("password")}",
            // Nothing has to be paid for a file, so this provider is never asked.
            $"--Hub:Payments:{Town}:Kind=xbezahldienste", $"--Hub:Payments:{Town}:Address=http://127.0.0.1:9/",
            $"--Hub:Payments:{Town}:SignIn=password", $"--Hub:Payments:{Town}:User=alsdorf",
            $"--Hub:Payments:{Town}:SecretFile={_folder.File("password")}", $"--Hub:Payments:{Town}:Originator=alsdorf",
            $"--Hub:Payments:{Town}:Endpoint=kasse"]);
        Hub.Clock.Skipped += ClockWatch.Probation; // Before that no deadline is met.
        Anna = await Hub.HireAsync(Town, "anna", (Role.CaseWork.Id, Town));
    }

    public async ValueTask DisposeAsync()
    {
        await Hub.DisposeAsync();
        await Provider.DisposeAsync();
        _folder.Dispose();
    }

    /// <summary>The next one who comes to the service.</summary>
    /// <param name="alter">Changes the answer before it is signed.</param>
    internal void Comes(string given, string level = "STORK-QAA-Level-3", Action<JsonObject>? alter = null) =>
        Comes(new JsonObject
        {
            ["sub"] = $"pairwise-{given}",
            ["acr"] = level,
            ["given_name"] = given,
            ["family_name"] = Family,
            ["birthdate"] = "1990-02-28",
            ["address"] = new JsonObject
            {
                ["street_address"] = "Hubertusstraße 17",
                ["postal_code"] = "52477",
                ["locality"] = "Alsdorf",
            },
        }, alter);

    /// <param name="account">Empty: the demo's page asks for a resident.</param>
    internal void Comes(JsonObject account, Action<JsonObject>? alter = null)
    {
        Provider.Account = account;
        Provider.Signed = "RS256";
        Provider.Alter = said =>
        {
            var now = Hub.Clock.GetUtcNow(); // The tests change the hub's clock.
            (said["iat"], said["exp"]) = (now.ToUnixTimeSeconds(), now.AddMinutes(5).ToUnixTimeSeconds());
            alter?.Invoke(said);
        };
    }

    /// <summary>A browser of somebody who has signed in.</summary>
    internal async Task<CitizenBrowser> EnterAsync(string given, string level = "STORK-QAA-Level-3")
    {
        Comes(given, level);
        CitizenBrowser browser = new(Hub.Address, hasAccount: true);
        await SignInAsync(browser, "/account");
        return browser;
    }

    /// <summary>Presses the button of a page that asks for a sign-in.</summary>
    /// <remarks>A busy machine may need more than the five seconds of a sign-in. So a silent service is asked again.</remarks>
    internal static async Task SignInAsync(CitizenBrowser browser, string page)
    {
        for (var tries = 0; tries == 0 || (tries < 4 && browser.At.Contains("why=down", StringComparison.Ordinal)); tries++)
        {
            await browser.GoAsync(page);
            await browser.GoAsync(browser.Links.First(link => link.StartsWith("/account/sign-in/", StringComparison.Ordinal)));
        }
    }

    /// <summary>An application up to its check.</summary>
    /// <returns>Its code.</returns>
    internal static async Task<string> FillInAsync(CitizenBrowser browser)
    {
        await browser.GoAsync($"/apply/{Procedure}");
        await browser.SubmitAsync();
        var code = browser.At.Split('/')[2];
        await browser.SubmitAsync();
        await browser.SubmitAsync(("form", "electronic"));
        Assert.EndsWith("/check", browser.At, StringComparison.Ordinal);
        return code;
    }

    internal Task<CitizenCase> CaseAsync(string number) =>
        The<IGrainFactory>().GetGrain<ICaseGrain>(CitizenCase.StreamOf(Town, number)).View();

    internal Task UntilAsync(string number, CaseState state) =>
        Hub.UntilAsync(async () => (await CaseAsync(number)).State == state, $"{number} is {state}");
}

using System.Net;
using System.Text;
using Aufruf.Contracts;
using Aufruf.Domain;
using Aufruf.Domain.Cases;
using Aufruf.Domain.Cases.Declarations;
using Aufruf.Hub.Identity.Accounts;
using Aufruf.Tests.Running;
using static Aufruf.Tests.Running.AccountTown;

namespace Aufruf.Tests.Flows;

/// <summary>Citizens sign in with an account. The service is OpenIddict, inside the tests; its answer has the shape of BundID's.</summary>
[Trait("Needs", "process")]
public sealed partial class AccountTests(AccountTown town) : IClassFixture<AccountTown>
{
    [Fact]
    public async Task A_citizen_signs_in_has_the_certificate_at_once_and_sees_each_look_at_the_case_until_it_is_destroyed()
    {
        town.Comes("Zoë");
        using var zoe = new CitizenBrowser(town.Hub.Address, hasAccount: true);
        await zoe.GoAsync($"/apply/{Procedure}");
        Assert.Contains("Mit BundID anmelden", zoe.Page, StringComparison.Ordinal);
        Assert.DoesNotContain("id=\"begin\"", zoe.Page, StringComparison.Ordinal);
        await SignInAsync(zoe, $"/apply/{Procedure}");
        Assert.Equal($"/apply/{Procedure}", zoe.At);
        var asked = town.Provider.Asked!;
        Assert.Equal(("S256", "code", InnerProvider.Citizens), (asked.CodeChallengeMethod, asked.ResponseType, asked.ClientId));
        Assert.StartsWith("STORK-QAA-Level-3 ", asked.AcrValues, StringComparison.Ordinal);
        Assert.DoesNotContain("Level-1", asked.AcrValues, StringComparison.Ordinal);

        await zoe.SubmitAsync();
        Assert.EndsWith("/form/you", zoe.At, StringComparison.Ordinal);
        var code = zoe.At.Split('/')[2];
        Assert.Contains($"Zoë {Family}", WebUtility.HtmlDecode(zoe.Page), StringComparison.Ordinal);
        Assert.Contains("Aus Ihrem Konto", zoe.Page, StringComparison.Ordinal);
        Assert.DoesNotContain("name=\"name.given\"", zoe.Page, StringComparison.Ordinal);
        // A form with answers of the account changes none of them.
        await zoe.SubmitAsync(("name.family", "Gefälscht"), ("born", "1950-01-01"), ("address.town", "Köln"), ("registered", "false"));
        await zoe.SubmitAsync(("form", "electronic"));
        Assert.EndsWith("/check", zoe.At, StringComparison.Ordinal);
        Assert.Contains(Family, zoe.Page, StringComparison.Ordinal);
        Assert.Contains("28.2.1990", zoe.Page, StringComparison.Ordinal);
        await zoe.SubmitAsync();
        var number = (await town.The<ICitizenCases>().ViewAsync(Town, code))!.Number!;
        await town.UntilAsync(number, CaseState.Dispatched);
        var paper = Assert.Single(await town.The<ICaseDocuments>().ListAsync(Town, code));
        var words = PaperTown.WordsOf((await town.The<ICaseDocuments>().OpenAsync(Town, code, paper.Document))!.Content);
        Assert.Contains($"bescheinigt für Zoë {Family}, geboren am 28. Februar 1990", words, StringComparison.Ordinal);
        Assert.Contains("Hubertusstraße 17, 52477 Alsdorf", words, StringComparison.Ordinal);
        await zoe.GoAsync($"/case/{code}/documents/{paper.Document}");
        Assert.StartsWith("%PDF", zoe.Page, StringComparison.Ordinal);
        Assert.Contains("/ByteRange", zoe.Page, StringComparison.Ordinal); // Sealed: see SealedPaperTests.

        using var anna = await StaffBrowser.SignInAsync(town.Hub, town.Anna);
        for (var look = 0; look < 2; look++)
        {
            Assert.Contains(Family, await anna.ReadAsync($"/staff/{Town}/cases/{number}"), StringComparison.Ordinal);
        }

        // A page is not asked again and again: it has a limit.
        var (accounts, person) = (town.The<ICitizenAccounts>(), (await town.The<ICitizenCases>().OwnerAsync(Town, code))!.Person);
        await town.Hub.UntilAsync(async () => (await accounts.ViewAsync(AccountOf(person))).Looks.Count == 1, "The look is there");
        var own = await OwnAsync(zoe);
        Assert.Contains($"href=\"/case/{code}\"", own, StringComparison.Ordinal);
        Assert.Single(own.Split("Bürgeramt hat").Skip(1)); // Twice within an hour is once.
        Assert.DoesNotContain("anna", own, StringComparison.OrdinalIgnoreCase);

        // It is closed, kept for a year, destroyed. No place says its name.
        town.Hub.Clock.Skipped += TimeSpan.FromDays(2);
        await town.UntilAsync(number, CaseState.Closed);
        town.Hub.Clock.Skipped += TimeSpan.FromDays(370);
        await town.UntilAsync(number, CaseState.Destroyed);
        using var later = await town.EnterAsync("Zoë");
        await town.Hub.UntilAsync(async () => (await accounts.ViewAsync(AccountOf(person))).Cases.Count == 0, "It is not listed");
        Assert.DoesNotContain(number, await OwnAsync(later), StringComparison.Ordinal);
        foreach (var file in Directory.GetFiles(town.Hub.Data, "*", SearchOption.AllDirectories)
            .Where(file => !file.EndsWith(".lock", StringComparison.Ordinal)))
        {
            Assert.True((await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken)).AsSpan()
                .IndexOf(Encoding.UTF8.GetBytes(Family)) < 0, file);
        }

        Assert.DoesNotContain(Family, town.Hub.Words, StringComparison.Ordinal);
        Assert.DoesNotContain("pairwise", town.Hub.Words, StringComparison.Ordinal);

        await later.GoAsync("/account");
        await later.SubmitAsync();
        Assert.Contains("data-state=\"out\"", later.Page, StringComparison.Ordinal);
        Assert.Contains($"{town.Provider.Issuer}end?client_id={InnerProvider.Citizens}", WebUtility.HtmlDecode(later.Page),
            StringComparison.Ordinal);
        await later.GoAsync("/account");
        Assert.Contains("data-state=\"out\"", later.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_draft_opens_for_its_account_alone_and_a_person_whom_the_register_does_not_know_waits_for_a_clerk()
    {
        using var otto = await town.EnterAsync("Otto");
        var code = await FillInAsync(otto);
        var check = otto.Page;
        using var nobody = new CitizenBrowser(town.Hub.Address);
        foreach (var page in (string[])["", "/form/you", "/check", "/pay", "/withdraw", "/message", "/documents/file"])
        {
            await nobody.GoAsync($"/case/{code}{page}");
            Assert.StartsWith("/account?to=", nobody.At, StringComparison.Ordinal);
        }

        using var eve = await town.EnterAsync("Eve");
        await eve.GoAsync($"/case/{code}/check");
        Assert.Equal(HttpStatusCode.NotFound, eve.Status);
        eve.Show(check);
        await eve.SubmitAsync();
        Assert.Equal(HttpStatusCode.NotFound, eve.Status);
        using var weak = await town.EnterAsync("Otto", "STORK-QAA-Level-1");
        await weak.GoAsync($"/case/{code}/form/you");
        Assert.Contains("why=weak", weak.At, StringComparison.Ordinal);
        Assert.Contains("Online-Ausweis", weak.Page, StringComparison.Ordinal);

        // The hub itself asks once more when it is sent.
        var (cases, accounts) = (town.The<ICitizenCases>(), town.The<ICitizenAccounts>());
        var owner = (await cases.OwnerAsync(Town, code))!;
        Assert.Equal("account-needed", (await cases.SubmitAsync(Town, code, 2, New())).Refusal?.Code);
        Assert.Equal("account-needed", (await cases.SubmitAsync(Town, code, 2, New())).Refusal?.Code);
        Assert.Equal("application-gone", (await accounts.SubmitAsync(AccountOf("another"), code, 2, New())).Refusal?.Code);
        Assert.Equal("account-too-weak",
            (await accounts.SubmitAsync(AccountOf(owner.Person, TrustLevel.Low), code, 2, New())).Refusal?.Code);
        Assert.Equal("procedure-not-offered", (await cases.BeginAsync(Town, Procedure, "de", New())).Refusal?.Code);
        Assert.Equal("account-too-weak",
            (await accounts.BeginAsync(AccountOf(owner.Person, TrustLevel.Low), Procedure, "de", New())).Refusal?.Code);

        otto.Show(check);
        await otto.SubmitAsync();
        var number = (await cases.ViewAsync(Town, code))!.Number!;
        Assert.Equal(CaseState.InProgress, (await town.CaseAsync(number)).State);
        var staff = town.The<IStaffCases>();
        await town.Hub.UntilAsync(async () => await staff.FindAsync(Town, number, "anna") is not null, "The case is known");
        Assert.Null((await staff.DoAsync(Town, number, "anna", new(CaseDeedKind.Grant), New()))?.English);
        await town.UntilAsync(number, CaseState.Dispatched);
        await otto.GoAsync($"/case/{code}");
        Assert.Contains("Meldebescheinigung (PDF)", otto.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_whose_session_is_over_keeps_its_answers_until_the_citizen_has_signed_in_again()
    {
        using var ida = await town.EnterAsync("Ida");
        await ida.GoAsync($"/apply/{Procedure}");
        await ida.SubmitAsync();
        town.Hub.Clock.Skipped += TimeSpan.FromMinutes(61);
        await ida.SubmitAsync(("mail", "ida@example.org"));
        Assert.StartsWith("/account/again", ida.At, StringComparison.Ordinal);
        Assert.Contains("name=\"mail\" value=\"ida@example.org\"", ida.Page, StringComparison.Ordinal);
        var kept = ida.Page;
        town.Comes("Ida");
        await SignInAsync(ida, "/account");
        ida.Show(kept);
        await ida.SubmitAsync();
        Assert.EndsWith("/form/form", ida.At, StringComparison.Ordinal);
        await ida.GoAsync(ida.At.Replace("/form/form", "/form/you", StringComparison.Ordinal));
        Assert.Contains("value=\"ida@example.org\"", ida.Page, StringComparison.Ordinal);

        // A form that no page of ours has sent counts as one without a session.
        using var forged = new HttpClient { BaseAddress = town.Hub.Address };
        using var form = new FormUrlEncodedContent([KeyValuePair.Create("mail", "eve@example.org")]);
        forged.DefaultRequestHeaders.Add("Cookie", ida.Cookies.GetCookieHeader(town.Hub.Address));
        using var answer = await forged.PostAsync(new Uri(ida.At, UriKind.Relative), form, TestContext.Current.CancellationToken);
        await ida.GoAsync(ida.At);
        Assert.Contains("value=\"ida@example.org\"", ida.Page, StringComparison.Ordinal);
    }

    public static TheoryData<string, string> Faults => new()
    {
        { "nonce", "failed" }, { "audience", "failed" }, { "issuer", "failed" }, { "foreign", "failed" }, { "none", "failed" },
        { "HS256", "failed" }, { "old", "clock" }, { "level", "weak" }, { "no-level", "weak" },
    };

    [Theory, MemberData(nameof(Faults))]
    public async Task An_answer_of_the_service_that_is_not_as_it_must_be_begins_no_session(string fault, string why)
    {
        town.Comes("Mallory", alter: said => _ = (object?)(fault switch
        {
            "nonce" => said["nonce"] = "of another browser",
            "audience" => said["aud"] = InnerProvider.Client, // The client of the staff.
            "issuer" => said["iss"] = "http://127.0.0.1:1/",
            "old" => said["iat"] = town.Hub.Clock.GetUtcNow().AddMinutes(-6).ToUnixTimeSeconds(),
            "level" => said["acr"] = "password",
            "no-level" => said.Remove("acr"),
            _ => null,
        }));
        town.Provider.Signed = fault is "foreign" or "none" or "HS256" ? fault : "RS256";
        using var mallory = new CitizenBrowser(town.Hub.Address, hasAccount: true);
        await SignInAsync(mallory, "/account");
        Assert.StartsWith($"/account?why={why}", mallory.At, StringComparison.Ordinal);
        await mallory.GoAsync("/account");
        Assert.Contains("data-state=\"out\"", mallory.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_the_service_a_sentence_says_so_and_the_counter_is_the_way_out()
    {
        town.Comes("Karl");
        await town.Provider.StopAsync();
        town.Hub.Clock.Skipped += TimeSpan.FromSeconds(3); // Its last answer is forgotten.
        using var karl = new CitizenBrowser(town.Hub.Address, hasAccount: true);
        await karl.GoAsync($"/apply/{Procedure}");
        await karl.GoAsync(karl.Links.First(link => link.StartsWith("/account/sign-in/", StringComparison.Ordinal)));
        Assert.StartsWith("/account?why=down&to=", karl.At, StringComparison.Ordinal);
        Assert.Contains("BundID antwortet nicht", karl.Page, StringComparison.Ordinal);
        Assert.Contains("am Schalter", karl.Page, StringComparison.Ordinal);
        await town.Provider.StartAgainAsync();
        town.Hub.Clock.Skipped += TimeSpan.FromSeconds(3);
        await SignInAsync(karl, $"/apply/{Procedure}");
        Assert.Equal($"/apply/{Procedure}", karl.At);
    }

    [Fact]
    public void Settings_of_the_service_are_checked_and_its_words_mean_levels()
    {
        AccountOptions service = new() { Issuer = "https://id.example", ClientId = "aufruf", ClientSecretFile = TestHub.DemoOffice };
        Assert.Equal(TrustLevel.High, service.LevelOf("http://eidas.europa.eu/LoA/high"));
        Assert.Null(service.LevelOf("password"));
        service.High = service.Low;
        Assert.Equal(2, service.Wrong("town").Count()); // The demo office is too large for a secret, and two levels share words.
        Assert.Equal(("Am Alten Markt", "17 b"), AccountEntry.Divided("Am Alten Markt 17 b"));
        Assert.Equal(("Straße des 17. Juni", "135"), AccountEntry.Divided("Straße des 17. Juni 135"));
        Assert.Equal(("Lindenhof", null), AccountEntry.Divided("Lindenhof"));
    }

    private static async Task<string> OwnAsync(CitizenBrowser citizen)
    {
        await citizen.GoAsync("/account");
        return WebUtility.HtmlDecode(citizen.Page);
    }

    private static CitizenAccount AccountOf(string person, TrustLevel trust = TrustLevel.High) =>
        new(Town, person, trust, new(null, null, null, null, null, null, null, null, null, null));

    private static RequestId New() => new(Guid.CreateVersion7());
}

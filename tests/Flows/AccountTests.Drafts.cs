using System.Net;
using Aufruf.Contracts;
using Aufruf.Domain.Cases;
using Aufruf.Grains;
using Aufruf.Grains.Journal;
using Aufruf.Provider.Accounts;
using Aufruf.Tests.Running;
using static Aufruf.Tests.Running.AccountTown;

namespace Aufruf.Tests.Flows;

/// <summary>Applications that an account began and did not send; and the demo's sign-in.</summary>
public sealed partial class AccountTests
{
    [Fact]
    public async Task An_own_draft_is_listed_for_its_person_alone_until_it_is_sent_discarded_or_over()
    {
        using var lea = await town.EnterAsync("Lea");
        await lea.GoAsync($"/apply/{Procedure}");
        await lea.SubmitAsync();
        var first = lea.At.Split('/')[2];
        var second = await FillInAsync(lea);
        var check = lea.Page;
        var own = await OwnAsync(lea);
        Assert.Contains("Noch nicht abgeschickt", own, StringComparison.Ordinal);
        Assert.All((string[])[first, second], code => Assert.Contains($"href=\"/case/{code}/form\"", own, StringComparison.Ordinal));
        using var eve = await town.EnterAsync("Eva");
        Assert.DoesNotContain("id=\"drafts\"", await OwnAsync(eve), StringComparison.Ordinal);
        await PressAsync(eve, own, "discard", first);
        Assert.Equal(HttpStatusCode.NotFound, eve.Status);

        // A weaker sign-in sees that there is one, and cannot delete it.
        using var weak = await town.EnterAsync("Lea", "STORK-QAA-Level-1");
        Assert.DoesNotContain("Entwurf löschen", await OwnAsync(weak), StringComparison.Ordinal);
        await PressAsync(weak, own, "discard", first);
        Assert.Contains("sicherere Anmeldung", weak.Page, StringComparison.Ordinal);

        await PressAsync(lea, own, "discard", first);
        Assert.StartsWith("/account?why=discarded", lea.At, StringComparison.Ordinal);
        Assert.DoesNotContain($"href=\"/case/{first}/form\"", lea.Page, StringComparison.Ordinal);
        var discarded = WebUtility.HtmlDecode(lea.Page);
        Assert.Contains("Rückgängig machen", discarded, StringComparison.Ordinal);
        await lea.GoAsync($"/case/{first}/form/you"); // The way back, and no answer.
        Assert.Equal($"/case/{first}", lea.At.Split('?')[0]);
        Assert.DoesNotContain(Family, lea.Page, StringComparison.Ordinal);
        await eve.GoAsync($"/case/{first}/form/you");
        Assert.Equal(HttpStatusCode.NotFound, eve.Status);
        await PressAsync(lea, discarded, "restore", first);
        Assert.Contains("Der Entwurf ist wieder da", lea.Page, StringComparison.Ordinal);
        await lea.GoAsync($"/case/{first}/form/you");
        Assert.Contains(Family, lea.Page, StringComparison.Ordinal);

        // Discarded for good it leaves the file. The journal alone gives the same list, so a hub that starts anew has it.
        await PressAsync(lea, await OwnAsync(lea), "discard", first);
        town.Hub.Clock.Skipped += CaseDraft.TimeToRestore + TimeSpan.FromSeconds(1);
        var person = (await town.The<ICitizenCases>().OwnerAsync(Town, second))!.Person;
        var file = town.The<IGrainFactory>().GetGrain<IPersonFileGrain>(PersonFile.StreamOf(Town, person));
        await town.Hub.UntilAsync(async () => (await file.View()).Drafts.Count == 1, "One draft is left");
        Assert.DoesNotContain($"value=\"{first}\"", await OwnAsync(lea), StringComparison.Ordinal);
        await PressAsync(lea, discarded, "restore", first);
        Assert.Contains("Diesen Entwurf gibt es nicht mehr", lea.Page, StringComparison.Ordinal);
        var again = PersonFile.Empty;
        await foreach (var entry in town.The<IJournal>().ReadAsync(PersonFile.StreamOf(Town, person), 0, CancellationToken.None))
        {
            again = EntryContent<PersonFileEvent>.Read(entry).Events.Aggregate(again, (state, happened) => state.Apply(happened));
        }

        Assert.Equal((await file.View()).Drafts, again.Drafts);

        lea.Show(check);
        await lea.SubmitAsync();
        Assert.Empty((await file.View()).Drafts);
        own = await OwnAsync(lea);
        Assert.DoesNotContain("id=\"drafts\"", own, StringComparison.Ordinal);
        Assert.Contains($"href=\"/case/{second}\"", own, StringComparison.Ordinal);

        // A form of an ended session waits for the sign-in, and a draft ends by itself.
        await lea.GoAsync($"/apply/{Procedure}");
        await lea.SubmitAsync();
        own = await OwnAsync(lea);
        town.Hub.Clock.Skipped += TimeSpan.FromDays(40);
        await PressAsync(lea, own, "discard", first);
        Assert.StartsWith("/account/again", lea.At, StringComparison.Ordinal);
        using var later = await town.EnterAsync("Lea");
        Assert.DoesNotContain("id=\"drafts\"", await OwnAsync(later), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_resident_of_the_demo_chooses_a_name_and_fetches_the_certificate()
    {
        town.Comes([]);
        using var erika = new CitizenBrowser(town.Hub.Address, hasAccount: true);
        await SignInAsync(erika, $"/apply/{Procedure}");
        var page = WebUtility.HtmlDecode(erika.Page);
        Assert.All((string[])["Demo-Anmeldung", "Mia Beispiel", "Erika Mustermann", "Jürgen Şahin-Probe"],
            words => Assert.Contains(words, page, StringComparison.Ordinal));
        Assert.Single(page.Split("Das reicht für diesen Antrag nicht").Skip(1)); // For Mia.
        await erika.GoAsync($"{erika.At}&{DemoAccounts.Choice}=");
        Assert.StartsWith("/account?why=cancelled", erika.At, StringComparison.Ordinal);
        await ChooseAsync(erika, 0);
        Assert.Equal($"/apply/{Procedure}", erika.At);
        Assert.Contains("nicht sicher genug", erika.Page, StringComparison.Ordinal);
        Assert.DoesNotContain("id=\"begin\"", erika.Page, StringComparison.Ordinal);
        await ChooseAsync(erika, 1);
        var code = await FillInAsync(erika);
        await erika.SubmitAsync();
        await town.UntilAsync((await town.The<ICitizenCases>().ViewAsync(Town, code))!.Number!, CaseState.Dispatched);
        var paper = Assert.Single(await town.The<ICaseDocuments>().ListAsync(Town, code));
        await erika.GoAsync($"/case/{code}/documents/{paper.Document}");
        Assert.StartsWith("%PDF", erika.Page, StringComparison.Ordinal);
        var words = PaperTown.WordsOf((await town.The<ICaseDocuments>().OpenAsync(Town, code, paper.Document))!.Content);
        Assert.Contains("bescheinigt für Erika Mustermann, geboren am 12. August 1964", words, StringComparison.Ordinal);
    }

    private static async Task ChooseAsync(CitizenBrowser citizen, int resident)
    {
        await SignInAsync(citizen, $"/apply/{Procedure}");
        await citizen.GoAsync($"{citizen.At}&{DemoAccounts.Choice}={DemoAccounts.SubjectOf(resident)}");
    }

    /// <summary>Presses the button of one draft, as a page of the own account shows it.</summary>
    private static Task PressAsync(CitizenBrowser citizen, string page, string act, string code)
    {
        citizen.Show(page[page.IndexOf("id=\"drafts\"", StringComparison.Ordinal)..]);
        return citizen.SubmitToAsync($"/account?handler={act}", ("code", code));
    }
}

using Aufruf.Contracts;
using Aufruf.Domain;
using Aufruf.Domain.Cases;
using Aufruf.Domain.Offices;
using Aufruf.Grains;
using Aufruf.Hub.Appointments;
using Aufruf.Hub.Cases;
using Aufruf.Tests.Running;
using Microsoft.Extensions.DependencyInjection;
using static Aufruf.Tests.Flows.PaperTown;

namespace Aufruf.Tests.Flows;

/// <summary>Letters of decisions through the true hub: ready, printed in a batch, posted, fetched by the citizen, and back.</summary>
[Trait("Needs", "process")]
public sealed class DispatchFlowTests(PaperTown town) : IClassFixture<PaperTown>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_decision_becomes_a_letter_in_the_batch_its_posting_starts_the_clocks_and_its_return_stops_them()
    {
        var (code, number) = await town.DecideAsync(CaseDeedKind.Grant);
        await town.UntilAsync(number, LetterState.Queued);
        var seen = (await town.Staff.FindAsync(Town, number, "anna"))!;
        Assert.DoesNotContain(CaseDeedKind.Post, seen.Deeds);
        Assert.Equal(Refusal.PostedByList,
            await town.Staff.DoAsync(Town, number, "anna", new(CaseDeedKind.Post, Day: town.Today), New()));
        Assert.Equal(["Eingangsbestätigung"], (await town.Documents.ListAsync(Town, code)).Select(paper => paper.Title["de"]));

        var batch = await town.PrintAsync();
        Assert.Equal(Refusal.NothingToPrint, await town.Dispatch.PrintAsync(Town, town.Today, "anna", New()));
        var (words, tag) = (await town.WordsOfBatchAsync(batch), await town.TagOfAsync(number));
        foreach (var part in (string[])["Versandliste vom", "Dieses Blatt bleibt im Haus.", "Zoë Unverkennbar", "Hubertusstraße 17",
            "52477 Alsdorf", "Steueramt", "Bescheid über die Hundesteuer", "Für Bello wird ab 1. Mai 2026 Hundesteuer erhoben.",
            "Der Jahresbetrag ist 96,00 Euro.", "sind 64,00 Euro fällig", "Rechtsbehelf", number, "Blatt 1 von 1",
            $"Die Steuermarke mit der Nummer {tag} liegt bei.", $"Beilage: Steuermarke {tag}"])
        {
            Assert.Contains(part, words, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("Wir ziehen den Betrag", words, StringComparison.Ordinal); // No direct debit, so no line about it.
        Assert.Equal(Refusal.PostingDayWrong,
            await town.Dispatch.PostAsync(Town, town.Today, batch, town.Today.AddDays(1), "anna", New()));
        Assert.Null(await town.Dispatch.PostAsync(Town, town.Today, batch, town.Today, "anna", New()));
        await town.UntilAsync(number, CaseState.Dispatched);
        Assert.DoesNotContain(CaseDeedKind.CameBack, (await town.Staff.FindAsync(Town, number, "anna"))!.Deeds);
        Assert.Equal(Refusal.PostedByList, await town.Staff.DoAsync(Town, number, "anna", new(CaseDeedKind.CameBack), New()));
        var posted = await town.CaseAsync(number);
        var announced = Announcing.AnnouncedOn("ao-122", town.Today, HolidaysOf.Nw)!.Value;
        Assert.Equal(announced.ToDateTime(TimeOnly.MinValue), TimeZoneInfo.ConvertTime(posted.Until!.Value, TestHub.Berlin).DateTime);
        Assert.Equal(Announcing.RemedyUntil(announced, 1, HolidaysOf.Nw).AddDays(1).ToDateTime(TimeOnly.MinValue),
            TimeZoneInfo.ConvertTime(posted.RemedyUntil!.Value, TestHub.Berlin).DateTime);

        // The citizen has the notice by now, as the letter says it.
        Assert.Equal(["Bescheid über die Hundesteuer", "Eingangsbestätigung"],
            (await town.Documents.ListAsync(Town, code)).Select(paper => paper.Title["de"]));

        Assert.Null(await town.Dispatch.TakeBackAsync(Town, town.Today, number, (await town.LetterAsync(number))!.Document,
            "Empfänger unbekannt verzogen", "bert", New()));
        await town.UntilAsync(number, CaseState.Decided);
        seen = (await town.Staff.FindAsync(Town, number, "anna"))!;
        Assert.Contains(seen.History, entry => entry is { Who: "bert", Reason: "Empfänger unbekannt verzogen" });
        await town.DoAsync(number, "anna", new(CaseDeedKind.Post, Day: town.Today)); // By hand, in a new envelope.

        // It comes back once more: no list has it, so the clerk says it at the case.
        await town.DoAsync(number, "bert", new(CaseDeedKind.CameBack, Reason: "Wieder verzogen"));
        seen = (await town.Staff.FindAsync(Town, number, "anna"))!;
        Assert.Equal(CaseState.Decided, seen.State);
        Assert.Contains(CaseDeedKind.Post, seen.Deeds);
    }

    [Fact]
    public async Task A_citizen_downloads_own_documents_alone()
    {
        var (code, _) = await town.ApplyAsync("dog-registration");
        var (other, _) = await town.ApplyAsync("dog-registration");
        await town.Hub.UntilAsync(async () => (await town.Documents.ListAsync(Town, code)).Count == 1
            && (await town.Documents.ListAsync(Town, other)).Count == 1, "The receipts are written");
        var paper = (await town.Documents.ListAsync(Town, code))[0].Document;
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = town.Hub.Address };
        using var file = await client.GetAsync($"/case/{code}/documents/{paper}", Stop);
        Assert.Equal("application/pdf", file.Content.Headers.ContentType!.MediaType);
        Assert.Equal("attachment", file.Content.Headers.ContentDisposition!.DispositionType);
        Assert.True(file.Headers.CacheControl!.NoStore);
        Assert.Contains("Ihr Antrag ist am", WordsOf(await file.Content.ReadAsByteArrayAsync(Stop)), StringComparison.Ordinal);
        using var none = await client.GetAsync($"/case/{code}/documents/notice.3", Stop);
        Assert.Equal($"/case/{code}", none.Headers.Location!.OriginalString);
        using var wrong = await client.GetAsync($"/case/{code[..^1]}{(code[^1] == 'x' ? 'y' : 'x')}/documents/{paper}", Stop);
        Assert.Equal(System.Net.HttpStatusCode.NotFound, wrong.StatusCode);
        using var citizen = new CitizenBrowser(town.Hub.Address);
        await citizen.GoAsync($"/case/{code}");
        Assert.Contains($"/case/{code}/documents/{paper}", citizen.Links);
    }

    [Fact]
    public async Task A_refusal_is_a_letter_with_its_reason_and_without_enclosures()
    {
        var (_, number) = await town.DecideAsync(CaseDeedKind.Refuse, "Der Hund wird in Aachen gehalten.");
        await town.UntilAsync(number, LetterState.Queued);
        Assert.Empty((await town.LetterAsync(number))!.Encloses);
        var papers = (await town.Papers.ListAsync(Town, number, "anna"))!;
        var refusal = WordsOf((await town.Papers.OpenAsync(Town, number, "anna", papers.All[0].Document))!.Content);
        Assert.Contains("Ablehnung Ihres Antrags: Hund anmelden", refusal, StringComparison.Ordinal);
        Assert.Contains("Der Hund wird in Aachen gehalten.", refusal, StringComparison.Ordinal);
        Assert.Contains("Rechtsbehelf", refusal, StringComparison.Ordinal);
        Assert.DoesNotContain("Hundesteuer erhoben", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_letter_waits_for_the_second_person_and_leaves_the_list_with_its_decision()
    {
        var (_, number) = await town.ApplyAsync("dog-registration", other:
            [("breed", "pit-bull"), ("large", "true"), ("chip", "276098100000001")]);
        await town.Hub.UntilAsync(async () => await town.Staff.FindAsync(Town, number, "anna") is not null, "The case is known");
        await town.DoAsync(number, "anna", new(CaseDeedKind.Begin));
        await town.DoAsync(number, "bert", new(CaseDeedKind.Finish, "lhundg", "Sachkunde liegt vor"));
        var before = (await town.Papers.ListAsync(Town, number, "anna"))!;
        Assert.Equal([DecisionOutcome.Granted, DecisionOutcome.Refused], before.Previews.Select(preview => preview.Outcome));
        var draft = (await town.Papers.PreviewAsync(Town, number, "anna", "notice", DecisionOutcome.Granted))!;
        var foreseen = WordsOf(draft.File!.Content);
        Assert.Contains("ENTWURF: Bescheid über die Hundesteuer", foreseen, StringComparison.Ordinal);
        Assert.DoesNotContain((await town.Hub.Services.GetRequiredService<IStaffStock>().FindAsync(Town, Tag))!.Loans,
            loan => loan.Number == number); // A preview reserves nothing.
        await town.DoAsync(number, "anna", new(CaseDeedKind.Grant));

        // The second person sees the letter, and nothing is kept or queued yet.
        Assert.NotNull((await town.Papers.PreviewAsync(Town, number, "bert", "notice", DecisionOutcome.Granted))!.File);
        Assert.Null(await town.Papers.PreviewAsync(Town, number, "bert", "notice", DecisionOutcome.Refused));
        Assert.Null(await town.LetterAsync(number));
        await town.DoAsync(number, "bert", new(CaseDeedKind.Approve));
        await town.UntilAsync(number, LetterState.Queued);
        Assert.Null(await town.Papers.PreviewAsync(Town, number, "bert", "notice", DecisionOutcome.Granted));

        // The letter is the preview, word for word.
        var kept = (await town.CaseAsync(number)).Documents.Keys.Single(key => key.StartsWith("notice", StringComparison.Ordinal));
        var letter = WordsOf((await town.Papers.OpenAsync(Town, number, "anna", kept))!.Content);
        Assert.Contains($"Die Steuermarke mit der Nummer {await town.TagOfAsync(number)} liegt bei.", letter, StringComparison.Ordinal);
        Assert.Equal(letter, foreseen.Replace("ENTWURF: ", "", StringComparison.Ordinal).Replace(
            " Die Nummern in diesem Entwurf sind die von jetzt. Fest stehen sie mit der Entscheidung.", "", StringComparison.Ordinal));
        var batch = await town.PrintAsync();
        await town.DoAsync(number, "bert", new(CaseDeedKind.Return, Reason: "Der Satz stimmt nicht."));
        await town.UntilAsync(number, LetterState.Withdrawn);
        Assert.DoesNotContain(number, await town.WordsOfBatchAsync(batch), StringComparison.Ordinal);

        // The next decision has a letter of its own.
        await town.DoAsync(number, "anna", new(CaseDeedKind.Grant));
        await town.DoAsync(number, "bert", new(CaseDeedKind.Approve));
        await town.Hub.UntilAsync(async () => (await town.Dispatch.FindAsync(Town, town.Today))!.Letters
            .Any(line => line.Letter is { State: LetterState.Queued } letter && letter.Number == number), "A new letter waits");
    }

    [Fact]
    public async Task A_decision_with_another_amount_claims_the_rest_and_one_with_the_old_amount_no_more()
    {
        var (code, number) = await town.DecideAsync(CaseDeedKind.Grant);
        var (money, tax) = (town.Hub.Services.GetRequiredService<IStaffPayments>(), $"tax-{town.Today.Year}");
        await town.Hub.UntilAsync(async () => await AmountsAsync() is [6_400], "The tax is claimed");
        Assert.Null(await money.DoAsync(Town, number, "anna", new(PaymentDeedKind.PaidAtCounter, tax), New()));

        // The second dog was forgotten: its rate is higher.
        await DecideAnewAsync(others: "1");
        await town.Hub.UntilAsync(async () => await AmountsAsync() is [6_400, > 0], "The difference is claimed");
        Assert.Contains($"Hundesteuer {town.Today.Year} (2)", (await money.OfAsync(Town, number, "anna"))!.Claims[1].Label["de"],
            StringComparison.Ordinal);

        await DecideAnewAsync(others: "0");
        await town.Hub.UntilAsync(async () => await AmountsAsync() is [6_400, 0], "Nothing more is claimed");

        // Registered later, a part of the tax goes back.
        await DecideAnewAsync(others: "0", since: "2026-06-20");
        await town.Hub.UntilAsync(async () => await AmountsAsync() is [> 0 and < 6_400, 0]
            && (await money.OfAsync(Town, number, "anna"))!.Claims[0].Is is { ToRefund: > 0, State: ClaimState.Overpaid },
            "The rest goes back");

        async Task<long[]> AmountsAsync() => [.. (await money.OfAsync(Town, number, "anna"))!.Claims
            .Select(claim => claim.Is.IsCancelled ? 0 : claim.Is.Cents)];

        async Task DecideAnewAsync(string others, string since = "2026-03-20")
        {
            await town.DoAsync(number, "bert", new(CaseDeedKind.Return, Reason: "Der Betrag stimmt nicht."));
            await town.DoAsync(number, "anna", new(CaseDeedKind.AskForMore, Reason: "Wie viele Hunde haben Sie, und seit wann?"));
            var revision = (await town.Citizens.SaveAsync(Town, code, "dog", new Dictionary<string, string>
            {
                ["call"] = "Bello",
                ["whelped"] = "2026-01-10",
                ["breed"] = "labrador",
                ["large"] = "false",
                ["since"] = since,
                ["others"] = others,
            }, New())).Form!.Revision;
            Assert.Null((await town.Citizens.SubmitAsync(Town, code, revision, New())).Refusal?.English);
            await town.DoAsync(number, "anna", new(CaseDeedKind.Begin));
            await town.DoAsync(number, "anna", new(CaseDeedKind.Grant));
        }
    }

    [Fact]
    public async Task A_decision_that_turns_against_the_application_claims_nothing_and_promises_nothing()
    {
        var (code, number) = await town.DecideAsync(CaseDeedKind.Grant);
        var claim = town.Grains.GetGrain<IClaimGrain>(Claim.StreamOf(Town, number, $"tax-{town.Today.Year}"));
        await town.Hub.UntilAsync(async () => (await claim.View()).State is ClaimState.Open && (await claim.View()).Cents > 0, "Claimed");
        Assert.NotNull((await town.Citizens.ViewAsync(Town, code))!.Says);
        await town.DoAsync(number, "bert", new(CaseDeedKind.Return, Reason: "Der Hund wird in Aachen gehalten."));
        await town.DoAsync(number, "anna", new(CaseDeedKind.Refuse, Reason: "Der Hund wird in Aachen gehalten."));
        await town.Hub.UntilAsync(async () => (await claim.View()).IsCancelled, "Nothing is claimed any more");
        Assert.Null((await town.Citizens.ViewAsync(Town, code))!.Says); // The sentence of the procedure speaks of a tag.

        // The decision comes back once more, and the application is granted after all.
        await town.DoAsync(number, "bert", new(CaseDeedKind.Return, Reason: "Er ist doch hier gemeldet."));
        await town.DoAsync(number, "anna", new(CaseDeedKind.Grant));
        await town.Hub.UntilAsync(async () => (await claim.View()).State is ClaimState.Open, "It is claimed anew");
    }

    [Fact]
    public async Task A_character_that_no_letter_can_write_is_named_to_the_clerk_who_then_posts_by_hand()
    {
        var (_, number) = await town.DecideAsync(CaseDeedKind.Grant, other: ("call", "Bello 😀"));
        await town.Hub.UntilAsync(() => Task.FromResult(town.Hub.Words.Contains(number, StringComparison.Ordinal)), "It is logged");
        var papers = (await town.Papers.ListAsync(Town, number, "anna"))!;
        Assert.Equal(Refusal.CharacterMissing, Assert.Single(papers.Missing).Why);
        Assert.Null(await town.LetterAsync(number));
        foreach (var day in (DateOnly[])[town.Today.AddDays(1), town.Today.AddDays(-1), DateOnly.MinValue, DateOnly.MaxValue])
        {
            Assert.Equal(Refusal.PostingDayWrong, await town.Staff.DoAsync(Town, number, "anna", new(CaseDeedKind.Post, Day: day), New()));
        }

        await town.DoAsync(number, "anna", new(CaseDeedKind.Post, Day: town.Today));
        Assert.Contains(CaseDeedKind.CameBack, (await town.Staff.FindAsync(Town, number, "bert"))!.Deeds);
        await town.DoAsync(number, "bert", new(CaseDeedKind.CameBack, Reason: "Unbekannt verzogen"));
        var back = (await town.Staff.FindAsync(Town, number, "bert"))!;
        Assert.Equal((CaseState.Decided, true, false), (back.State, back.Deeds.Contains(CaseDeedKind.Post),
            back.Deeds.Contains(CaseDeedKind.CameBack)));
    }

    [Fact]
    public async Task A_hub_that_died_between_two_cases_of_a_batch_posts_the_rest_once()
    {
        var (_, first) = await town.DecideAsync(CaseDeedKind.Grant, language: "en");
        var (_, second) = await town.DecideAsync(CaseDeedKind.Grant);
        await town.UntilAsync(first, LetterState.Queued);
        await town.UntilAsync(second, LetterState.Queued);
        var batch = await town.PrintAsync();
        Assert.Contains("Dog tax is due for Bello from 1 May 2026.", await town.WordsOfBatchAsync(batch), StringComparison.Ordinal);
        var (letter, state) = ((await town.LetterAsync(first))!, await town.CaseAsync(first));
        var stream = Aufruf.Domain.Cases.Dispatch.StreamOf(Town, town.Today);
        await town.Grains.GetGrain<ICaseGrain>(CitizenCase.StreamOf(Town, first)).Handle(
            Bookings.RequestOf($"posted {stream} {first} {letter.Document} {batch}"),
            CasePosting.CommandOf(state.Plan!, town.Today, new(CaseRole.Clerk, new("anna"), null), HolidaysOf.Nw, "Europe/Berlin")!);
        Assert.Null(await town.Dispatch.PostAsync(Town, town.Today, batch, town.Today, "anna", New()));
        await town.UntilAsync(second, CaseState.Dispatched);
        Assert.Null((await town.LetterAsync(first))!.Refused);
        Assert.Single((await town.Staff.FindAsync(Town, first, "anna"))!.History, entry => entry.What == "posted");
    }

    [Fact]
    public async Task A_hub_that_reads_all_cases_again_writes_queues_and_posts_nothing_twice()
    {
        var (_, number) = await town.DecideAsync(CaseDeedKind.Grant);
        await town.UntilAsync(number, LetterState.Queued);
        var before = await town.CaseAsync(number);
        await town.Hub.StopAsync();
        foreach (var checkpoints in Directory.GetFiles(town.Hub.Data, "subscriptions.db*"))
        {
            File.Delete(checkpoints);
        }

        await town.BeginAgainAsync();
        var end = await town.Hub.Services.GetRequiredService<IJournal>().LastPositionAsync(Stop);
        await town.Hub.Services.GetRequiredService<CaseDocuments>().Subscription.ReachAsync(end, Stop);
        Assert.Equal(before.Documents.OrderBy(paper => paper.Key), (await town.CaseAsync(number)).Documents.OrderBy(paper => paper.Key));
        Assert.Single((await town.Dispatch.FindAsync(Town, town.Today))!.Letters, line => line.Letter.Number == number);
        Assert.Empty(town.Hub.Services.GetRequiredService<CaseDocuments>().StuckFor(TimeSpan.Zero));
    }

    [Fact]
    public async Task A_case_that_does_not_take_the_day_of_posting_is_named_on_the_list()
    {
        var (_, number) = await town.DecideAsync(CaseDeedKind.Grant);
        await town.UntilAsync(number, LetterState.Queued);
        var batch = await town.PrintAsync();
        await town.Grains.GetGrain<ICaseGrain>(CitizenCase.StreamOf(Town, number)).Handle(New(), CasePosting.CommandOf(
            (await town.CaseAsync(number)).Plan!, town.Today.AddDays(-1), CaseActor.Engine, HolidaysOf.Nw, "Europe/Berlin")!);
        Assert.Null(await town.Dispatch.PostAsync(Town, town.Today, batch, town.Today, "anna", New()));
        await town.Hub.UntilAsync(async () => (await town.Dispatch.FindAsync(Town, town.Today))!.Letters
            .Any(line => line.Letter.Number == number && line.Refused == Refusal.CaseDispatched), "The list says it");
    }
}

using System.Net;
using Aufruf.Contracts;
using Aufruf.Domain;
using Aufruf.Domain.Cases;
using Aufruf.Domain.Identity;
using Aufruf.Grains;
using Aufruf.Hub.Cases;
using Aufruf.Hub.Running.Backups;
using Aufruf.Tests.Running;
using Microsoft.Extensions.DependencyInjection;
using static Aufruf.Contracts.CaseDeedKind;

namespace Aufruf.Tests.Flows;

/// <summary>A procedure that nobody planned comes into force through the pages, and its cases end with nothing left of them.</summary>
[Trait("Needs", "process")]
public sealed class ProcedurePageTests(ProcedurePageTests.EmptyTown office) : IClassFixture<ProcedurePageTests.EmptyTown>
{
    private const string Pages = "/staff/alsdorf/procedures";

    /// <summary>A hub whose folder knows the town and the tables of the house, and no procedure.</summary>
    public sealed class EmptyTown : IAsyncLifetime
    {
        private readonly TempFolder _folder = new();
        private InnerHub? _hub;

        internal InnerHub Hub => _hub ?? throw new InvalidOperationException("The hub was not started.");

        internal string Folder => _folder.Path;

        internal StaffPerson Anna { get; private set; } = StaffPerson.FirstClerk;

        internal StaffPerson Bert { get; private set; } = StaffPerson.FirstClerk;

        public async ValueTask InitializeAsync()
        {
            foreach (var file in ((string[])["library", "towns"]).SelectMany(part => Directory.GetFiles(Path.Combine(House, part))))
            {
                var to = Path.Combine(_folder.Path, Path.GetRelativePath(House, file));
                Directory.CreateDirectory(Path.GetDirectoryName(to)!);
                File.Copy(file, to);
            }

            _hub = await TestHub.StartAsync(options: [$"--Hub:Procedures={_folder.Path}"]);
            Anna = await _hub.HireAsync("alsdorf", "anna", (Role.AdministratorId, "alsdorf"), (Role.CaseWork.Id, "alsdorf"));
            Bert = await _hub.HireAsync("alsdorf", "bert", (Role.AdministratorId, "alsdorf"), (Role.CaseWork.Id, "alsdorf"));
        }

        public async ValueTask DisposeAsync()
        {
            await Hub.DisposeAsync();
            _folder.Dispose();
        }
    }

    private static readonly string House = Repository.PathOf("hub", "procedures");

    private static readonly string Tests = Repository.PathOf("tests", "Domain", "Cases", "Procedures");

    private InnerHub Hub => office.Hub;

    private T The<T>() where T : notnull => Hub.Services.GetRequiredService<T>();

    [Fact]
    public async Task A_procedure_nobody_planned_is_checked_published_changed_and_withdrawn_through_the_pages()
    {
        var json = await TextAsync(Path.Combine(Tests, "resident-parking.json"));
        (string, string)[] files = [.. await Task.WhenAll(Directory.GetFiles(Path.Combine(Tests, "library"))
            .Select(async file => ("files", await TextAsync(file))))];
        using var anna = await StaffBrowser.SignInAsync(Hub, office.Anna);
        using var bert = await StaffBrowser.SignInAsync(Hub, office.Bert);

        // Without its tables it is wrong: each fault has a line and a remedy. Nothing is saved by a check.
        await anna.PostAsync($"{Pages}/new?lang=de", $"{Pages}/new?lang=de", ("json", json), ("do", "check"), ("seen", "0"));
        var page = WebUtility.HtmlDecode(await anna.Last!.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Contains("id=\"faults\"", page, StringComparison.Ordinal);
        Assert.Contains("Zeile ", page, StringComparison.Ordinal);
        await anna.ReadAsync($"{Pages}/resident-parking", HttpStatusCode.NotFound);

        await anna.PostAsync($"{Pages}/new?lang=de", $"{Pages}/new?lang=de", [("json", json), ("do", "save"), ("seen", "0"), .. files]);
        Assert.StartsWith($"{Pages}/resident-parking", anna.Last!.Headers.Location!.OriginalString, StringComparison.Ordinal);
        page = await anna.ReadAsync($"{Pages}/resident-parking?lang=de");
        Assert.Contains("200 zufällige Personen", page, StringComparison.Ordinal);
        Assert.DoesNotContain(The<ICounterCases>().Offered("alsdorf"), one => one.Id == "resident-parking");

        // A second administrator whose page is older hears of the first, and overwrites nothing.
        await bert.PostAsync($"{Pages}/resident-parking", $"{Pages}/resident-parking?lang=de",
            [("json", json + " "), ("do", "save"), ("seen", "0"), .. files]);
        Assert.Equal(HttpStatusCode.Conflict, bert.Last!.StatusCode);
        Assert.Contains("Jemand anderes", await bert.Last.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
            StringComparison.Ordinal);
        await bert.PostAsync($"{Pages}/resident-parking", $"{Pages}/resident-parking?handler=Publish", ("seen", "0"));
        Assert.Equal(HttpStatusCode.Conflict, bert.Last!.StatusCode);

        await anna.PostAsync($"{Pages}/resident-parking", $"{Pages}/resident-parking?handler=Publish&lang=de", ("seen", "1"));
        Assert.Equal(HttpStatusCode.Found, anna.Last!.StatusCode);
        Assert.Equal("resident-parking", Assert.Single(The<ICounterCases>().Offered("alsdorf"), one => one.Id == "resident-parking").Id);
        var code = (await The<ICounterCases>().BeginAsync("alsdorf", "resident-parking", new("counter", new("anna"), null), "de", New()))
            .Code!;
        Assert.Equal("Anwohnerparkausweis", (await The<ICounterCases>().FormAsync("alsdorf", code))!.Title["de"]);

        // The next version: the same number is refused, and the difference is readable.
        var renamed = json.Replace("Anwohnerparkausweis", "Parkausweis", StringComparison.Ordinal);
        await anna.PostAsync($"{Pages}/resident-parking", $"{Pages}/resident-parking", ("json", renamed), ("do", "save"), ("seen", "1"));
        Assert.Contains("Versionsnummer", await anna.ReadAsync($"{Pages}/resident-parking?lang=de"), StringComparison.Ordinal);
        await anna.PostAsync($"{Pages}/resident-parking", $"{Pages}/resident-parking",
            ("json", renamed.Replace("\"version\": 1", "\"version\": 2", StringComparison.Ordinal)), ("do", "save"), ("seen", "2"));
        await anna.PostAsync($"{Pages}/resident-parking", $"{Pages}/resident-parking?handler=Publish", ("seen", "3"));
        Assert.Equal(HttpStatusCode.Found, anna.Last!.StatusCode);
        Assert.Equal("Parkausweis", (await The<ICounterCases>().FormAsync("alsdorf", code))!.Title["de"]);
        page = await anna.ReadAsync($"{Pages}/resident-parking/history?lang=de");
        Assert.Contains("title.de", page, StringComparison.Ordinal);
        Assert.Contains("anna", page, StringComparison.Ordinal);

        // A file that is as old does not bring back that which an administrator withdrew.
        await anna.PostAsync($"{Pages}/resident-parking", $"{Pages}/resident-parking?handler=Withdraw");
        Assert.DoesNotContain(The<ICounterCases>().Offered("alsdorf"), one => one.Id == "resident-parking");
        var grain = The<IGrainFactory>().GetGrain<IProcedureGrain>(PublishedProcedure.StreamOf("alsdorf", "resident-parking"));
        var last = (await grain.View()).Versions[^1];
        Assert.Null((await grain.Handle(New(), new ProcedureCommand.Publish(last, PublishedProcedure.ByFile("a.json")))).Refusal);
        Assert.Null((await grain.View()).Newest);
        await anna.PostAsync($"{Pages}/resident-parking", $"{Pages}/resident-parking?handler=Offer");
        Assert.NotNull((await grain.View()).Newest);
        Assert.Contains("Parkausweis", await anna.ReadAsync($"{Pages}?lang=de"), StringComparison.Ordinal);
        await anna.ReadAsync("/staff/fremd/procedures", HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_file_can_be_sent_instead_of_the_text_and_its_faults_are_shown()
    {
        using var browser = await office.Anna.BrowserAsync(Hub);
        var address = new Uri($"{Pages}/new?lang=de", UriKind.Relative);
        using MultipartFormDataContent form = new()
        {
            { new StringContent(await StaffBrowser.FormTokenAsync(browser, new(Hub.Address, address))), StaffBrowser.FormToken },
            { new StringContent("0"), "seen" }, { new StringContent("check"), "do" }, { new StringContent(""), "json" },
            { new StringContent(""), "files" },
            {
                new StringContent(await TextAsync(Path.Combine(Tests, "as-designed.json")) + new string(' ', 150_000)), "upload",
                "long.json"
            },
        };
        using var answer = await browser.PostAsync(address, form, TestContext.Current.CancellationToken);
        Assert.True(answer.StatusCode is HttpStatusCode.OK, Hub.Words);
        var page = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains("id=\"faults\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_the_years_two_persons_destroy_a_case_and_nothing_is_left_but_that_it_existed()
    {
        var json = (await TextAsync(Path.Combine(House, "dog-deregistration.json")))
            .Replace("\"years\": 10", "\"years\": 0", StringComparison.Ordinal);
        var staff = The<IStaffCases>();
        var (stream, number) = await RejectedAsync("dog-deregistration", json);
        var sealedAnswers = await SealedAsync(stream);
        Assert.Contains("Unverkennbar", (await The<CaseSeals>().OpenCaseAsync(stream, sealedAnswers))!.Values);

        // The years are over at once. Only a second person carries out that which the first proposes.
        Assert.Equal(CaseState.Retained, (await ViewAsync(stream)).State);
        await Hub.UntilAsync(() => Task.FromResult(staff.List("alsdorf", "bert", WorkChoice.Ends).Rows.Any(row => row.Number == number)),
            "It stands in the list");
        Assert.Equal("approval-missing", await DoAsync("bert", new(Destroy)));
        Assert.Null(await DoAsync("anna", new(ProposeDestruction)));
        Assert.Equal("same-person", await DoAsync("anna", new(Destroy)));
        Assert.Null(await DoAsync("bert", new(Destroy)));
        var seen = (await staff.FindAsync("alsdorf", number, "anna"))!;
        Assert.Equal(CaseState.Destroyed, seen.State);
        Assert.Empty(seen.Pages);
        Assert.Equal(["submitted", "proposed", "moved"], seen.History.Select(entry => entry.What));
        Assert.Equal([null, "anna", "bert"], seen.History.Select(entry => entry.Who));
        Assert.Equal(Refusal.CaseGone, (await The<IGrainFactory>().GetGrain<ICaseGrain>(stream).Handle(New(),
            new CaseCommand.TakeStep(CaseStep.Withdraw, CaseActor.Citizen, null))).Refusal);

        await Hub.UntilAsync(async () => await The<CaseSeals>().OpenCaseAsync(stream, sealedAnswers) is null, "Its key is destroyed",
            seconds: 20);
        await NothingIsLeftAsync(stream);

        async Task<string?> DoAsync(string who, CaseDeed deed) => (await staff.DoAsync("alsdorf", number, who, deed, New()))?.Code;
    }

    [Fact]
    public async Task A_case_that_the_archive_is_asked_for_is_handed_over_and_its_key_is_destroyed_too()
    {
        var json = (await TextAsync(Path.Combine(House, "dog-deregistration.json")))
            .Replace("\"dog-deregistration\"", "\"kept-for-ever\"", StringComparison.Ordinal)
            .Replace("\"years\": 10", "\"years\": 0", StringComparison.Ordinal)
            .Replace("\"then\": \"destroy\"", "\"then\": \"offer\"", StringComparison.Ordinal);
        var (stream, number) = await RejectedAsync("kept-for-ever", json);
        var staff = The<IStaffCases>();
        Assert.Equal(CaseState.Offered, (await ViewAsync(stream)).State);
        await Hub.UntilAsync(() => Task.FromResult(staff.List("alsdorf", "bert", WorkChoice.Ends).Rows
            .Any(row => row.Number == number && row.Task == "archive")), "It stands in the list");
        Assert.Contains(HandOver, (await staff.FindAsync("alsdorf", number, "anna"))!.Deeds);
        var sealedAnswers = await SealedAsync(stream);
        Assert.Null(await staff.DoAsync("alsdorf", number, "anna", new(HandOver), New()));
        Assert.Equal(CaseState.HandedOver, (await ViewAsync(stream)).State);
        await Hub.UntilAsync(async () => await The<CaseSeals>().OpenCaseAsync(stream, sealedAnswers) is null, "Its key is destroyed",
            seconds: 20);
    }

    /// <summary>A case that ends at once, because the authority is not in charge; its years are over too.</summary>
    private async Task<(string Stream, string Number)> RejectedAsync(string procedure, string json)
    {
        var (administration, cases, staff) = (The<IProcedureAdministration>(), The<ICitizenCases>(), The<IStaffCases>());
        Assert.Null((await administration.SaveAsync("alsdorf", null, new(json, []), 0, "anna")).Refusal);
        Assert.Null((await administration.PublishAsync("alsdorf", procedure, 1, "anna")).Refusal);
        var code = (await cases.BeginAsync("alsdorf", procedure, "de", New())).Code!;
        foreach (var (page, answers) in Answers)
        {
            await cases.SaveAsync("alsdorf", code, page, answers.ToDictionary(a => a.Item1, a => a.Item2), New());
        }

        await cases.SubmitAsync("alsdorf", code, Answers.Length, New());
        var number = (await cases.ViewAsync("alsdorf", code))!.Number!;
        var stream = CitizenCase.StreamOf("alsdorf", number);
        await Hub.UntilAsync(() => Task.FromResult(staff.Sees("alsdorf", number, "anna")), "The case is known");
        Assert.Null(await staff.DoAsync("alsdorf", number, "anna", new(Begin), New()));
        Assert.Null(await staff.DoAsync("alsdorf", number, "anna", new(Reject, Reason: "Unverkennbar woanders"), New()));
        await The<IGrainFactory>().GetGrain<ICaseGrain>(stream).Handle(New(), new CaseCommand.EndClock(CaseClock.Keeping)); // Or the wheel.
        return (stream, number);
    }

    private static readonly (string Page, (string, string)[] Answers)[] Answers =
    [
        ("keeper", [("name.given", "Zoë"), ("name.family", "Unverkennbar"), ("address.street", "Hubertusstraße"), ("address.number", "17"),
            ("address.postcode", "52477"), ("address.town", "Alsdorf")]),
        ("end", [("tag", "1234"), ("end", "2026-11-02"), ("why", "died"), ("hasTag", "true")]),
    ];

    /// <summary>No file of the hub has the plain text. A backup made now has neither the text nor the key.</summary>
    private async Task NothingIsLeftAsync(string stream)
    {
        using var folder = new TempFolder();
        Assert.Equal(0, await BackupCommand.BackupAsync([folder.File("copy.db"), $"--Hub:Data={Hub.Data}"], TimeProvider.System));
        var keys = folder.File("copy.db") + ".keys";
        using (var vault = StoredVaultKeys.InSqlite(folder.File("copy.db"), Path.Combine(keys, "vault.key")))
        {
            Assert.Null(await vault.FindAsync(Subject.Parse(stream)));
        }

        foreach (var file in Directory.GetFiles(Hub.Data, "*", SearchOption.AllDirectories)
            .Concat(Directory.GetFiles(folder.Path, "*", SearchOption.AllDirectories))
            .Where(file => Path.GetFileName(file) != "hub.lock")) // It is locked, and empty.
        {
            await using var open = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var copy = new MemoryStream();
            await open.CopyToAsync(copy, TestContext.Current.CancellationToken);
            Assert.True(copy.GetBuffer().AsSpan(0, (int)copy.Length).IndexOf("Unverkennbar"u8) < 0, file);
        }

        Assert.DoesNotContain("Unverkennbar", Hub.Words, StringComparison.Ordinal);
    }

    private async Task<CitizenCase> ViewAsync(string stream) => await The<IGrainFactory>().GetGrain<ICaseGrain>(stream).View();

    private async Task<string> SealedAsync(string stream) => (await ViewAsync(stream)).Answers;

    private static async Task<string> TextAsync(string file) =>
        (await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken)).ReplaceLineEndings("\n");

    private static RequestId New() => new(Guid.CreateVersion7());
}

using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Aufruf.Contracts;
using Aufruf.Domain;
using Aufruf.Domain.Cases;
using Aufruf.Domain.Deadlines;
using Aufruf.Grains;
using Aufruf.Hub.Cases;
using Aufruf.Portal;
using Aufruf.Tests.Running;
using Microsoft.Extensions.DependencyInjection;

namespace Aufruf.Tests.Flows;

/// <summary>Applications through the true hub, in a browser without scripts: filled in, left, found again, sent, seen, taken back.
/// </summary>
[Trait("Needs", "process")]
public sealed partial class CaseFlowTests
{
    private const string Procedure = "dog-registration";

    private static readonly string[] Settings = [$"--Hub:Procedures={Repository.PathOf("hub", "procedures")}"];

    private static readonly (string, string)[] Keeper =
    [
        ("name.given", "Zoë"), ("name.family", "Unverkennbar"), ("born", "1990-02-28"), ("address.street", "Hubertusstraße"),
        ("address.number", "17"), ("address.postcode", "52477"), ("address.town", "Alsdorf"),
    ];

    private static readonly (string, string)[] Animal =
    [
        ("call", "Bello"), ("whelped", "2026-01-10"), ("breed", "labrador"), ("large", "false"), ("since", "2026-03-20"), ("others", "0"),
    ];

    [Fact]
    public async Task An_application_is_filled_in_left_and_sent_and_its_case_is_seen_and_taken_back()
    {
        await using var hub = await TestHub.StartAsync(options: Settings);
        using var citizen = new CitizenBrowser(hub.Address);
        await citizen.GoAsync("/apply");
        Assert.Contains($"/apply/{Procedure}", citizen.Links);
        Assert.DoesNotContain(citizen.Links, link => link.Contains("certificate", StringComparison.Ordinal)); // They are paid before.
        await citizen.GoAsync($"/apply/{Procedure}");
        var begin = citizen.Page;
        await citizen.SubmitAsync();
        Assert.EndsWith("/form/keeper", citizen.At, StringComparison.Ordinal);
        var code = CodeIn(citizen.At);
        await AgainAsync(citizen, begin, code); // Pressed twice, it is one draft.

        // A page is kept even if it is wrong. Its faults stand on top.
        await citizen.GoAsync($"/case/{code}/form/keeper");
        await citizen.SubmitAsync([.. Keeper[..^2], ("address.postcode", "5247"), ("address.town", "Alsdorf")]);
        Assert.Equal(HttpStatusCode.BadRequest, citizen.Status);
        Assert.Contains("href=\"#address.postcode\"", citizen.Page, StringComparison.Ordinal);
        await citizen.SubmitAsync(Keeper);
        Assert.EndsWith("/form/dog", citizen.At, StringComparison.Ordinal);
        // A large one is asked for its chip on the same page.
        await citizen.SubmitAsync([.. Animal.Where(answer => answer.Item1 != "large"), ("large", "true")]);
        Assert.Contains("more=yes", citizen.At, StringComparison.Ordinal);
        Assert.Contains("name=\"chip\"", citizen.Page, StringComparison.Ordinal);
        await citizen.SubmitAsync([.. Animal, ("_do", "later")]);
        Assert.Equal("draft", StateIn(citizen.Page));

        // The next day, by the code that was written down.
        await hub.StopAsync();
        await hub.StartAgainAsync();
        using var later = new CitizenBrowser(hub.Address);
        await later.GoAsync("/case");
        await later.SubmitAsync(("code", $"{code[..4]} {code[4..8]}-{code[8..].ToUpperInvariant()}"));
        Assert.Equal("draft", StateIn(later.Page));
        await later.GoAsync($"/case/{code}/check");
        Assert.DoesNotContain("id=\"send\"", later.Page, StringComparison.Ordinal);
        await later.GoAsync($"/case/{code}/form");
        Assert.EndsWith("/form/relief", later.At, StringComparison.Ordinal);
        await later.SubmitAsync(("relief", "none"), ("debit", "false"));
        Assert.EndsWith("/check", later.At, StringComparison.Ordinal);
        Assert.Contains("Unverkennbar", later.Page, StringComparison.Ordinal);
        await later.HeadAsync($"/case/{code}/check");
        await later.GoAsync($"/case/{code}/check");
        var check = later.Page;
        await later.SubmitAsync();
        Assert.Equal("received", StateIn(later.Page));
        Assert.Contains("20.32.10-", later.Page, StringComparison.Ordinal);
        Assert.Contains("id=\"done\"", later.Page, StringComparison.Ordinal);
        await AgainAsync(later, check, code);
        await later.GoAsync($"/case/{code}/form/keeper"); // Back after sending: the case.
        Assert.Equal("received", StateIn(later.Page));

        // Another applicant has the next number.
        var inner = (InnerHub)hub;
        var cases = inner.Services.GetRequiredService<ICitizenCases>();
        var number = (await cases.ViewAsync("alsdorf", code))!.Number!;
        Assert.EndsWith("-000001", number, StringComparison.Ordinal);
        Assert.EndsWith("-000002", await AppliedAsync(cases), StringComparison.Ordinal);

        await later.GoAsync($"/case/{code}/withdraw");
        await later.SubmitAsync();
        Assert.Equal("withdrawn", StateIn(later.Page));
        await later.GoAsync($"/case/{code[..^1]}{(code[^1] == 'x' ? 'y' : 'x')}");
        Assert.Equal(HttpStatusCode.NotFound, later.Status);

        var state = await inner.Services.GetRequiredService<IGrainFactory>().GetGrain<ICaseGrain>(CitizenCase.StreamOf("alsdorf", number))
            .View();
        Assert.Equal((CaseState.Withdrawn, CaseClock.Keeping), (state.State, state.Clock));
        await hub.StopAsync();
        foreach (var file in Directory.GetFiles(hub.Data, "*", SearchOption.AllDirectories))
        {
            Assert.True((await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken)).AsSpan()
                .IndexOf(Encoding.UTF8.GetBytes("Unverkennbar")) < 0, file);
        }

        Assert.DoesNotContain("Unverkennbar", hub.Words, StringComparison.Ordinal);
        Assert.DoesNotContain(code, hub.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_windows_and_two_presses_lose_and_double_nothing_and_a_crash_after_sending_is_made_good()
    {
        await using var hub = await TestHub.StartAsync(options: Settings);
        var services = ((InnerHub)hub).Services;
        var (cases, grains) = (services.GetRequiredService<ICitizenCases>(), services.GetRequiredService<IGrainFactory>());
        var code = (await cases.BeginAsync("alsdorf", Procedure, "de", New())).Code!;
        await Task.WhenAll(SaveAsync("keeper", Keeper), SaveAsync("dog", Animal),
            SaveAsync("relief", ("relief", "none"), ("debit", "false")));
        var form = (await cases.FormAsync("alsdorf", code))!;
        Assert.True(form.IsComplete, string.Join(' ', form.Faults));

        // Something was changed since the check: it is looked at again.
        Assert.Equal("application-changed", (await cases.SubmitAsync("alsdorf", code, form.Revision - 1, New())).Refusal!.Code);
        await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => cases.SubmitAsync("alsdorf", code, form.Revision, New())));
        var number = (await cases.ViewAsync("alsdorf", code))!.Number;
        Assert.Equal("application-sent", (await cases.SaveAsync("alsdorf", code, "keeper", new Dictionary<string, string>(), New()))
            .Refusal!.Code);

        // A hub dies between the sending and the case.
        var other = (await cases.BeginAsync("alsdorf", Procedure, "de", New())).Code!;
        foreach (var (page, answers) in new[] { ("keeper", Keeper), ("dog", Animal), ("relief", [("relief", "none"), ("debit", "false")]) })
        {
            await cases.SaveAsync("alsdorf", other, page, answers.ToDictionary(a => a.Item1, a => a.Item2), New());
        }

        await grains.GetGrain<ICaseDraftGrain>(CaseDraft.StreamOf("alsdorf", AppointmentSecrets.HashOf(other)))
            .Handle(New(), new CaseDraftCommand.Send(3, new(2026, 11, 27)));
        await hub.UntilAsync(async () => (await cases.ViewAsync("alsdorf", other))?.Number is not null, "The case is made", seconds: 20);
        Assert.Equal([number![..^1] + "1", number[..^1] + "2"],
            new[] { number, (await cases.ViewAsync("alsdorf", other))!.Number! }.Order(StringComparer.Ordinal));

        Task SaveAsync(string page, params (string, string)[] answers) =>
            cases.SaveAsync("alsdorf", code, page, answers.ToDictionary(a => a.Item1, a => a.Item2), New());
    }

    [Fact]
    public async Task Drafts_end_or_are_deleted_and_a_case_that_nobody_looked_at_is_late()
    {
        await using var hub = await TestHub.StartAsync(options: Settings);
        var inner = (InnerHub)hub;
        var (cases, grains) = (inner.Services.GetRequiredService<ICitizenCases>(), inner.Services.GetRequiredService<IGrainFactory>());
        inner.Clock.Skipped += TimeSpan.FromHours(2); // A clock is believed an hour after the first start.
        var number = await AppliedAsync(cases);
        var left = (await cases.BeginAsync("alsdorf", Procedure, "de", New())).Code!;
        using var citizen = new CitizenBrowser(hub.Address);
        await citizen.GoAsync($"/apply/{Procedure}");
        await citizen.SubmitAsync();
        var code = CodeIn(citizen.At);
        await citizen.SubmitAsync(Keeper);
        await citizen.GoAsync($"/case/{code}");
        var mine = citizen.Page;
        await citizen.SubmitAsync();
        Assert.Equal("discarded", StateIn(citizen.Page));
        var discarded = citizen.Page;
        await citizen.GoAsync($"/case/{code}/form/keeper"); // A window that still has the form leads to the way back.
        Assert.Equal(($"/case/{code}", "discarded"), (citizen.At.Split('?')[0], StateIn(citizen.Page)));
        Assert.Null(await cases.DiscardAsync("alsdorf", code, New())); // Another window does the same.
        Assert.Equal(Refusal.ApplicationGone, await cases.RestoreAsync("alsdorf", "aaaabbbbcccc", New()));
        citizen.Show(discarded);
        await citizen.SubmitAsync();
        Assert.Equal("draft", StateIn(citizen.Page));
        citizen.Show(mine); // An old page discards nothing a second time.
        await citizen.SubmitAsync();
        Assert.Equal(HttpStatusCode.Conflict, citizen.Status);
        await citizen.GoAsync($"/case/{code}/form/keeper");
        Assert.Contains("Unverkennbar", citizen.Page, StringComparison.Ordinal);
        await citizen.GoAsync($"/case/{code}");
        await citizen.SubmitAsync();
        inner.Clock.Skipped += CaseDraft.TimeToRestore + TimeSpan.FromSeconds(1);
        await citizen.GoAsync($"/case/{code}");
        Assert.Equal(HttpStatusCode.NotFound, citizen.Status);
        citizen.Show(discarded);
        await citizen.SubmitAsync();
        Assert.Equal(HttpStatusCode.NotFound, citizen.Status);
        await hub.UntilAsync(async () => (await grains.GetGrain<ICaseDraftGrain>(CaseDraft.StreamOf("alsdorf",
            AppointmentSecrets.HashOf(code))).View()) is { RestorableUntil: null, Answers: "" }, "Nothing is left of the answers");

        var found = grains.GetGrain<ICaseGrain>(CitizenCase.StreamOf("alsdorf", number));
        var wheel = grains.GetGrain<IWheelGrain>(Wheel.StreamOf("alsdorf", (await found.View()).Until!.Value));
        await hub.UntilAsync(async () => (await wheel.View()).Open.ContainsKey($"{CaseClocks.Kind}/alsdorf.{number}/Completeness"),
            "The clock of the case is set");
        inner.Clock.Skipped += TimeSpan.FromDays(31);
        await hub.UntilAsync(async () => (await found.View()).IsLate, "The case is late", seconds: 30);
        Assert.Null(await cases.FormAsync("alsdorf", left));
    }

    [Fact]
    public async Task A_procedure_is_added_and_changed_by_a_file_while_the_hub_runs_and_a_wrong_file_changes_nothing()
    {
        using var folder = new TempFolder();
        var house = Repository.PathOf("hub", "procedures");
        foreach (var file in ((string[])["library", "towns"]).SelectMany(part => Directory.GetFiles(Path.Combine(house, part))))
        {
            var to = Path.Combine(folder.Path, Path.GetRelativePath(house, file));
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.Copy(file, to);
        }

        await using var hub = await TestHub.StartAsync(options: [$"--Hub:Procedures={folder.Path}"]);
        var cases = ((InnerHub)hub).Services.GetRequiredService<ICitizenCases>();
        Assert.Empty(await cases.OfferedAsync("alsdorf"));
        var json = await File.ReadAllTextAsync(Path.Combine(house, $"{Procedure}.json"), TestContext.Current.CancellationToken);
        folder.Write("new.json", json);
        await TitleAsync("Hund anmelden");
        var code = (await cases.BeginAsync("alsdorf", Procedure, "de", New())).Code!;
        folder.Write("new.json", json[..^20]);
        await hub.UntilAsync(() => Task.FromResult(hub.Words.Contains("new.json", StringComparison.Ordinal)), "The file is refused");
        Assert.Single(await cases.OfferedAsync("alsdorf"));
        // The words of an open draft are new, its law is old.
        folder.Write("new.json", json.Replace("\"version\": 2", "\"version\": 3", StringComparison.Ordinal)
            .Replace("Hund anmelden", "Hund melden", StringComparison.Ordinal));
        await TitleAsync("Hund melden");
        Assert.Equal("Hund melden", (await cases.FormAsync("alsdorf", code))!.Title["de"]);

        Task TitleAsync(string title) => hub.UntilAsync(async () => await cases.OfferedAsync("alsdorf") is [var one]
            && one.Title["de"] == title, title, seconds: 20);
    }

    [Fact]
    public async Task A_portal_of_its_own_shows_the_same_applications()
    {
        await using var hub = await TestHub.StartAsync(options: Settings);
        var port = Ports.Next();
        await using var portal = PortalServer.Build([$"--Portal:HttpPort={port}", $"--Portal:Gateways=127.0.0.1:{hub.Gateway}",
            "--Logging:Console:LogLevel:Default=None"]);
        await portal.StartAsync(TestContext.Current.CancellationToken);
        using var citizen = new CitizenBrowser(new($"http://localhost:{port}"));
        await hub.UntilAsync(async () =>
        {
            await citizen.GoAsync($"/apply/{Procedure}");
            return citizen.Status is HttpStatusCode.OK;
        }, "The portal finds the hub", seconds: 20);
        await citizen.SubmitAsync();
        await citizen.SubmitAsync(Keeper);
        Assert.EndsWith("/form/dog", citizen.At, StringComparison.Ordinal);
        await citizen.GoAsync($"/case/{CodeIn(citizen.At)}"); // Its documents are asked for, too.
        Assert.Equal("draft", StateIn(citizen.Page));
        await citizen.GoAsync($"/case/{CodeIn(citizen.At)}/form/dog");
        await citizen.SubmitAsync(Animal);
        await citizen.SubmitAsync(("relief", "guide"), ("debit", "false"));
        await citizen.UploadAsync("proof", "Nachweis.pdf", SampleFiles.PdfWith("Nachweis", 3_000_000), ("relief", "guide"),
            ("debit", "false"));
        Assert.Contains("Nachweis.pdf", citizen.Page, StringComparison.Ordinal);
        await citizen.SubmitAsync();
        Assert.Equal("received", StateIn(citizen.Page));
        await citizen.GoAsync($"/case/{CodeIn(citizen.At)}/message");
        await citizen.SubmitAsync(("Text", new string('ї', 4_000)));
        Assert.Contains("їїї", WebUtility.HtmlDecode(citizen.Page), StringComparison.Ordinal);
    }

    private static async Task<string> AppliedAsync(ICitizenCases cases)
    {
        var code = (await cases.BeginAsync("alsdorf", Procedure, "en", New())).Code!;
        foreach (var (page, answers) in new[] { ("keeper", Keeper), ("dog", Animal), ("relief", [("relief", "none"), ("debit", "false")]) })
        {
            await cases.SaveAsync("alsdorf", code, page, answers.ToDictionary(a => a.Item1, a => a.Item2), New());
        }

        await cases.SubmitAsync("alsdorf", code, 3, New());
        return (await cases.ViewAsync("alsdorf", code))!.Number!;
    }

    /// <summary>The same form once more: reloaded, or pressed twice.</summary>
    private static async Task AgainAsync(CitizenBrowser citizen, string page, string code)
    {
        citizen.Show(page);
        await citizen.SubmitAsync();
        Assert.Equal(code, CodeIn(citizen.At));
    }

    private static RequestId New() => new(Guid.CreateVersion7());

    private static string CodeIn(string address) => address.Split('/', '?')[2];

    private static string StateIn(string page) => State().Match(page).Groups[1].Value;

    [GeneratedRegex("data-state=\"([^\"]+)\"")]
    private static partial Regex State();
}

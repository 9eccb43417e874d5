using System.Net;
using System.Text.RegularExpressions;
using Aufruf.Contracts;
using Aufruf.Domain.Cases;
using Aufruf.Domain.Identity;
using Aufruf.Tests.Running;
using Microsoft.Extensions.DependencyInjection;
using static Aufruf.Contracts.CaseDeedKind;

namespace Aufruf.Tests.Flows;

/// <summary>Cases at the hands of those who work on them, through the true hub: tasks, four eyes, posting, the end.</summary>
[Trait("Needs", "process")]
public sealed partial class StaffCaseTests
{
    private const string Procedure = "dog-registration";

    private static readonly (string Page, (string, string)[] Answers)[] Form =
    [
        ("keeper", [("name.given", "Zoë"), ("name.family", "Müller"), ("born", "1990-02-28"), ("address.street", "Hubertusstraße"),
            ("address.number", "17"), ("address.postcode", "52477"), ("address.town", "Alsdorf")]),
        ("dog", [("call", "Bello"), ("whelped", "2026-01-10"), ("breed", "labrador"), ("large", "false"), ("since", "2026-03-20"),
            ("others", "0")]),
        ("relief", [("relief", "none"), ("debit", "false")]),
    ];

    private static readonly (string, string)[] Listed =
        [("breed", "pit-bull"), ("large", "true"), ("chip", "276098100000001")];

    [Fact]
    public async Task A_case_goes_from_hand_to_hand_with_four_eyes_and_ends_and_each_look_is_noted()
    {
        await using var hub = await TestHub.StartAsync(options: [$"--Hub:Procedures={Repository.PathOf("hub", "procedures")}"]);
        var inner = (InnerHub)hub;
        var (citizens, staff) = (inner.Services.GetRequiredService<ICitizenCases>(), inner.Services.GetRequiredService<IStaffCases>());
        var anna = await hub.HireAsync("alsdorf", "anna", (Role.CaseWork.Id, "alsdorf"));
        await hub.HireAsync("alsdorf", "bert", (Role.CaseWork.Id, "alsdorf"));
        await hub.HireAsync("alsdorf", "dora", (Role.Clerk.Id, "alsdorf"));
        await hub.AskAsync("alsdorf",
            new PeopleCommand.DefineRole("ordnungsamt", new() { ["de"] = "Ordnungsamt" }, [Permission.Cases], "test"));
        await hub.HireAsync("alsdorf", "carla", ("ordnungsamt", "alsdorf"));
        var number = await ApplyAsync(citizens, Listed);
        await hub.UntilAsync(() => Task.FromResult(staff.List("alsdorf", "anna", WorkChoice.All).Count == 2), "The tasks are listed");

        // The public order office has its own task, and a clerk of the counters none.
        Assert.Equal("lhundg", Assert.Single(staff.List("alsdorf", "carla", WorkChoice.All).Rows).Task);
        Assert.Equal("step-of-another", await DoAsync("carla", new(Grant)));
        Assert.Empty(staff.List("alsdorf", "dora", WorkChoice.All).Rows);
        Assert.Null(await staff.FindAsync("alsdorf", number, "dora"));

        // Two clerks and one task.
        string?[] both = await Task.WhenAll(DoAsync("anna", new(CaseDeedKind.Claim, "complete")),
            DoAsync("bert", new(CaseDeedKind.Claim, "complete")));
        Assert.Equal([null, "task-held"], both.Order(StringComparer.Ordinal));
        var holder = both[0] is null ? "anna" : "bert";
        await hub.UntilAsync(() => Task.FromResult(staff.List("alsdorf", holder, WorkChoice.Mine).Count == 1), "The holder sees it");
        Assert.Null(await DoAsync(holder, new(Begin)));
        Assert.Equal("tasks-open", await DoAsync("anna", new(Grant)));
        Assert.Null(await DoAsync("carla", new(CaseDeedKind.Claim, "lhundg")));
        Assert.Null(await DoAsync("carla", new(Finish, "lhundg", "Sachkunde liegt vor")));

        // The person who decided does not agree to it, and nothing is posted before.
        var day = TestHub.DayOf(inner.Clock.GetUtcNow());
        Assert.Equal("reason-missing", await DoAsync("anna", new(Refuse)));
        Assert.Null(await DoAsync("anna", new(Grant)));
        Assert.Equal("same-person", await DoAsync("anna", new(Approve)));
        Assert.Equal("approval-missing", await DoAsync("anna", new(Post, Day: day)));
        Assert.Null(await DoAsync("bert", new(Approve)));
        Assert.Equal("day-missing", await DoAsync("anna", new(Post)));
        Assert.Equal("posted-by-list", await DoAsync("anna", new(Post, Day: day)));
        var dispatch = inner.Services.GetRequiredService<IStaffDispatch>();
        await hub.UntilAsync(async () => (await dispatch.FindAsync("alsdorf", day))?.Row.Queued == 1, "The letter waits");
        Assert.Null(await dispatch.PrintAsync("alsdorf", day, "anna", new(Guid.CreateVersion7())));
        Assert.Null(await dispatch.PostAsync("alsdorf", day, 1, day, "anna", new(Guid.CreateVersion7())));
        await hub.UntilAsync(async () => (await staff.FindAsync("alsdorf", number, "anna"))!.State is CaseState.Dispatched, "It is posted");

        var seen = (await staff.FindAsync("alsdorf", number, "anna"))!;
        Assert.Equal((CaseState.Dispatched, DecisionOutcome.Granted), (seen.State, seen.Outcome!.Value));
        Assert.Contains(seen.History, entry => entry is { What: "finished", Who: "carla", Reason: "Sachkunde liegt vor" });
        using var browser = await StaffBrowser.SignInAsync(hub, anna);
        ReadsLikeAPerson(await browser.ReadAsync($"/staff/alsdorf/cases/{number}"),
            "Geboren am: 10.1.2026", "Rasse oder Kreuzung: Pitbull Terrier oder Kreuzung", "Ab 40 cm oder ab 20 kg?: Ja",
            "Anschrift: Hubertusstraße 17, 52477 Alsdorf", "Gefährlicher Hund nach der Liste: Ja", "Steuerpflichtig ab: 1.5.2026",
            "Steuer im ersten Jahr: 440,00\u00a0€", "Hundesteuer 2026", "Aufgabe erledigt: § 11 LHundG: Sachkunde, Chip, Haftpflicht",
            "Aufgabe übernommen: Vollständigkeit prüfen", "Dokument: Bescheid über die Hundesteuer");
        ReadsLikeAPerson(await browser.ReadAsync($"/staff/alsdorf/cases/{number}?lang=en"),
            "Born on: 10 Jan 2026", "Dangerous dog by the list: Yes", "Tax in the first year: 440.00\u00a0€", "Dog tax 2026",
            "Task done: LHundG: expertise, chip, liability");
        Assert.Contains("/staff/alsdorf/cases", await browser.ReadAsync("/staff"), StringComparison.Ordinal);
        await browser.ReadAsync("/staff/alsdorf/cases/1-2026-000009", HttpStatusCode.NotFound);
        await browser.ReadAsync("/staff/fremd/cases", HttpStatusCode.NotFound);
        var today = TestHub.DayOf(inner.Clock.GetUtcNow());
        var noted = await inner.Services.GetRequiredService<IAccessBook>().SearchAsync("alsdorf",
            new(today.AddDays(-1), today, "anna", "case", 10), TestContext.Current.CancellationToken);
        Assert.Equal([number, number], noted.Rows.Select(row => row.Subject));

        async Task<string?> DoAsync(string who, CaseDeed deed) =>
            (await staff.DoAsync("alsdorf", number, who, deed, new(Guid.CreateVersion7())))?.Code;
    }

    /// <summary>No id, no date as a machine writes it, and no "true".</summary>
    private static void ReadsLikeAPerson(string page, params string[] parts)
    {
        page = Spaces().Replace(page[page.IndexOf("<main", StringComparison.Ordinal)..], "");
        var read = page.Replace("</dt><dd dir=\"auto\">", ": ", StringComparison.Ordinal);
        Assert.All(parts, part => Assert.Contains(part, read, StringComparison.Ordinal));
        Assert.DoesNotMatch(@">[^<]*(\b20\d\d-\d\d-\d\d\b|\btrue\b|\bfalse\b|pit-bull|lhundg\b|dangerous:|tax-2026)[^<]*<", page);
    }

    [GeneratedRegex(@"(?<=>)\s+|\s+(?=<)")]
    private static partial Regex Spaces();

    private static async Task<string> ApplyAsync(ICitizenCases cases, (string, string)[] other)
    {
        var code = (await cases.BeginAsync("alsdorf", Procedure, "de", new(Guid.CreateVersion7()))).Code!;
        foreach (var (page, answers) in Form)
        {
            var typed = answers.ToDictionary(answer => answer.Item1, answer => answer.Item2);
            foreach (var (path, text) in other)
            {
                typed[path] = text;
            }

            await cases.SaveAsync("alsdorf", code, page, typed, new(Guid.CreateVersion7()));
        }

        var answer = await cases.SubmitAsync("alsdorf", code, Form.Length, new(Guid.CreateVersion7()));
        Assert.True(answer.Refusal is null, $"{answer.Refusal?.English} {string.Join(' ', answer.Form?.Faults ?? [])}");
        return (await cases.ViewAsync("alsdorf", code))!.Number!;
    }
}

using System.Globalization;
using System.Net;
using System.Text.Json;
using Aufruf.Contracts;
using Aufruf.Domain;
using Aufruf.Domain.Cases;
using Aufruf.Domain.Deadlines;
using Aufruf.Grains.Deadlines;
using Aufruf.Hub.Cases;
using Aufruf.Tests.Running;
using Microsoft.Extensions.DependencyInjection;
using static Aufruf.Contracts.CaseDeedKind;

namespace Aufruf.Tests.Flows;

/// <summary>Office and citizen ask each other while the case lives, through the true pages without scripts.</summary>
[Trait("Needs", "process")]
public sealed partial class CaseMoreTests(CaseHands hands) : IClassFixture<CaseHands>
{
    [Fact]
    public async Task A_citizen_adds_what_is_missing_and_the_case_keeps_its_answers_until_then()
    {
        var (code, number) = await hands.ApplyAsync();
        Assert.Equal("reason-missing", await hands.DoAsync(number, "anna", new(AskForMore)));
        Assert.Null(await hands.DoAsync(number, "anna", new(AskForMore, Reason: "Bitte nennen Sie den richtigen Rufnamen.")));
        using var citizen = new CitizenBrowser(hands.Hub.Address);
        await citizen.GoAsync($"/case/{code}");
        Assert.Contains("richtigen Rufnamen", WebUtility.HtmlDecode(citizen.Page), StringComparison.Ordinal);
        await citizen.GoAsync($"/case/{code}/add");
        Assert.Contains($"/case/{code}/form/dog?check=yes", citizen.Links);
        await citizen.GoAsync($"/case/{code}/form/dog?check=yes");
        Assert.Contains("Bello", citizen.Page, StringComparison.Ordinal);
        var dog = citizen.Page;

        // Another window changes another page. Nothing of the case changes by it.
        using var window = new CitizenBrowser(hands.Hub.Address);
        await window.GoAsync($"/case/{code}/form/keeper");
        await window.SubmitAsync(("name.given", "Zoë"), ("name.family", "Meier"), ("born", "1990-02-28"), ("address.number", "17"),
            ("address.street", "Hubertusstraße"), ("address.postcode", "52477"), ("address.town", "Alsdorf"));
        (string, string)[] renamed = [("call", "Rex"), ("whelped", "2026-01-10"), ("breed", "labrador"), ("large", "false"),
            ("since", "2026-03-20"), ("others", "0")];
        await citizen.SubmitAsync(renamed);
        Assert.EndsWith("/check", citizen.At, StringComparison.Ordinal);
        citizen.Show(dog);
        await citizen.SubmitAsync(renamed); // Pressed twice.
        Assert.Equal(HttpStatusCode.OK, citizen.Status);
        Assert.Equal(["Bello", "Müller"], await AnswersAsync(number, "call", "name"));
        Assert.Contains("Rex", citizen.Page, StringComparison.Ordinal);
        Assert.Contains("Meier", citizen.Page, StringComparison.Ordinal);

        var (check, day) = (citizen.Page, (await hands.CaseAsync(number)).Plan!.Day);
        await citizen.SubmitAsync();
        Assert.Contains("data-state=\"received\"", citizen.Page, StringComparison.Ordinal);
        citizen.Show(check);
        await citizen.SubmitAsync();
        Assert.Contains("data-state=\"received\"", citizen.Page, StringComparison.Ordinal);
        await citizen.GoAsync($"/case/{code}/form/dog"); // Back after sending: the case.
        Assert.Contains("data-state=\"received\"", citizen.Page, StringComparison.Ordinal);
        Assert.Equal(["Rex", "Meier"], await AnswersAsync(number, "call", "name"));
        Assert.Single((await hands.SeeAsync(number)).History, entry => entry.What == "added");
        Assert.Equal(day, (await hands.CaseAsync(number)).Plan!.Day);

        // Asked once more, the form has the answers of the case, and may be sent unchanged.
        Assert.Null(await hands.DoAsync(number, "anna", new(AskForMore, Reason: "Wirklich?")));
        await citizen.GoAsync($"/case/{code}/check");
        Assert.Contains("Rex", citizen.Page, StringComparison.Ordinal);
        await citizen.SubmitAsync();
        Assert.Equal(CaseState.Received, (await hands.CaseAsync(number)).State);
        Assert.Equal(["Rex", "Meier"], await AnswersAsync(number, "call", "name"));
    }

    [Fact]
    public async Task An_answer_that_is_hidden_at_the_sending_stays_out_of_the_case()
    {
        var (_, number) = await hands.ApplyAsync(("chip", "276098100000009")); // Only a large or listed dog has one to name.
        Assert.Equal(["Bello"], await AnswersAsync(number, "call"));
        var sealedAnswers = (await hands.CaseAsync(number)).Answers;
        var kept = await hands.Hub.Services.GetRequiredService<CaseSeals>().OpenCaseAsync(CitizenCase.StreamOf("alsdorf", number),
            sealedAnswers);
        Assert.DoesNotContain("chip", kept!.Keys);
        Assert.Contains("breed", kept.Keys);
    }

    [Fact]
    public async Task A_deadline_that_another_clock_calls_too_early_is_tried_again()
    {
        var (_, number) = await hands.ApplyAsync();
        Assert.Null(await hands.DoAsync(number, "anna", new(AskForMore, Reason: "Fehlt")));
        var (waits, until) = (await hands.CaseAsync(number), (await hands.CaseAsync(number)).Until!.Value);
        var clocks = hands.Hub.Services.GetServices<IDeadlineHandler>().Single(handler => handler.Kind == CaseClocks.Kind);
        var deadline = new Deadline(CaseClocks.Kind, $"alsdorf.{number}/{waits.Clock}", until);

        // The clock of the wheel's hub is ahead. The case refuses, and the wheel keeps the deadline.
        await Assert.ThrowsAsync<InvalidOperationException>(() => clocks.CarryOutAsync(deadline, CaseHands.New()));

        // The time of the case has moved meanwhile: another deadline belongs to it, and this one is done.
        await clocks.CarryOutAsync(deadline with { DueAt = until.AddDays(-1) }, CaseHands.New());
        Assert.Equal(CaseState.Supplement, (await hands.CaseAsync(number)).State);
    }

    [Fact]
    public async Task A_correction_that_was_sent_before_a_crash_reaches_its_case()
    {
        var (code, number) = await hands.ApplyAsync();
        Assert.Null(await hands.DoAsync(number, "anna", new(AskForMore, Reason: "Fehlt")));
        await hands.Citizens.SaveAsync("alsdorf", code, "dog", new Dictionary<string, string> { ["call"] = "Rex" }, CaseHands.New());
        var forms = hands.Hub.Services.GetRequiredService<OpenForms>();
        var open = (await forms.FindAsync("alsdorf", code))!;
        Assert.Null(await forms.SendAsync(open, open.Draft.Revision, CaseHands.New())); // The hub dies here.
        await hands.Hub.UntilAsync(async () => (await hands.CaseAsync(number)).State is CaseState.Received, "It is handed in", seconds: 20);
        Assert.Equal(["Rex"], await AnswersAsync(number, "call"));
    }

    [Fact]
    public async Task Messages_go_both_ways_are_listed_until_read_and_notes_stay_inside()
    {
        var (code, number) = await hands.ApplyAsync();
        using var citizen = new CitizenBrowser(hands.Hub.Address);
        await citizen.GoAsync($"/case/{code}/message");
        var empty = citizen.Page;
        await citizen.SubmitAsync(("Text", "  "));
        Assert.Equal(HttpStatusCode.Conflict, citizen.Status);
        await citizen.SubmitAsync(("Text", "Wann bekomme ich <die Marke>?"));
        Assert.Contains("Wann bekomme ich <die Marke>?", WebUtility.HtmlDecode(citizen.Page), StringComparison.Ordinal);
        citizen.Show(empty);
        await citizen.SubmitAsync(("Text", "Noch etwas."));
        citizen.Show(empty);
        await citizen.SubmitAsync(("Text", "Noch etwas."));
        await hands.Hub.UntilAsync(() => Task.FromResult(hands.Staff.List("alsdorf", "bert", WorkChoice.Free).Rows
            .Any(row => row.Number == number && row.Task == CaseTask.Message)), "The message is on the list");

        using var bert = await StaffBrowser.SignInAsync(hands.Hub, hands.Bert);
        var page = $"/staff/alsdorf/cases/{number}?lang=de";
        Assert.Contains("Wann bekomme ich", await bert.ReadAsync(page), StringComparison.Ordinal);
        await bert.SubmitAsync(page, null, ("form", Guid.CreateVersion7().ToString("N")), ("do", "note"), ("Reason", "Wirkt ungeduldig."));
        var after = await bert.SubmitAsync(page, null, ("form", Guid.CreateVersion7().ToString("N")), ("do", "answer"),
            ("Reason", "In zwei Wochen."));
        Assert.Contains("Wirkt ungeduldig.", after, StringComparison.Ordinal);
        Assert.Equal(3, (await hands.SeeAsync(number)).Messages.Count);
        Assert.False((await hands.CaseAsync(number)).Tasks[CaseTask.Message].IsOpen);
        await citizen.GoAsync($"/case/{code}");
        Assert.Contains("In zwei Wochen.", citizen.Page, StringComparison.Ordinal);
        Assert.DoesNotContain("ungeduldig", citizen.Page, StringComparison.Ordinal);
        await citizen.GoAsync($"/case/{code}/comment"); // There is no hearing: the case is shown.
        Assert.EndsWith($"/case/{code}", citizen.At, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_citizen_comments_before_a_decision_and_objects_to_it_once()
    {
        var (code, number) = await hands.ApplyAsync();
        Assert.Null(await hands.DoAsync(number, "anna", new(Begin)));
        Assert.Null(await hands.DoAsync(number, "anna", new(Hear, Reason: "Wir wollen ablehnen.")));
        using var citizen = new CitizenBrowser(hands.Hub.Address);
        await citizen.GoAsync($"/case/{code}/comment");
        Assert.Contains("Wir wollen ablehnen.", citizen.Page, StringComparison.Ordinal);
        var comment = citizen.Page;
        await citizen.SubmitAsync(("Text", "Bitte nicht."));
        Assert.Contains("data-state=\"inprogress\"", citizen.Page, StringComparison.Ordinal);
        citizen.Show(comment);
        await citizen.SubmitAsync(("Text", "Bitte nicht."));
        Assert.Contains("data-state=\"inprogress\"", citizen.Page, StringComparison.Ordinal);
        citizen.Show(comment);
        await citizen.SubmitAsync(("Text", "Und noch etwas."));
        Assert.Equal(HttpStatusCode.Conflict, citizen.Status); // It was said already; the text stays in its field.
        Assert.Contains("Und noch etwas.", citizen.Page, StringComparison.Ordinal);

        Assert.Null(await hands.DoAsync(number, "anna", new(Refuse, Reason: "Die Angaben stimmen nicht.")));
        await hands.PostAsync(number);
        hands.Hub.Clock.Skipped += TimeSpan.FromDays(9);
        await hands.Hub.UntilAsync(async () => (await hands.CaseAsync(number)).State is CaseState.Announced, "Announced", seconds: 40);
        await citizen.GoAsync($"/case/{code}/object");
        var objection = citizen.Page;
        await citizen.SubmitAsync(("Text", "Der Hund ist ein anderer."));
        citizen.Show(objection);
        await citizen.SubmitAsync(("Text", "Der Hund ist ein anderer."));
        var seen = await hands.SeeAsync(number);
        Assert.Equal(CaseState.InProgress, seen.State);
        Assert.Single(seen.History, entry => entry.Reason == "Der Hund ist ein anderer.");
        Assert.Single(seen.History, entry => entry.Reason == "Bitte nicht.");
    }

    [Fact]
    public async Task A_letter_that_came_by_post_is_entered_by_the_office_and_a_closed_case_is_opened_with_a_reason()
    {
        var (_, number) = await hands.ApplyAsync();
        Assert.Contains(Withdraw, (await hands.SeeAsync(number)).Deeds);
        Assert.Null(await hands.DoAsync(number, "anna", new(Begin)));
        Assert.Null(await hands.DoAsync(number, "anna", new(Hear, Reason: "Wir hören an.")));
        Assert.Null(await hands.DoAsync(number, "anna", new(EndHearing, Reason: "Brief vom 1. Dezember")));
        Assert.Null(await hands.DoAsync(number, "anna", new(Grant)));
        await hands.PostAsync(number);
        hands.Hub.Clock.Skipped += TimeSpan.FromDays(60);
        await hands.Hub.UntilAsync(async () => (await hands.CaseAsync(number)).State is CaseState.Closed, "It is closed", seconds: 60);
        Assert.Contains(CaseDeedKind.Object, (await hands.SeeAsync(number)).Deeds);
        Assert.Equal("reason-missing", await hands.DoAsync(number, "anna", new(Reopen)));
        Assert.Null(await hands.DoAsync(number, "anna", new(Reopen, Reason: "Der Bescheid hatte einen Fehler.")));
        Assert.Null(await hands.DoAsync(number, "anna", new(Withdraw, Reason: "Brief vom 2. Februar")));
        Assert.Equal(CaseState.Withdrawn, (await hands.CaseAsync(number)).State);
    }

    [Fact]
    public async Task A_task_is_forwarded_and_taken_over_by_a_substitute_and_four_eyes_stay_two_persons()
    {
        var (_, number) = await hands.ApplyAsync(("breed", "pit-bull"), ("large", "true"), ("chip", "276098100000001"));
        var page = $"/staff/alsdorf/cases/{number}?lang=de";
        using var anna = await StaffBrowser.SignInAsync(hands.Hub, hands.Anna);
        await DeedAsync(anna, "claim", ("task", "complete"));
        Assert.Null(await hands.DoAsync(number, "carla", new(Finish, "lhundg", "in Ordnung")));

        // Anna goes on holiday. Bert takes over what she has; before, he cannot.
        Assert.Equal("task-held", await hands.DoAsync(number, "bert", new(TakeOver, "complete")));
        var last = TestHub.DayOf(hands.Hub.Clock.GetUtcNow()).AddDays(10).ToString("O", CultureInfo.InvariantCulture);
        Assert.Contains("Vertretung", await anna.ReadAsync("/staff/account?lang=de"), StringComparison.Ordinal);
        Assert.Contains("höchstens in einem Jahr", await anna.SubmitAsync("/staff/account?lang=de",
            "/staff/account?handler=Substitute&lang=de", ("substitute", "bert"), ("away", "")), StringComparison.Ordinal);
        await anna.SubmitAsync("/staff/account?lang=de", "/staff/account?handler=Substitute&lang=de",
            ("substitute", "bert"), ("away", last));
        Assert.Contains(hands.Staff.List("alsdorf", "bert", WorkChoice.Mine).Rows, row => row.Number == number && row.MayTakeOver);
        using var bert = await StaffBrowser.SignInAsync(hands.Hub, hands.Bert);
        await DeedAsync(bert, "takeover", ("task", "complete"));
        Assert.Contains((await hands.SeeAsync(number)).History, entry => entry is { What: "claimed", Who: "bert", For: "anna" });
        await DeedAsync(bert, "begin");

        // Bert decides in Anna's place. The second pair of eyes is not his: not as himself, and not for another person.
        Assert.Equal("not-of-role", await hands.DoAsync(number, "bert", new(Forward, "decide") { To = "person:nobody" }));
        await DeedAsync(bert, "grant");
        Assert.DoesNotContain(Approve, (await hands.SeeAsync(number, "bert")).Deeds);
        Assert.Contains(Approve, (await hands.SeeAsync(number)).Deeds);
        Assert.Equal("same-person", await hands.DoAsync(number, "bert", new(Approve)));
        Assert.Null(await hands.DoAsync(number, "anna", new(CaseDeedKind.Claim, "second")));
        Assert.Equal("same-person", await hands.DoAsync(number, "bert", new(TakeOver, "second")));
        Assert.Equal("same-person", await hands.DoAsync(number, "anna", new(Forward, "second") { To = "person:bert" }));

        // Carla's office has no right to decide. A forwarded task gives it to her, with her own role.
        Assert.Equal("step-of-another", await hands.DoAsync(number, "carla", new(Approve)));
        await DeedAsync(anna, "forward", ("task", "second"), ("to", "person:carla"));
        Assert.Null(await hands.DoAsync(number, "carla", new(Approve)));
        Assert.Equal(new("carla"), (await hands.CaseAsync(number)).ApprovedBy);

        async Task DeedAsync(StaffBrowser who, string act, params (string, string)[] more) =>
            Assert.DoesNotContain("id=\"refused\"", await who.SubmitAsync(page, null,
                [("form", Guid.CreateVersion7().ToString("N")), ("do", act), .. more]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_idle_case_and_its_draft_leave_memory_and_open_again_equal()
    {
        var (code, number) = await hands.ApplyAsync();
        var grains = hands.Hub.Services.GetRequiredService<IGrainFactory>();
        var management = grains.GetGrain<IManagementGrain>(0);
        await hands.Hub.UntilAsync(async () => (await hands.CaseAsync(number)).Number == number && await IsHereAsync("CaseGrain"),
            "The case is in memory");
        await hands.Hub.UntilAsync(async () => !await IsHereAsync("CaseGrain") && !await IsHereAsync("CaseDraftGrain"),
            "They have left", seconds: 20);
        var before = hands.Hub.Services.GetRequiredService<CaseCopies>().CopyOf(CitizenCase.StreamOf("alsdorf", number))!.Value.State;
        var after = await hands.CaseAsync(number);
        Assert.NotEqual("", after.Answers); // The copy for lists has none, and no messages.
        Assert.Equal(TextOf(before), TextOf(after with { Answers = "", Messages = [] }));
        Assert.Equal(number, (await hands.Citizens.ViewAsync("alsdorf", code))!.Number);
        Assert.Null(await hands.DoAsync(number, "anna", new(Begin)));

        static string TextOf(CitizenCase found) => JsonSerializer.Serialize(found, DomainJson.Options);

        async Task<bool> IsHereAsync(string kind) => (await management.GetDetailedGrainStatistics())
            .Any(one => one.GrainType.Contains(kind, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_list_shows_what_is_due_and_late_and_says_when_it_is_not_whole_yet()
    {
        var (_, number) = await hands.ApplyAsync();
        Assert.False(Has(WorkChoice.Due) || Has(WorkChoice.Late));
        hands.Hub.Clock.Skipped += TimeSpan.FromDays(12);
        Assert.True(Has(WorkChoice.Due) && !Has(WorkChoice.Late));
        hands.Hub.Clock.Skipped += TimeSpan.FromDays(3);
        Assert.True(!Has(WorkChoice.Due) && Has(WorkChoice.Late));

        using var anna = await StaffBrowser.SignInAsync(hands.Hub, hands.Anna);
        var copies = hands.Hub.Services.GetRequiredService<CaseCopies>();
        copies.IsWhole = false;
        Assert.Contains("werden gerade gelesen", await anna.ReadAsync("/staff/alsdorf/cases?lang=de", HttpStatusCode.ServiceUnavailable),
            StringComparison.Ordinal);
        copies.IsWhole = true;
        Assert.Contains(number, await anna.ReadAsync("/staff/alsdorf/cases?lang=de&show=late"), StringComparison.Ordinal);

        bool Has(WorkChoice choice) => hands.Staff.List("alsdorf", "anna", choice).Rows.Any(row => row.Number == number);
    }

    private async Task<string[]> AnswersAsync(string number, params string[] fields)
    {
        var all = (await hands.SeeAsync(number)).Pages.SelectMany(page => page.Fields).ToList();
        return [.. fields.Select(path => all.Single(field => field.Path == path)).Select(field => field.Path == "name"
            ? field.Values["name.family"] : field.Values[field.Path])];
    }
}

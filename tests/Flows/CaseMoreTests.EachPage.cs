using System.Globalization;
using System.Net;
using Aufruf.Contracts;
using Aufruf.Domain.Cases;
using Aufruf.Domain.Identity;
using Aufruf.Grains;
using Aufruf.Grains.Journal;
using Aufruf.Tests.Running;
using Microsoft.Extensions.DependencyInjection;
using static Aufruf.Contracts.CaseDeedKind;

namespace Aufruf.Tests.Flows;

/// <summary>Each form is sent twice, too late, from two windows, and after the way back. Nothing is lost or doubled.</summary>
public sealed partial class CaseMoreTests
{
    [Fact]
    public async Task At_every_page_back_reload_a_second_press_a_second_window_and_a_long_wait_lose_and_double_nothing()
    {
        var code = (await hands.Citizens.BeginAsync("alsdorf", CaseHands.Procedure, "de", CaseHands.New())).Code!;
        using CitizenBrowser citizen = new(hands.Hub.Address), window = new(hands.Hub.Address);
        foreach (var (page, answers) in CaseHands.Form)
        {
            var here = $"/case/{code}/form/{page}";
            await Task.WhenAll(citizen.GoAsync(here), window.GoAsync(here));
            var (form, other) = (citizen.Page, window.Page);
            hands.Hub.Clock.Skipped += TimeSpan.FromHours(30);
            await citizen.SubmitAsync(answers);
            var (next, revision) = (citizen.At, await RevisionAsync());
            await citizen.GoAsync(next);
            citizen.Show(form);
            await citizen.SubmitAsync(answers);
            Assert.Equal((next, revision), (citizen.At, await RevisionAsync())); // The second press of one form is the same request.

            // The window still shows an empty page, and one answer is typed there. The others stay.
            window.Show(other);
            await window.SubmitAsync(answers[^1]);
            Assert.Equal((next, revision + 1), (window.At, await RevisionAsync()));
            await citizen.GoAsync(here);
            Assert.All(answers.Where(answer => answer.Item2 is not ("true" or "false")),
                answer => Assert.Contains(answer.Item2, WebUtility.HtmlDecode(citizen.Page), StringComparison.Ordinal));
        }

        await Task.WhenAll(citizen.GoAsync($"/case/{code}/check"), window.GoAsync($"/case/{code}/check"));
        var check = citizen.Page;
        await Task.WhenAll(citizen.SubmitAsync(), window.SubmitAsync());
        citizen.Show(check);
        await citizen.SubmitAsync();
        Assert.All([citizen.Page, window.Page], page => Assert.Contains("data-state=\"received\"", page, StringComparison.Ordinal));
        await citizen.GoAsync($"/case/{code}/form/{CaseHands.Form[0].Page}"); // Back.
        Assert.Contains("data-state=\"received\"", citizen.Page, StringComparison.Ordinal);
        var number = (await hands.Citizens.ViewAsync("alsdorf", code))!.Number!;
        Assert.Single((await EntriesAsync(number)).OfType<CaseEvent.CaseSubmitted>());

        await TwiceAsync("message", ("Text", "Wann ist es so weit?"));
        Assert.Single((await EntriesAsync(number)).OfType<CaseEvent.CaseMessageNoted>(), note => note.FromCitizen);
        await TwiceAsync("withdraw");
        Assert.Single((await EntriesAsync(number)).OfType<CaseEvent.CaseMoved>(), moved => moved.To is CaseState.Withdrawn);
        Assert.Contains("data-state=\"withdrawn\"", citizen.Page, StringComparison.Ordinal);

        async Task TwiceAsync(string page, params (string, string)[] fields)
        {
            await Task.WhenAll(citizen.GoAsync($"/case/{code}/{page}"), window.GoAsync($"/case/{code}/{page}"));
            window.Show(citizen.Page);
            await Task.WhenAll(citizen.SubmitAsync(fields), window.SubmitAsync(fields));
        }

        async Task<int> RevisionAsync() => (await hands.Citizens.FormAsync("alsdorf", code))!.Revision;
    }

    [Fact]
    public async Task An_answer_that_is_far_too_long_never_leaves_the_old_one_in_its_place_unnoticed()
    {
        var code = await hands.FillInAsync();
        var answer = await hands.Citizens.SaveAsync("alsdorf", code, "dog", new Dictionary<string, string> { ["call"] = new('x', 5_000) },
            CaseHands.New());
        Assert.Equal("call", Assert.Single(answer.Form!.Faults).Field);
        Assert.False(answer.Form.IsComplete);
    }

    [Fact]
    public async Task A_form_of_the_staff_that_is_sent_after_the_session_changes_nothing_and_is_sent_again_after_the_sign_in()
    {
        var (_, number) = await hands.ApplyAsync();
        var draft = (await hands.Hub.Services.GetRequiredService<ICounterCases>().BeginAsync("alsdorf", CaseHands.Procedure,
            new(DraftOrigin.Counter, new("anna"), null), "de", CaseHands.New())).Code!;
        var begun = $"/staff/alsdorf/cases/new/{draft}";
        var (keeper, today) = (CaseHands.Form[0], TestHub.DayOf(hands.Hub.Clock.GetUtcNow()).ToString("O", CultureInfo.InvariantCulture));
        (string Page, (string, string)[] Fields)[] forms =
        [
            ($"/staff/alsdorf/cases/{number}", [("do", "claim"), ("task", CaseTask.Complete)]),
            ("/staff/alsdorf/cases/new", [("procedure", CaseHands.Procedure), ("channel", DraftOrigin.Counter)]),
            ($"{begun}/form/{keeper.Page}", keeper.Answers),
            ($"{begun}/check", [("revision", "0"), ("do", "send")]),
            ($"/staff/alsdorf/cases/{number}/payments", [("do", "ask")]),
            ($"/staff/alsdorf/dispatch/{today}", [("do", "print")]),
            ("/staff/alsdorf/stock/dog-tag", [("do", "add"), ("First", "1"), ("Count", "5")]),
        ];
        var journal = hands.Hub.Services.GetRequiredService<IJournal>();
        using (var late = await StaffBrowser.SignInAsync(hands.Hub, hands.Anna))
        {
            // The token of a page that is open since before.
            var token = StaffBrowser.FormTokenOf(await late.ReadAsync("/staff/account"));
            await hands.Hub.AskAsync("alsdorf", new PeopleCommand.EndAllSessions("anna", null, "test"));
            var before = await StreamsAsync();
            foreach (var (page, fields) in forms)
            {
                await late.SendAsync(page, token, fields);
                Assert.StartsWith("/staff/sign-in", late.Last!.Headers.Location!.PathAndQuery, StringComparison.Ordinal);
            }

            Assert.Equal(before, await StreamsAsync());
        }

        using var again = await StaffBrowser.SignInAsync(hands.Hub, hands.Anna);
        await again.SubmitAsync(forms[2].Page, null, forms[2].Fields);
        await again.SubmitAsync(forms[0].Page, null, forms[0].Fields);
        Assert.Equal(new("anna"), (await hands.CaseAsync(number)).Tasks[CaseTask.Complete].HeldBy);
        Assert.Contains("Zoë", await again.ReadAsync($"{begun}/form/{keeper.Page}?lang=de"), StringComparison.Ordinal);

        async Task<long[]> StreamsAsync() => [await journal.LastVersionAsync(CitizenCase.StreamOf("alsdorf", number)),
            await journal.LastVersionAsync(CaseDraft.StreamOf("alsdorf", AppointmentSecrets.HashOf(draft))),
            await journal.LastVersionAsync(Stock.StreamOf("alsdorf", "dog-tag")),
            await journal.StreamsAsync(CaseDraft.StreamKind, Stop).CountAsync(Stop)];
    }

    [Fact]
    public async Task Of_many_clerks_who_press_at_once_one_gets_the_task()
    {
        var (_, number) = await hands.ApplyAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(n =>
            hands.DoAsync(number, n % 2 == 0 ? "anna" : "bert", new(CaseDeedKind.Claim, CaseTask.Complete))));
        Assert.Single((await EntriesAsync(number)).OfType<CaseEvent.TaskClaimed>());
        Assert.Equal(6, answers.Count(answer => answer is null)); // The one who has it may ask again.
        Assert.Equal(6, answers.Count(answer => answer == "task-held"));
    }

    [Fact]
    public async Task A_person_who_decided_agrees_neither_with_another_role_nor_after_it_was_lost_and_given_back()
    {
        var (_, number) = await hands.ApplyAsync(("breed", "pit-bull"), ("large", "true"), ("chip", "276098100000002"));
        await hands.Hub.HireAsync("alsdorf", "dora", (Role.CaseWork.Id, "alsdorf"));
        Assert.Null(await hands.DoAsync(number, "carla", new(Finish, "lhundg", "in Ordnung")));
        Assert.Null(await hands.DoAsync(number, "dora", new(Begin)));
        Assert.Null(await hands.DoAsync(number, "dora", new(Grant)));
        await hands.Hub.AskAsync("alsdorf", new PeopleCommand.TakeAway("dora", Role.CaseWork.Id, "alsdorf", "test"));
        Assert.Equal("case-gone", await hands.DoAsync(number, "dora", new(Approve)));
        await hands.Hub.AskAsync("alsdorf", new PeopleCommand.Grant("dora", "ordnungsamt", "alsdorf", "test"));
        Assert.Equal("step-of-another", await hands.DoAsync(number, "dora", new(Approve)));
        await hands.Hub.AskAsync("alsdorf", new PeopleCommand.Grant("dora", Role.CaseWork.Id, "alsdorf", "test"),
            new PeopleCommand.NameSubstitute("bert", "dora", hands.Hub.Clock.GetUtcNow().AddDays(1), "test"));
        Assert.Null(await hands.DoAsync(number, "bert", new(CaseDeedKind.Claim, CaseTask.Second)));
        Assert.Equal("same-person", await hands.DoAsync(number, "dora", new(TakeOver, CaseTask.Second)));
        Assert.Equal("same-person", await hands.DoAsync(number, "dora", new(Approve)));
        Assert.Null(await hands.DoAsync(number, "bert", new(Approve)));
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private async Task<IReadOnlyList<CaseEvent>> EntriesAsync(string number) => await hands.Hub.Services.GetRequiredService<IJournal>()
        .ReadAsync(CitizenCase.StreamOf("alsdorf", number), 0, Stop).SelectMany(entry => EntryContent<CaseEvent>.Read(entry)
            .Events.ToAsyncEnumerable()).ToListAsync(Stop);
}

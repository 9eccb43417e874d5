using System.Text.RegularExpressions;
using Aufruf.Contracts;
using Aufruf.Domain.Cases;
using Aufruf.Tests.Running;
using Microsoft.Extensions.DependencyInjection;
using static Aufruf.Contracts.CaseDeedKind;

namespace Aufruf.Tests.Flows;

public sealed partial class CaseMoreTests
{
    private ICounterCases Counter => hands.Hub.Services.GetRequiredService<ICounterCases>();

    [Fact]
    public async Task A_clerk_enters_an_answer_that_came_by_post_with_its_file_and_the_work_goes_on()
    {
        var (code, number) = await hands.ApplyAsync();
        var page = $"/staff/alsdorf/cases/{number}?lang=de";
        using var anna = await StaffBrowser.SignInAsync(hands.Hub, hands.Anna);
        Assert.DoesNotContain("id=\"paper\"", await anna.ReadAsync(page), StringComparison.Ordinal); // Nothing is asked for.
        Assert.Null(await hands.DoAsync(number, "anna", new(AskForMore, Reason: "Bitte nennen Sie den richtigen Rufnamen.")));
        Assert.Contains("id=\"paper\"", await anna.ReadAsync(page), StringComparison.Ordinal);
        Assert.Equal("step-of-another", (await Counter.BeginAnswerAsync("alsdorf", number,
            new(DraftOrigin.Post, new("carla"), null))).Refusal!.Code); // Her role did not ask.

        await anna.PostAsync(page, $"{page}&handler=Answer", ("channel", "post"));
        var form = anna.Last!.Headers.Location!.OriginalString.Split("/check")[0];
        var paper = form.Split('/')[^1];
        Assert.Contains("Bello", await anna.ReadAsync($"{form}/check?lang=de"), StringComparison.Ordinal);
        await anna.PostAsync($"{form}/form/dog", $"{form}/form/dog", ("call", "Rex"), ("whelped", "2026-01-10"), ("breed", "labrador"),
            ("large", "false"), ("since", "2026-03-20"), ("others", "0"), ("asked", "call"));
        await Counter.SaveAsync("alsdorf", paper, "relief",
            new Dictionary<string, string> { ["relief"] = "guide", ["debit"] = "false" }, CaseHands.New());
        Assert.Null((await Counter.AttachAsync("alsdorf", paper, new("relief", "proof", "Nachweis.pdf", SampleFiles.PdfWith("Nachweis")),
            CaseHands.New())).Refusal);
        Assert.Equal("Bello", await CallAsync(number)); // The case keeps its answers until these are sent.

        var due = (await hands.CaseAsync(number)).DecideUntil;
        var check = await anna.ReadAsync($"{form}/check?lang=de");
        for (var press = 0; press < 2; press++) // Pressed twice, it is one answer.
        {
            await anna.PostAsync("/staff/account", $"{form}/check", ("revision", Revision().Match(check).Groups[1].Value), ("do", "send"));
            Assert.Equal(page, anna.Last!.Headers.Location!.OriginalString);
        }

        var found = await hands.CaseAsync(number);
        Assert.Equal((CaseState.Received, null), (found.State, found.PausedSince));
        Assert.True(found.DecideUntil >= due);
        Assert.Equal("Rex", await CallAsync(number));
        Assert.NotNull((await hands.Staff.OpenFileAsync("alsdorf", number, "anna", "proof")).File);
        Assert.Single((await hands.SeeAsync(number)).History, entry => entry is { What: "added", Who: "anna", Channel: "post" });
        Assert.Contains("(Per Post)", await anna.ReadAsync(page), StringComparison.Ordinal);
        using var citizen = new CitizenBrowser(hands.Hub.Address);
        await citizen.GoAsync($"/case/{code}");
        Assert.Contains("data-state=\"received\"", citizen.Page, StringComparison.Ordinal);

        // Asked once more, the old form is gone, and the citizen may be faster than the post.
        Assert.Null(await hands.DoAsync(number, "anna", new(AskForMore, Reason: "Wirklich?")));
        Assert.Null(await Counter.FormAsync("alsdorf", paper));
        var second = (await Counter.BeginAnswerAsync("alsdorf", number, new(DraftOrigin.Counter, new("anna"), null))).Code!;
        var open = (await Counter.FormAsync("alsdorf", second))!;
        Assert.Null((await hands.Citizens.SubmitAsync("alsdorf", code, 0, CaseHands.New())).Refusal);
        Assert.Equal("application-gone", (await Counter.SubmitAsync("alsdorf", second, open.Revision, CaseHands.New())).Refusal!.Code);
        Assert.Single((await hands.SeeAsync(number)).History, entry => entry is { What: "added", Who: null });
    }

    private async Task<string> CallAsync(string number) =>
        (await hands.SeeAsync(number)).Pages.SelectMany(page => page.Fields).Single(field => field.Path == "call").Values["call"];

    [GeneratedRegex("name=\"revision\" value=\"([0-9]+)\"")]
    private static partial Regex Revision();
}

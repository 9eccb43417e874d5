using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Aufruf.Tests.Browser;

/// <summary>The page behind the code on a slip.</summary>
public sealed class TicketPageTests(Chromium chromium, Hall hall) : IClassFixture<Hall>
{
    [Theory]
    [InlineData("de", "Sie warten", "1 Person vor Ihnen", "Ausweis und Pass", "Sie sind dran", "Bitte gehen Sie jetzt zum Schalter 3.",
        "Beendet")]
    [InlineData("en", "You are waiting", "1 person ahead of you", "Identity card and passport", "It is your turn",
        "Please go to counter 3 now.", "Finished")]
    public async Task Without_JavaScript_the_page_is_whole(string language, string waiting, string ahead, string service, string called,
        string text, string finished)
    {
        await hall.EmptyAsync();
        await hall.Hub.TakeAsync();
        var mine = await hall.Hub.TakeAsync();
        await using var phone = await chromium.OpenAsync(390, 844, o => (o.JavaScriptEnabled, o.Locale) = (false, language));
        await phone.GoAsync(hall.Hub.Address, mine.StatusPath);
        await Assertions.Expect(phone.At("html")).ToHaveAttributeAsync("lang", language);
        await phone.ShowsAsync("#number", mine.Number);
        await phone.ShowsAsync("#state", waiting);
        await phone.ShowsAsync("#ahead", ahead);
        await phone.SaysAsync(".facts", service);
        await Assertions.Expect(phone.At("#counter")).ToBeHiddenAsync();
        await Assertions.Expect(phone.At("#alert")).ToBeHiddenAsync();

        await hall.ActAsync("3", "call-next");
        await hall.ActAsync("3", "finish");
        await hall.ActAsync("3", "call-next");
        await phone.At("#refresh a").ClickAsync();
        await phone.ShowsAsync("#state", called);
        await phone.ShowsAsync("#counter-label", "3");
        await phone.ShowsAsync("#text", text);

        await hall.ActAsync("3", "finish");
        await phone.Page.ReloadAsync();
        await phone.ShowsAsync("#state", finished);
        phone.ComplainedOfNothing();
    }

    [Fact]
    public async Task The_readers_language_is_one_link_away()
    {
        await using var phone = await chromium.OpenAsync(390, 844, o => o.JavaScriptEnabled = false);
        await phone.GoAsync(hall.Hub.Address, (await hall.Hub.TakeAsync()).StatusPath);
        await phone.ShowsAsync("#state", "Sie warten");
        foreach (var (language, state) in new[] { ("en", "You are waiting"), ("de-simple", "Bitte warten Sie"), ("tr", "Bekliyorsunuz"),
            ("uk", "Ви чекаєте"), ("ar", "أنت في الانتظار"), ("de", "Sie warten") })
        {
            await phone.At($".languages a[lang='{language}']").ClickAsync();
            await phone.ShowsAsync("#state", state);
            await Assertions.Expect(phone.At("html")).ToHaveAttributeAsync("dir", language == "ar" ? "rtl" : "ltr");
        }
    }

    [Fact]
    public async Task A_number_that_does_not_exist_is_a_404_with_words()
    {
        var mine = await hall.Hub.TakeAsync();
        await using var phone = await chromium.OpenAsync(390, 844);
        var answer = await phone.Page.GotoAsync(
            new Uri(hall.Hub.Address, Regex.Replace(mine.StatusPath, "[^/]+$", "AAAAAAAA")).AbsoluteUri);
        Assert.Equal(404, answer!.Status);
        await phone.ShowsAsync("h1", "Diese Nummer gibt es nicht");
        await phone.SaysAsync("main", "fragen Sie an der Information");
        phone.ComplainedOfNothing(exceptTheNetwork: true);
    }

    [Fact]
    public async Task On_the_narrowest_phone_nothing_is_wider_than_the_screen()
    {
        await using var phone = await chromium.OpenAsync(320, 640);
        await phone.GoAsync(hall.Hub.Address, "/");
        await phone.SeesAsync("h1");
        await phone.FitsANarrowScreenAsync();
        await phone.GoAsync(hall.Hub.Address, (await hall.Hub.TakeAsync()).StatusPath);
        await phone.SaysAsync("#live", "Live");
        await phone.FitsANarrowScreenAsync();
        await hall.EmptyAsync();
        await phone.IsAsync("data-state", "served");
        await phone.FitsANarrowScreenAsync();
        phone.ComplainedOfNothing();
    }
}

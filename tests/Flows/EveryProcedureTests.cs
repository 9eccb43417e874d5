using System.Net;
using Aufruf.Domain.Identity;
using Aufruf.Tests.Running;

namespace Aufruf.Tests.Flows;

/// <summary>Each procedure of the house is applied for through its pages, as a browser does without a script.</summary>
[Trait("Needs", "process")]
public sealed class EveryProcedureTests(PaymentHall hall) : IClassFixture<PaymentHall>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_procedure_is_filled_in_and_sent()
    {
        foreach (var item in new[] { "flag-town-small", "flag-for-sale-town-small" })
        {
            await AddPieceAsync(item);
        }

        using var citizen = new CitizenBrowser(hall.Hub.Address);
        await citizen.GoAsync("/apply");
        var procedures = citizen.Links.Where(link => link.StartsWith("/apply/", StringComparison.Ordinal)).ToList();
        Assert.InRange(procedures.Count, 10, 100);
        foreach (var procedure in procedures)
        {
            await ApplyAsync(citizen, procedure);
        }
    }

    private async Task ApplyAsync(CitizenBrowser citizen, string procedure)
    {
        var person = new FormFiller(TestHub.DayOf(hall.Hub.Clock.GetUtcNow()));
        await citizen.GoAsync(procedure);
        await citizen.SubmitAsync();
        for (var presses = 0; citizen.At.Contains("/form/", StringComparison.Ordinal); presses++)
        {
            Assert.True(presses < 20, $"{procedure} does not get beyond {citizen.At}: {citizen.Page}");
            (string, string)[] answers = [.. person.AnswersOf(citizen.Page)];
            await (FormFiller.FileOf(citizen.Page) is { } file
                ? citizen.UploadAsync(file, "bild.jpg", SampleFiles.Jpeg, answers) : citizen.SubmitAsync(answers));
        }

        Assert.EndsWith("/check", citizen.At, StringComparison.Ordinal);
        await citizen.SubmitAsync();
        var code = citizen.At.Split('/')[2].Split('?')[0];
        Assert.True((await hall.Cases.ViewAsync("alsdorf", code))?.Number is not null, $"{procedure} was not sent: {citizen.Page}");
    }

    private async Task AddPieceAsync(string item)
    {
        var anna = await hall.Hub.HireAsync("alsdorf", $"anna-{item.Length}", (Role.CaseWork.Id, "alsdorf"));
        using var desk = await anna.BrowserAsync(hall.Hub);
        var address = new Uri($"/staff/alsdorf/stock/{item}?lang=de", UriKind.Relative);
        using var form = new FormUrlEncodedContent([KeyValuePair.Create("First", "1"), KeyValuePair.Create("Count", "2"),
            KeyValuePair.Create("do", "add"), KeyValuePair.Create(StaffBrowser.FormToken,
                StaffBrowser.FormTokenOf(await desk.GetStringAsync(address, Stop)))]);
        using var added = await desk.PostAsync(address, form, Stop);
        Assert.Equal(HttpStatusCode.Found, added.StatusCode);
    }
}

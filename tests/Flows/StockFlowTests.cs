using System.Net;
using Aufruf.Contracts;
using Aufruf.Domain;
using Aufruf.Domain.Cases;
using Aufruf.Domain.Identity;
using Aufruf.Domain.Outbox;
using Aufruf.Hub.Connectors.Mail;
using Aufruf.Tests.Running;
using Microsoft.Extensions.DependencyInjection;
using static Aufruf.Contracts.CaseDeedKind;

namespace Aufruf.Tests.Flows;

/// <summary>Things that the town lends: reserved with the application, given out, overdue, and back, through the true hub.</summary>
[Trait("Needs", "process")]
public sealed class StockFlowTests
{
    private const string Item = "flag-town-small";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Pieces_are_reserved_with_the_application_given_out_overdue_and_taken_back()
    {
        await using var hub = await TestHub.StartAsync(options: [$"--Hub:Procedures={Repository.PathOf("hub", "procedures")}"]);
        var inner = (InnerHub)hub;
        var (staff, stock) = (inner.Services.GetRequiredService<IStaffCases>(), inner.Services.GetRequiredService<IStaffStock>());
        var anna = await hub.HireAsync("alsdorf", "anna", (Role.CaseWork.Id, "alsdorf"));
        using var desk = await anna.BrowserAsync(hub);
        var address = new Uri($"/staff/alsdorf/stock/{Item}?lang=de", UriKind.Relative);
        using var form = new FormUrlEncodedContent([KeyValuePair.Create("First", "1"), KeyValuePair.Create("Count", "2"),
            KeyValuePair.Create("do", "add"), KeyValuePair.Create(StaffBrowser.FormToken,
                StaffBrowser.FormTokenOf(await desk.GetStringAsync(address, Stop)))]);
        using var added = await desk.PostAsync(address, form, Stop);
        Assert.Contains("1–2", WebUtility.HtmlDecode(await desk.GetStringAsync(address, Stop)), StringComparison.Ordinal);

        var today = TestHub.DayOf(hub.Clock.GetUtcNow());
        var (_, number) = await BorrowAsync(hub, "2", today.AddDays(1), today.AddDays(3), null);
        Assert.Equal([1, 2], (await stock.FindAsync("alsdorf", Item))!.Loans.Single().Pieces);
        // Another citizen is said so before the application is sent, and chooses other days.
        var (code, second) = await BorrowAsync(hub, "1", today.AddDays(3), today.AddDays(4), (today.AddDays(4), today.AddDays(5)));
        Assert.EndsWith("-000002", second, StringComparison.Ordinal);

        await hub.UntilAsync(() => Task.FromResult(staff.List("alsdorf", "anna", WorkChoice.All).Count >= 2), "The cases are listed");
        // A correction asks for the days of the first citizen: it cannot be sent. Other days can.
        Assert.Null(await DoAsync(second, new(AskForMore, Reason: "Welche Tage?")));
        Assert.Equal(Refusal.ApplicationIncomplete, await CorrectAsync(today.AddDays(3)));
        Assert.Equal([today.AddDays(4)], await DaysAsync());
        Assert.Null(await CorrectAsync(today.AddDays(5)));
        await hub.UntilAsync(async () => await DaysAsync() is [var day] && day == today.AddDays(5), "The piece is reserved for that day");

        foreach (var deed in new CaseDeed[] { new(Begin), new(Grant), new(Finish, "hand-out", "sauber"), new(Post, Day: today) })
        {
            Assert.Null(await DoAsync(number, deed));
        }

        await hub.UntilAsync(async () => (await RowAsync()).Out == 2, "They are given out");
        hub.Clock.Skipped += TimeSpan.FromDays(4);
        await hub.UntilAsync(async () => (await RowAsync()).Overdue == 2, "They should be back");
        var mails = inner.Services.GetRequiredService<Outboxes>();
        await hub.UntilAsync(() => Task.FromResult(mails.Of(Outbox.StreamOf("alsdorf")).Known.Messages.Values
            .Count(mail => mail.Cause.Stream == Stock.StreamOf("alsdorf", Item)) == 1), "The citizen is reminded once");
        var list = await desk.GetStringAsync(new Uri("/staff/alsdorf/stock?lang=de", UriKind.Relative), Stop);
        Assert.Contains("Stadtflagge, 60 × 90 cm", WebUtility.HtmlDecode(list), StringComparison.Ordinal);
        Assert.Null(await DoAsync(number, new(Finish, "take-back", "ein Riss")));
        await hub.UntilAsync(async () => await RowAsync() is { Out: 0, Overdue: 0, Pieces: 2 }, "They are back");

        // A case that comes to nothing lets its pieces go.
        Assert.Null(await DoAsync(second, new(Reject, Reason: "doppelt")));
        await hub.UntilAsync(async () => (await stock.FindAsync("alsdorf", Item))!.Loans.Count == 0, "Nothing is reserved");

        async Task<string?> DoAsync(string about, CaseDeed deed) =>
            (await staff.DoAsync("alsdorf", about, "anna", deed, new(Guid.CreateVersion7())))?.Code;

        async Task<Refusal?> CorrectAsync(DateOnly day)
        {
            var citizens = inner.Services.GetRequiredService<ICitizenCases>();
            Dictionary<string, string> days = new() { ["from"] = $"{day:yyyy-MM-dd}", ["until"] = $"{day:yyyy-MM-dd}" };
            var form = (await citizens.SaveAsync("alsdorf", code, "flag", days, new(Guid.CreateVersion7()))).Form!;
            return (await citizens.SubmitAsync("alsdorf", code, form.Revision, new(Guid.CreateVersion7()))).Refusal;
        }

        async Task<DateOnly[]> DaysAsync() =>
            [.. (await stock.FindAsync("alsdorf", Item))!.Loans.Where(loan => loan.Number == second).Select(loan => loan.From)];

        async Task<StockRow> RowAsync() => (await stock.FindAsync("alsdorf", Item))!.Row;
    }

    private static async Task<(string Code, string Number)> BorrowAsync(TestHub hub, string pieces, DateOnly from, DateOnly until,
        (DateOnly, DateOnly)? otherwise)
    {
        using var citizen = new CitizenBrowser(hub.Address);
        await citizen.GoAsync("/apply/flag-lending");
        await citizen.SubmitAsync();
        await citizen.SubmitAsync(Wish(from, until));
        if (otherwise is { } other)
        {
            Assert.Equal(HttpStatusCode.BadRequest, citizen.Status);
            Assert.Contains("nicht so viele Stücke frei", WebUtility.HtmlDecode(citizen.Page), StringComparison.Ordinal);
            await citizen.SubmitAsync(Wish(other.Item1, other.Item2));
        }

        await citizen.SubmitAsync(("name.given", "Zoë"), ("name.family", "Müller"), ("address.street", "Hubertusstraße"),
            ("address.number", "17"), ("address.postcode", "52477"), ("address.town", "Alsdorf"), ("phone", "02404 500"),
            ("mail", "zoe@example.org"));
        Assert.EndsWith("/check", citizen.At, StringComparison.Ordinal);
        await citizen.SubmitAsync();
        var code = citizen.At.Split('/')[^1].Split('?')[0];
        return (code, (await ((InnerHub)hub).Services.GetRequiredService<ICitizenCases>().ViewAsync("alsdorf", code))!.Number!);

        (string, string)[] Wish(DateOnly first, DateOnly last) =>
            [("kind", "town"), ("size", "small"), ("pieces", pieces), ("from", $"{first:yyyy-MM-dd}"), ("until", $"{last:yyyy-MM-dd}")];
    }
}

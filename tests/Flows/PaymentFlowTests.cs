using System.Net;
using System.Text.RegularExpressions;
using Aufruf.Contracts;
using Aufruf.Domain;
using Aufruf.Domain.Cases;
using Aufruf.Domain.Identity;
using Aufruf.Domain.Outbox;
using Aufruf.Portal;
using Aufruf.Provider;
using Aufruf.Tests.Running;
using Microsoft.Extensions.DependencyInjection;
using static Aufruf.Tests.Flows.PaymentHall;

namespace Aufruf.Tests.Flows;

/// <summary>Citizens pay through the true hub at a provider that may fail and cheat.</summary>
[Trait("Needs", "process")]
public sealed partial class PaymentFlowTests(PaymentHall hall) : IClassFixture<PaymentHall>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_citizen_pays_without_a_script_and_the_case_goes_on_with_one_receipt()
    {
        var code = await hall.FillInAsync();
        using var citizen = new CitizenBrowser(hall.Hub.Address);
        await citizen.GoAsync("/apply");
        Assert.Contains($"/apply/{Procedure}", citizen.Links);
        await citizen.GoAsync($"/case/{code}/check");
        await citizen.SubmitAsync();
        Assert.Equal($"/case/{code}/pay", citizen.At);
        Assert.Contains("11,00", citizen.Page, StringComparison.Ordinal);
        var number = (await hall.Cases.ViewAsync("alsdorf", code))!.Number!;
        Assert.Equal((number, Fee), ((await hall.ClaimOfAsync(number)).Purpose, (await hall.ClaimOfAsync(number)).Cents));

        // A second press goes on with the same attempt.
        var form = citizen.Page;
        await citizen.SubmitAsync();
        var page = GoLink().Match(citizen.Page).Groups[1].Value;
        citizen.Show(form);
        await citizen.SubmitAsync();
        Assert.Equal(page, GoLink().Match(citizen.Page).Groups[1].Value);
        Assert.Single((await hall.ClaimOfAsync(number)).Attempts);
        var payment = Assert.Single(hall.Provider.Book.All, payment => payment.Purpose == number);
        Assert.Equal(($"{number}.fee.1", Fee), (payment.Request, payment.Cents));

        // An address proves nothing.
        await citizen.GoAsync($"/case/{code}/paid?status=PAYED");
        Assert.Contains("data-state=\"unpaid\"", citizen.Page, StringComparison.Ordinal);
        Assert.Equal(CaseState.AwaitingPayment, (await hall.CaseOfAsync(number)).State);

        var back = await PressAsync(page, "Paid");
        Assert.EndsWith($"/case/{code}/paid", back.AbsolutePath, StringComparison.Ordinal);
        hall.Hub.Clock.Skipped += TimeSpan.FromSeconds(3); // The page asked just now, and a provider is not asked twice at once.
        await citizen.GoAsync(back.PathAndQuery);
        Assert.Contains("data-claim=\"settled\"", citizen.Page, StringComparison.Ordinal);
        await citizen.HeadAsync(back.PathAndQuery);
        await citizen.GoAsync($"/case/{code}");
        Assert.Contains("data-state=\"inprogress\"", citizen.Page, StringComparison.Ordinal);

        await hall.Hub.UntilAsync(() => Task.FromResult(hall.MailsAbout(StreamOf(number)).Count == 1), "The receipt is written");
        var receipt = (await hall.OpenAsync(hall.MailsAbout(StreamOf(number))[0]))!;
        Assert.Equal("zoe@example.org", receipt.To);
        Assert.Contains("11,00", receipt.Text, StringComparison.Ordinal);
        Assert.Contains($"/case/{code}", receipt.Text, StringComparison.Ordinal);
        await hall.Hub.UntilAsync(async () =>
            (await Task.WhenAll(hall.MailsAbout(CitizenCase.StreamOf("alsdorf", number)).Select(hall.OpenAsync)))
                .Any(mail => mail!.Text.Contains("innerhalb von drei Tagen", StringComparison.Ordinal)), "The notice of the work");
        Assert.DoesNotContain("Unverkennbar", hall.Hub.Words, StringComparison.Ordinal);
        Assert.DoesNotContain(code, hall.Hub.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lost_answer_is_unknown_and_a_later_attempt_is_possible()
    {
        var (code, number) = await hall.ApplyAsync();
        hall.Provider.Faults.Order(Fault.LoseAnswer);
        Assert.Null((await hall.Payments.BeginAsync("alsdorf", code, "fee", New())).Refusal);
        Assert.Equal(AttemptState.Unknown, (await hall.ClaimOfAsync(number)).Attempts[0].State);
        Assert.Equal(Refusal.AttemptLives, (await hall.Payments.BeginAsync("alsdorf", code, "fee", New())).Refusal);
        Assert.Single(hall.Provider.Book.All, payment => payment.Purpose == number);
        hall.Hub.Clock.Skipped += TimeSpan.FromMinutes(31);
        await hall.UntilAsync(number, claim => claim.Attempts[0].State is AttemptState.Expired, "The attempt is given up");

        hall.Provider.Faults.Order(Fault.Refuse);
        Assert.Equal(Refusal.PaymentFailed, (await hall.Payments.BeginAsync("alsdorf", code, "fee", New())).Refusal);
        var begun = await hall.Payments.BeginAsync("alsdorf", code, "fee", New());
        Assert.NotNull(Assert.Single(begun.View!.Claims).Page);
        Assert.Equal(3, (await hall.ClaimOfAsync(number)).Attempts.Count);
        Assert.Equal(Refusal.ClaimUnknown, (await hall.Payments.BeginAsync("alsdorf", code, "other", New())).Refusal);
        Assert.Null(await hall.Payments.ViewAsync("alsdorf", "aaaabbbbcccc"));
    }

    [Fact]
    public async Task Staff_take_money_at_the_counter_pay_back_that_which_came_twice_and_compare_the_day()
    {
        await hall.Hub.HireAsync("alsdorf", "anna", (Role.CaseWork.Id, "alsdorf"));
        var (code, number) = await hall.ApplyAsync();
        var page = Assert.Single((await hall.Payments.BeginAsync("alsdorf", code, "fee", New())).View!.Claims).Page!;
        await hall.Hub.UntilAsync(async () => await hall.Staff.OfAsync("alsdorf", number, "anna") is not null, "The case is known");
        Assert.Equal("attempt-lives", await DoAsync(PaymentDeedKind.PaidAtCounter));
        Assert.Null(await DoAsync(PaymentDeedKind.NotPaid));
        Assert.Null(await DoAsync(PaymentDeedKind.PaidAtCounter));
        await hall.Hub.UntilAsync(async () => (await hall.CaseOfAsync(number)).State is CaseState.InProgress, "The case goes on");

        // The citizen pays at the provider all the same.
        await PressAsync(page, "Paid");
        Assert.Null(await DoAsync(PaymentDeedKind.Ask));
        Assert.Equal(Fee, (await hall.ClaimOfAsync(number)).ToRefund);
        using var citizen = new CitizenBrowser(hall.Hub.Address);
        await citizen.GoAsync($"/case/{code}");
        Assert.Contains("zurück", WebUtility.HtmlDecode(citizen.Page), StringComparison.Ordinal);

        await hall.Hub.UntilAsync(() => Task.FromResult(hall.Staff.DayOf("alsdorf", null).Open.Any(row => row.Number == number)), "Open");
        Assert.Contains(hall.Staff.DayOf("alsdorf", null).Settled, row => row.Number == number);
        var reference = (await hall.ClaimOfAsync(number)).Attempts[0].Reference!;
        using var anna = await new StaffPerson("alsdorf", "anna").BrowserAsync(hall.Hub);
        var list = new Uri(hall.Hub.Address, "/staff/alsdorf/payments?lang=de");
        var token = await StaffBrowser.FormTokenAsync(anna, list);
        Assert.Contains(number, await anna.GetStringAsync(list, Stop), StringComparison.Ordinal);
        using var file = new MultipartFormDataContent
        {
            { new StringContent(token), StaffBrowser.FormToken },
            { new StringContent($"reference;cents\n{reference};{Fee}\nT-other;500\n"), "file", "tag.csv" },
        };
        using var compared = await anna.PostAsync(list, file, Stop);
        var words = WebUtility.HtmlDecode(await compared.Content.ReadAsStringAsync(Stop));
        Assert.Equal(HttpStatusCode.OK, compared.StatusCode);
        Assert.Contains("T-other: 5,00", words, StringComparison.Ordinal);
        Assert.DoesNotContain($"{reference}: 11,00", words, StringComparison.Ordinal);

        // A further amount came after the clerk opened the page: that which was paid back is the amount of the page.
        Assert.Null(await hall.Staff.DoAsync("alsdorf", number, "anna", new(PaymentDeedKind.PaidBack, "fee", 600), New()));
        Assert.Equal(Fee - 600, (await hall.ClaimOfAsync(number)).ToRefund);
        var money = new Uri(hall.Hub.Address, $"/staff/alsdorf/cases/{number}/payments?lang=de");
        using var paidBack = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            [StaffBrowser.FormToken] = await StaffBrowser.FormTokenAsync(anna, money),
            ["form"] = Guid.NewGuid().ToString("N"),
            ["do"] = "paidback",
            ["claim"] = "fee",
            ["cents"] = "500",
        });
        using var done = await anna.PostAsync(money, paidBack, Stop);
        Assert.Equal(HttpStatusCode.Redirect, done.StatusCode);
        Assert.Equal((ClaimState.Settled, 0L), ((await hall.ClaimOfAsync(number)).State, (await hall.ClaimOfAsync(number)).ToRefund));
        Assert.Contains("11,00", await anna.GetStringAsync(new Uri(hall.Hub.Address, $"/staff/alsdorf/cases/{number}?lang=de"), Stop),
            StringComparison.Ordinal);
        Assert.Equal("refund-too-high", await DoAsync(PaymentDeedKind.PaidBack));

        async Task<string?> DoAsync(PaymentDeedKind kind) =>
            (await hall.Staff.DoAsync("alsdorf", number, "anna", new(kind, "fee"), New()))?.Code;
    }

    [Fact]
    public async Task A_case_that_is_taken_back_or_lapses_pays_late_money_back()
    {
        var (taken, left) = (await hall.ApplyAsync(), await hall.ApplyAsync());
        var pages = new List<string>();
        foreach (var (code, _) in new[] { taken, left })
        {
            pages.Add(Assert.Single((await hall.Payments.BeginAsync("alsdorf", code, "fee", New())).View!.Claims).Page!);
        }

        await hall.Cases.WithdrawAsync("alsdorf", taken.Code, New());
        await hall.UntilAsync(taken.Number, claim => claim.IsCancelled, "The claim of the case that was taken back is cancelled");
        await PressAsync(pages[0], "Paid");
        await hall.Payments.AskAsync("alsdorf", taken.Code);
        Assert.Equal((ClaimState.Overpaid, Fee),
            ((await hall.ClaimOfAsync(taken.Number)).State, (await hall.ClaimOfAsync(taken.Number)).ToRefund));
        Assert.Empty(hall.MailsAbout(StreamOf(taken.Number)));
        Assert.Equal(CaseState.Withdrawn, (await hall.CaseOfAsync(taken.Number)).State);

        hall.Hub.Clock.Skipped += TimeSpan.FromDays(15);
        await hall.UntilAsync(left.Number, claim => claim.IsCancelled && claim.Live is null, "The case that was not paid has lapsed");
        Assert.Equal(CaseState.Lapsed, (await hall.CaseOfAsync(left.Number)).State);
        await PressAsync(pages[1], "Paid");
        using var provider = new HttpClient();
        var reference = (await hall.ClaimOfAsync(left.Number)).Attempts[0].Reference;
        using var heard = await provider.GetAsync(new Uri(hall.Hub.Address, $"/payments/alsdorf/hint?gcReference={reference}"), Stop);
        Assert.Equal(HttpStatusCode.NoContent, heard.StatusCode);
        await hall.UntilAsync(left.Number, claim => claim.ToRefund == Fee, "The late payment has a task");
    }

    [Fact]
    public async Task A_provider_of_signed_forms_takes_payments_too_and_its_hint_is_checked()
    {
        await using var hub = await TestHub.StartAsync(options:
            [$"--Hub:Procedures={Repository.PathOf("hub", "procedures")}", .. hall.Settings("form")]);
        var payments = hub.Services.GetRequiredService<ICasePayments>();
        var code = await FillInAsync(hub.Services.GetRequiredService<ICitizenCases>());
        using var citizen = new CitizenBrowser(hub.Address);
        await citizen.GoAsync($"/case/{code}/check");
        await citizen.SubmitAsync();
        await citizen.SubmitAsync();
        await PressAsync(GoLink().Match(citizen.Page).Groups[1].Value, "Paid");
        await hub.UntilAsync(async () => (await payments.ViewAsync("alsdorf", code))!.State is CaseState.InProgress, "The hint is heard");
        Assert.Equal(ClaimState.Settled, Assert.Single((await payments.ViewAsync("alsdorf", code))!.Claims).State);
    }

    [Fact]
    public async Task A_claim_after_the_decision_is_paid_at_the_counter_and_staff_see_who_cannot_be_reached()
    {
        await hall.Hub.HireAsync("alsdorf", "bert", (Role.CaseWork.Id, "alsdorf"));
        var desk = hall.Hub.Services.GetRequiredService<IStaffCases>();
        var (code, number) = await RegisterAsync(("mail", "zoe@example.org"));
        await hall.Hub.UntilAsync(async () => await desk.FindAsync("alsdorf", number, "bert") is not null, "The case is known");
        foreach (var deed in (CaseDeedKind[])[CaseDeedKind.Begin, CaseDeedKind.Grant])
        {
            Assert.Null(await desk.DoAsync("alsdorf", number, "bert", new(deed), New()));
        }

        await hall.Hub.UntilAsync(async () => (await MoneyAsync(number)).Claims.Any(claim => claim.Id == "tax-2026"), "The tax is claimed");
        Assert.Equal((6_400, "Hundesteuer 2026"), ((await MoneyAsync(number)).Claims[0].Is.Cents,
            (await MoneyAsync(number)).Claims[0].Label["de"]));
        Assert.Null((await MoneyAsync(number)).NoWay);
        Assert.Equal(Refusal.PaymentOffline, (await hall.Payments.BeginAsync("alsdorf", code, "tax-2026", New())).Refusal);
        using var citizen = new CitizenBrowser(hall.Hub.Address);
        await citizen.GoAsync($"/case/{code}/pay");
        Assert.Contains("Hundesteuer 2026", citizen.Page, StringComparison.Ordinal); // Several claims differ by more than the amount.
        Assert.Null(await hall.Staff.DoAsync("alsdorf", number, "bert", new(PaymentDeedKind.PaidAtCounter, "tax-2026"), New()));
        Assert.Equal(ClaimState.Settled, (await MoneyAsync(number)).Claims[0].Is.State);
        await hall.Hub.UntilAsync(() => Task.FromResult(hall.Staff.DayOf("alsdorf", null).Settled
            .Any(row => row.Number == number && row.Label["en"] == "Dog tax 2026")), "The day of payments names it");
        await hall.Hub.UntilAsync(() => Task.FromResult(hall.MailsAbout($"claim/alsdorf.{number}.tax-2026").Count == 1), "The receipt");
        await hall.Hub.UntilAsync(() => Task.FromResult(hall.MailsAbout(CitizenCase.StreamOf("alsdorf", number)).Count == 1), "The notice");
        var received = (await hall.OpenAsync(hall.MailsAbout(CitizenCase.StreamOf("alsdorf", number))[0]))!;
        Assert.Contains($"/case/{code}?lang=de", received.Text, StringComparison.Ordinal);

        var (_, silent) = await RegisterAsync();
        await hall.Hub.UntilAsync(async () => await hall.Staff.OfAsync("alsdorf", silent, "bert") is not null, "The other case is known");
        Assert.Equal(NoWay.NoAddress, (await MoneyAsync(silent)).NoWay);
        Assert.Empty(hall.MailsAbout(CitizenCase.StreamOf("alsdorf", silent)));

        async Task<CaseMoney> MoneyAsync(string number) => (await hall.Staff.OfAsync("alsdorf", number, "bert"))!;
    }

    [Fact]
    public async Task A_portal_of_its_own_shows_and_begins_a_payment()
    {
        var (code, number) = await hall.ApplyAsync();
        var port = Ports.Next();
        await using var portal = PortalServer.Build([$"--Portal:HttpPort={port}", $"--Portal:Gateways=127.0.0.1:{hall.Hub.Gateway}",
            "--Logging:Console:LogLevel:Default=None"]);
        await portal.StartAsync(Stop);
        using var citizen = new CitizenBrowser(new($"http://localhost:{port}"));
        await hall.Hub.UntilAsync(async () =>
        {
            await citizen.GoAsync($"/case/{code}/pay");
            return citizen.Status is HttpStatusCode.OK;
        }, "The portal finds the hub", seconds: 20);
        await citizen.SubmitAsync();
        Assert.Equal((await hall.ClaimOfAsync(number)).Live!.Page, GoLink().Match(citizen.Page).Groups[1].Value);
    }

    private async Task<(string Code, string Number)> RegisterAsync(params (string, string)[] more)
    {
        var code = (await hall.Cases.BeginAsync("alsdorf", "dog-registration", "de", New())).Code!;
        foreach (var (page, answers) in ((string, (string, string)[])[])
            [("keeper", [("name.given", "Zoë"), ("name.family", "Müller"), ("born", "1990-02-28"), ("address.street", "Hubertusstraße"),
                ("address.number", "17"), ("address.postcode", "52477"), ("address.town", "Alsdorf"), .. more]),
            ("dog", [("call", "Bello"), ("whelped", "2026-01-10"), ("breed", "labrador"), ("large", "false"), ("since", "2026-03-20"),
                ("others", "0")]),
            ("relief", [("relief", "none"), ("debit", "false")])])
        {
            await hall.Cases.SaveAsync("alsdorf", code, page, answers.ToDictionary(a => a.Item1, a => a.Item2), New());
        }

        Assert.Null((await hall.Cases.SubmitAsync("alsdorf", code, 3, New())).Refusal);
        return (code, (await hall.Cases.ViewAsync("alsdorf", code))!.Number!);
    }

    [GeneratedRegex("href=\"([^\"]+)\" id=\"go\"")]
    private static partial Regex GoLink();
}

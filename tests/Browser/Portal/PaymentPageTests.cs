using Aufruf.Domain.Identity;
using Aufruf.Tests.Flows;

namespace Aufruf.Tests.Browser.Portal;

/// <summary>A citizen pays in a browser without JavaScript, and axe looks at each page of it.</summary>
public sealed class PaymentPageTests(Chromium chromium, PaymentHall hall) : IClassFixture<PaymentHall>
{
    [Theory]
    [InlineData("de", 1280)]
    [InlineData("ar", 390)]
    public async Task A_citizen_pays_end_to_end_without_JavaScript(string language, int width)
    {
        var code = await hall.FillInAsync();
        await using var phone = await chromium.OpenAsync(width, 900, context => context.JavaScriptEnabled = false);
        await phone.GoAsync(hall.Hub.Address, $"/case/{code}/check?lang={language}");
        await phone.At("#send").ClickAsync();
        await phone.SeesAsync("#pay");
        await phone.At("#pay").ClickAsync();
        await phone.SeesAsync("form[action$='/Paid'] button"); // The provider's page comes by itself.
        await phone.Page.GoBackAsync();
        await phone.GoAsync(hall.Hub.Address, $"/case/{code}/pay?lang={language}");
        await phone.At("#go").ClickAsync();
        await phone.At("form[action$='/Paid'] button").ClickAsync();
        await phone.SeesAsync("[data-claim=settled]");
        await phone.At("a.back").ClickAsync();
        await phone.SeesAsync("[data-state=inprogress]");
    }

    [Theory]
    [InlineData("de", 1280)]
    [InlineData("ar", 390)]
    public async Task No_page_of_a_payment_has_a_barrier_and_each_fits_a_phone(string language, int width)
    {
        var (code, number) = await hall.ApplyAsync();
        await using var phone = await chromium.OpenAsync(width, 900);
        await LookAsync($"/case/{code}");
        await LookAsync($"/case/{code}/pay");
        var page = (await hall.Payments.BeginAsync("alsdorf", code, "fee", PaymentHall.New())).View!.Claims[0].Page!;
        await LookAsync($"/case/{code}/pay");
        await PaymentHall.PressAsync(page, "Failed");
        await LookAsync($"/case/{code}/paid");
        page = (await hall.Payments.BeginAsync("alsdorf", code, "fee", PaymentHall.New())).View!.Claims[0].Page!;
        await PaymentHall.PressAsync(page, "Paid");
        await LookAsync($"/case/{code}/paid");
        await LookAsync($"/case/{code}");
        if (language == "de")
        {
            await hall.Hub.HireAsync("alsdorf", "clara", (Role.CaseWork.Id, "alsdorf"));
            await phone.EnterAsync(hall.Hub, $"/staff/alsdorf/cases/{number}?lang=de", person: new("alsdorf", "clara"));
            await phone.SeesAsync("#money-title");
            await phone.HasNoBarrierAsync("case with money");
            await phone.FitsANarrowScreenAsync();
            await phone.GoAsync(hall.Hub.Address, $"/staff/alsdorf/cases/{number}/payments?lang=de");
            await phone.HasNoBarrierAsync("money of a case");
            await phone.GoAsync(hall.Hub.Address, "/staff/alsdorf/payments?lang=de");
            await phone.SeesAsync("#settled");
            await phone.HasNoBarrierAsync("day of payments");
            await phone.At("#compare button").ClickAsync();
            await phone.SeesAsync("#file-error");
            await phone.HasNoBarrierAsync("day of payments, no file");
            await phone.FitsANarrowScreenAsync();
        }

        async Task LookAsync(string path)
        {
            await phone.GoAsync(hall.Hub.Address, $"{path}?lang={language}");
            await phone.HasNoBarrierAsync($"{path}, {language}", withContrast: language == "de");
            await phone.FitsANarrowScreenAsync();
            await phone.Page.SetViewportSizeAsync(width, 900);
        }
    }
}

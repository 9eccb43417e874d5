using System.Globalization;
using Aufruf.Contracts;
using Aufruf.Domain.Appointments;
using Aufruf.Grains;
using Aufruf.Portal.Citizens;
using Aufruf.Tests.Running;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace Aufruf.Tests.Browser.Portal;

/// <summary>A hub whose offices give appointments, and a citizen's browser without JavaScript.</summary>
public sealed class TownHall : Hall
{
    private int _citizens;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        BookableOffices.AddTo(Inner);
    }

    internal InnerHub Inner => (InnerHub)Hub;

    /// <summary>Contacts differ, because each may have few appointments.</summary>
    internal string NewMail => $"erika.{Interlocked.Increment(ref _citizens)}@beispiel.de";

    /// <summary>The last part of the address in the mail that asks for confirmation.</summary>
    internal string SecretOf(AppointmentView view) => Inner.Services.GetRequiredService<AppointmentSecrets>() is var secrets
        ? secrets.ConfirmationOf(view.Id, view.Citizen?.Mail is { } mail ? secrets.ContactOf(view.Week.Authority, mail) : null) : "";
}

internal static class Citizen
{
    /// <summary>From the times to the held time's data page.</summary>
    public static async Task HoldAsync(this Window phone, Uri hub, string service = "ausweis", string office = "rathaus", int slot = 3,
        string language = "")
    {
        await phone.GoAsync(hub, $"/book?service={service}&office={office}{language}");
        await phone.At(".slots input").Nth(slot).CheckAsync(new() { Force = true });
        await phone.At("form[method=post] button").First.ClickAsync();
        await phone.SeesAsync("#hold");
    }

    public static async Task EnterAsync(this Window phone, string name, string mail, string phoneNumber = "", string remark = "")
    {
        await phone.At("#name").FillAsync(name);
        await phone.At("#mail").FillAsync(mail);
        await phone.At("#phone").FillAsync(phoneNumber);
        await phone.At("#remark").FillAsync(remark);
        await phone.PressAsync("check");
    }

    public static Task PressAsync(this Window phone, string act) => phone.At($"button[value='{act}']").ClickAsync();

    /// <summary>The page of the appointment on which the browser is now.</summary>
    public static string Mine(this Window phone) => string.Join('/', new Uri(phone.Page.Url).AbsolutePath.Split('/').Take(4));

    /// <summary>All the way to a confirmed appointment; its page is open then.</summary>
    public static async Task BookAsync(this Window phone, TownHall hall, string service = "ausweis", int slot = 3)
    {
        await phone.HoldAsync(hall.Hub.Address, service, slot: slot);
        await phone.EnterAsync("Erika Mustermann", hall.NewMail);
        await phone.PressAsync("book");
        await phone.OnPageAsync("preconfirmed");
        await phone.ConfirmAsync(hall);
    }

    public static async Task ConfirmAsync(this Window phone, TownHall hall)
    {
        var mine = phone.Mine();
        await phone.GoAsync(hall.Hub.Address, $"{mine}/confirm/{hall.SecretOf(await hall.ViewOfAsync(mine))}");
        await phone.At("#confirm").ClickAsync();
        await phone.OnPageAsync("confirmed");
    }

    /// <summary>The page to which the mails of the newest wish lead.</summary>
    public static async Task<string> WishPageAsync(this TownHall hall)
    {
        var wish = (await hall.WishesAsync()).InOrder.Last();
        return $"/w/alsdorf/{wish.Id}/{hall.Inner.Services.GetRequiredService<AppointmentSecrets>().CodeOf(wish.Id)}";
    }

    public static Task UntilOfferedAsync(this TownHall hall) =>
        hall.Inner.UntilAsync(async () => (await hall.WishesAsync()).InOrder.Last().State is WishState.Offered, "A slot is offered");

    private static Task<Wishes> WishesAsync(this TownHall hall) =>
        hall.Inner.Services.GetRequiredService<IGrainFactory>().GetGrain<IWishesGrain>(Wishes.StreamOf("alsdorf")).View();

    /// <summary>As the browser's field for a day writes it.</summary>
    public static async Task<string> DayOfAsync(this TownHall hall, string mine) => await hall.ViewOfAsync(mine) is var view
        ? CitizenPage.DayAt(view.From, view.TimeZone).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : "";

    public static async Task<AppointmentView> ViewOfAsync(this TownHall hall, string mine)
    {
        var parts = mine.Split('/');
        return Assert.IsType<AppointmentView>(await hall.Inner.Services.GetRequiredService<IAppointments>()
            .ViewAsync(CalendarWeekKey.TryParse(parts[2], out var week) ? week.Value : default, parts[3]));
    }

    public static Task OnPageAsync(this Window phone, string state) => Assertions.Expect(phone.At("[data-state]")).ToHaveAttributeAsync(
        "data-state", state);
}

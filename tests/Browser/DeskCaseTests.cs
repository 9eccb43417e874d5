using System.Net;
using Aufruf.Contracts;
using Aufruf.Domain;
using Aufruf.Domain.Appointments;
using Aufruf.Domain.Identity;
using Aufruf.Grains;
using Aufruf.Tests.Running;
using Microsoft.Extensions.DependencyInjection;

namespace Aufruf.Tests.Browser;

/// <summary>The case of the person at the counter, at the desk: booked for, called, opened, finished.</summary>
public sealed class DeskCaseTests(Chromium chromium, DeskCaseTests.CaseOffice hall) : IClassFixture<DeskCaseTests.CaseOffice>
{
    private const string Mail = "erika@beispiel.de";

    private static readonly (string Page, (string, string)[] Answers)[] Answers =
    [
        ("keeper", [("name.given", "Zoë"), ("name.family", "Müller"), ("address.street", "Hubertusstraße"), ("address.number", "17"),
            ("address.postcode", "52477"), ("address.town", "Alsdorf")]),
        ("end", [("tag", "1234"), ("end", "2026-11-02"), ("why", "died"), ("hasTag", "true")]),
    ];

    /// <summary>The demo office at nine, with appointments all day and the procedures of the house.</summary>
    public sealed class CaseOffice : Hall
    {
        protected override async Task<string?> OfficeAsync() => await AppointmentDay.OfficeAsync();

        private protected override async Task<TestHub> StartAsync(string? office) =>
            await TestHub.StartAtNineAsync(office, $"--Hub:Procedures={Repository.PathOf("hub", "procedures")}");
    }

    private T The<T>() where T : notnull => ((InnerHub)hall.Hub).Services.GetRequiredService<T>();

    [Fact]
    public async Task The_case_that_the_citizen_booked_for_opens_at_the_desk_and_says_how_the_visit_ended()
    {
        var number = await BookedAsync();
        var anna = await hall.Hub.HireAsync("alsdorf", "anna", (Role.CaseWork.Id, "alsdorf"), (Role.Clerk.Id, TestHub.Office));
        await using var desk = await chromium.OpenAsync(1280, 800);
        await desk.EnterAsync(hall.Hub, Hall.DeskAddress("3"), person: anna);
        await desk.IsAsync("data-mode", "idle");
        await desk.At("#primary").ClickAsync();
        await desk.IsAsync("data-mode", "called");
        await desk.SaysAsync("#case-open", number);
        await desk.At("#case-beside").CheckAsync(); // For those who come next.
        await desk.SaysAsync("#case-open", "Hund abmelden");
        await desk.HasNoBarrierAsync("desk with a case");

        // It opens beside the desk, in a window of its own.
        var opened = desk.Page.WaitForPopupAsync();
        await desk.At("#case-open").ClickAsync();
        var page = await opened;
        await page.WaitForSelectorAsync("#history");
        Assert.Contains(number, await page.TitleAsync(), StringComparison.Ordinal);

        await desk.At("#primary").ClickAsync();
        await desk.IsAsync("data-mode", "serving");
        await Task.Delay(1_600, TestContext.Current.CancellationToken); // A press meant for the state before is not taken.
        await desk.At("#primary").ClickAsync();
        if (await desk.At("#panel").IsVisibleAsync())
        {
            await desk.Page.Keyboard.PressAsync("Tab"); // The visit has just begun: it is asked again.
            await desk.Page.Keyboard.PressAsync("Enter");
        }

        await desk.IsAsync("data-mode", "idle");
        await hall.Hub.UntilAsync(async () => (await The<IStaffCases>().FindAsync("alsdorf", number, "anna"))!.History
            .Any(entry => entry.Visit is not null && entry.Who == "anna"), "The visit stands in the case");
        await page.ReloadAsync();
        Assert.Contains("beendet", await page.Locator("#history").InnerTextAsync(), StringComparison.Ordinal);

        // The next one comes without a case, and the clerk begins one, in the same window.
        await hall.Hub.TakeAsync();
        await desk.At("#primary").ClickAsync();
        await desk.IsAsync("data-mode", "called");
        await desk.At("#case-begin").ClickAsync();
        await page.WaitForSelectorAsync("#procedures");
        Assert.Contains("Hund abmelden", await page.Locator("#procedures").InnerTextAsync(), StringComparison.Ordinal);

        // A case that is attached opens by itself there.
        await page.GotoAsync(new Uri(hall.Hub.Address, "/staff/account").ToString());
        var at = desk.Page.Url;
        var visit = await desk.At("#case-begin").GetAttributeAsync("href");
        await page.GotoAsync(new Uri(hall.Hub.Address, visit).ToString());
        await page.Locator("#number").FillAsync(number);
        await page.Locator("#attach button").First.ClickAsync();
        await page.WaitForSelectorAsync("#history");
        await desk.SaysAsync("#case-open", number);
        await page.WaitForURLAsync($"**/staff/alsdorf/cases/{number}?lang=de");
        Assert.Equal(at, desk.Page.Url);
        desk.ComplainedOfNothing();
    }

    [Fact]
    public async Task No_page_of_a_clerks_application_or_of_a_procedure_has_a_barrier()
    {
        var carla = await hall.Hub.HireAsync("alsdorf", "carla", (Role.CaseWork.Id, "alsdorf"), (Role.AdministratorId, "alsdorf"));
        await using var window = await chromium.OpenAsync(1280, 900);
        await window.EnterAsync(hall.Hub, "/staff/alsdorf/cases/new?lang=de", person: carla);
        await LookAsync("#procedures", "begin a case");
        await window.At("#procedures button").First.ClickAsync();
        await LookAsync("#_entries", "a page of the form");
        await window.At("#_entries button").First.ClickAsync();
        await LookAsync(".error-summary", "its faults");
        await window.Page.GotoAsync(window.Page.Url.Replace("/form/about", "/form/you", StringComparison.Ordinal));
        await LookAsync("#identityCard[type=file]", "a page that takes a file");
        await window.GoAsync(hall.Hub.Address, "/staff/alsdorf/procedures?lang=de");
        await LookAsync("#procedures", "procedures");
        await window.At("#procedures a").First.ClickAsync();
        await LookAsync("#text", "a declaration");
        await window.At("#upload").SetInputFilesAsync(Repository.PathOf("tests", "Domain", "Cases", "Procedures", "as-designed.json"));
        await window.At("#check").ClickAsync();
        await LookAsync("#faults", "a declaration with faults");
        await window.At("#in-force a").ClickAsync();
        await LookAsync(".step", "its history");
        await window.GoAsync(hall.Hub.Address, "/staff/alsdorf/cases?show=ends&lang=en");
        await LookAsync("#nothing", "ends");

        async Task LookAsync(string selector, string state)
        {
            await window.SeesAsync(selector);
            await window.HasNoBarrierAsync(state);
            await window.FitsANarrowScreenAsync();
            await window.Page.SetViewportSizeAsync(1280, 900);
        }
    }

    /// <summary>A citizen applies, books an appointment for the case, and is here.</summary>
    private async Task<string> BookedAsync()
    {
        var (cases, appointments, secrets) = (The<ICitizenCases>(), The<IAppointments>(), The<AppointmentSecrets>());
        var code = (await cases.BeginAsync("alsdorf", "dog-deregistration", "de", New())).Code!;
        foreach (var (page, answers) in Answers)
        {
            await cases.SaveAsync("alsdorf", code, page, answers.ToDictionary(a => a.Item1, a => a.Item2), New());
        }

        await cases.SubmitAsync("alsdorf", code, Answers.Length, New());
        var number = (await cases.ViewAsync("alsdorf", code))!.Number!;
        Wanted[] services = [new(new("ausweis"), 1)];
        var place = (await appointments.FindAsync(new("alsdorf", services, TestHub.Office, Most: 1))).Offices[0];
        var held = (await appointments.HoldAsync(new(place.Offer.Office, place.Offer.Calendar, services, place.Starts[0],
            AppointmentKind.AtCounter, "de"), New())).View!;
        await appointments.PreconfirmAsync(held.Week, held.Code, new("Erika Mustermann", Mail, Case: number), New());
        Assert.Null((await appointments.ConfirmAsync(held.Week, held.Code,
            secrets.ConfirmationOf(held.Id, secrets.ContactOf("alsdorf", Mail)), New())).Refusal);
        Assert.Equal(HttpStatusCode.Created, (await new AppointmentDay(hall.Hub).CheckInAsync(held.Code)).Status);
        return number;
    }

    private static RequestId New() => new(Guid.CreateVersion7());
}

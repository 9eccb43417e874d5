using Aufruf.Contracts;
using Aufruf.Domain;
using Aufruf.Domain.Identity;
using Aufruf.Tests.Running;
using Microsoft.Extensions.DependencyInjection;

namespace Aufruf.Tests.Browser.Portal;

/// <summary>axe looks at each page of an application and of its case.</summary>
public sealed class CasePageTests(Chromium chromium, CasePageTests.CaseHall hall) : IClassFixture<CasePageTests.CaseHall>
{
    private const string Procedure = "dog-registration";

    private static readonly (string, (string, string)[])[] Deregistration =
    [
        ("keeper", [("name.given", "Zoë"), ("name.family", "Müller"), ("address.street", "Hubertusstraße"), ("address.number", "17"),
            ("address.postcode", "52477"), ("address.town", "Alsdorf")]),
        ("end", [("tag", "1234"), ("end", "2026-11-02"), ("why", "died"), ("hasTag", "true")]),
    ];

    /// <summary>A hub that offers the procedures of the house.</summary>
    public sealed class CaseHall : Hall
    {
        private protected override async Task<TestHub> StartAsync(string? office) =>
            await TestHub.StartAsync(office, options: [$"--Hub:Procedures={Repository.PathOf("hub", "procedures")}"]);
    }

    [Theory]
    [InlineData("de", 1280)]
    [InlineData("ar", 390)]
    public async Task No_page_of_an_application_has_a_barrier_and_each_fits_a_phone(string language, int width)
    {
        var cases = ((InnerHub)hall.Hub).Services.GetRequiredService<ICitizenCases>();
        var code = (await cases.BeginAsync("alsdorf", Procedure, language, New())).Code!;
        await using var phone = await chromium.OpenAsync(width, 900);
        await LookAsync("/apply");
        await LookAsync($"/apply/{Procedure}");
        await LookAsync("/case");
        await LookAsync($"/case/{code}");
        await LookAsync($"/case/{code}/form/keeper");
        await phone.At("#_entries button").First.ClickAsync();
        await phone.SeesAsync(".error-summary");
        await SeeAsync("faults");
        await SaveAsync("keeper", ("name.given", "Zoë"), ("name.family", "Müller"), ("born", "1990-02-28"),
            ("address.street", "Hubertusstraße"), ("address.number", "17"), ("address.postcode", "52477"), ("address.town", "Alsdorf"));
        await SaveAsync("dog", ("call", "Bello"), ("whelped", "2026-01-10"), ("breed", "labrador"), ("large", "true"),
            ("since", "2026-03-20"), ("others", "0"));
        await LookAsync($"/case/{code}/form/dog", "&more=yes");
        await SaveAsync("dog", ("chip", "276098100000001"));
        await SaveAsync("relief", ("relief", "guide"), ("debit", "false"));
        await LookAsync($"/case/{code}/form/relief");
        await LookAsync($"/case/{code}/check");
        await SaveAsync("relief", ("relief", "none"));
        await LookAsync($"/case/{code}/check");
        await LookAsync($"/case/{code}");
        await phone.At("#discard").ClickAsync();
        await phone.SeesAsync("#restore");
        await SeeAsync("discarded");
        await phone.At("#restore").ClickAsync();
        await phone.SeesAsync("#discard");
        await LookAsync($"/case/{code}/check");
        await phone.At("#send").ClickAsync();
        await phone.SeesAsync("#number");
        await SeeAsync("sent");
        await LookAsync($"/case/{code}/withdraw");
        await LookAsync("/case/aaaabbbbcccc");

        async Task LookAsync(string path, string query = "")
        {
            await phone.GoAsync(hall.Hub.Address, $"{path}?lang={language}{query}");
            await SeeAsync(path);
        }

        async Task SeeAsync(string state)
        {
            await phone.HasNoBarrierAsync($"{state}, {language}", withContrast: language == "de");
            await phone.FitsANarrowScreenAsync();
            await phone.Page.SetViewportSizeAsync(width, 900);
        }

        Task SaveAsync(string page, params (string, string)[] answers) =>
            cases.SaveAsync("alsdorf", code, page, answers.ToDictionary(a => a.Item1, a => a.Item2), New());
    }

    [Fact]
    public async Task A_clerk_takes_a_task_from_the_list_and_begins_the_work()
    {
        var cases = ((InnerHub)hall.Hub).Services.GetRequiredService<ICitizenCases>();
        var code = (await cases.BeginAsync("alsdorf", "dog-deregistration", "de", New())).Code!;
        foreach (var (page, answers) in Deregistration)
        {
            await cases.SaveAsync("alsdorf", code, page, answers.ToDictionary(a => a.Item1, a => a.Item2), New());
        }

        var sent = await cases.SubmitAsync("alsdorf", code, Deregistration.Length, New());
        Assert.True(sent.Refusal is null, string.Join(' ', sent.Form?.Faults ?? []));
        var number = (await cases.ViewAsync("alsdorf", code))!.Number!;
        var anna = await hall.Hub.HireAsync("alsdorf", "anna", (Role.CaseWork.Id, "alsdorf"));
        await using var window = await chromium.OpenAsync(1280, 900);
        await window.EnterAsync(hall.Hub, "/staff/alsdorf/cases?lang=de", person: anna);
        await window.SeesAsync("#work");
        await window.HasNoBarrierAsync("work list");
        await window.At("#work a", number).ClickAsync();
        await window.SeesAsync("#deeds");
        await window.HasNoBarrierAsync("case");
        await window.At("button[value=claim]").First.ClickAsync();
        await window.SeesAsync("button[value=release]");
        await window.At("button[value=begin]").ClickAsync();
        await window.SeesAsync("[data-state=inprogress]");
        await window.At("button[value=refuse]").ClickAsync();
        await window.SeesAsync("#refused"); // A refusal needs a reason.
        await window.HasNoBarrierAsync("case, refused");
        await window.FitsANarrowScreenAsync();
        await window.NoPartMovesSidewaysAsync();
    }

    private static RequestId New() => new(Guid.CreateVersion7());
}

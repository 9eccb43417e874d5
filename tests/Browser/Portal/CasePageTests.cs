using Aufruf.Contracts;
using Aufruf.Domain;
using Aufruf.Tests.Running;
using Microsoft.Extensions.DependencyInjection;

namespace Aufruf.Tests.Browser.Portal;

/// <summary>axe looks at each page of an application and of its case.</summary>
public sealed class CasePageTests(Chromium chromium, CasePageTests.CaseHall hall) : IClassFixture<CasePageTests.CaseHall>
{
    private const string Procedure = "dog-registration";

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
        await phone.At("#entries button").First.ClickAsync();
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

    private static RequestId New() => new(Guid.CreateVersion7());
}

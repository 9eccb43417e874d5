using Aufruf.Contracts;
using Aufruf.Domain;
using Aufruf.Domain.Cases;
using Aufruf.Domain.Identity;
using Aufruf.Tests.Running;
using Microsoft.Extensions.DependencyInjection;

namespace Aufruf.Tests.Flows;

/// <summary>A hub with the procedures of the house, a virus scanner, and three people who work on cases.</summary>
/// <remarks>Its cases leave memory after a second, so each of its tests shows that nothing depends on their staying.</remarks>
public sealed class CaseHands : IAsyncLifetime
{
    internal const string Procedure = "dog-registration";

    internal static readonly (string Page, (string, string)[] Answers)[] Form =
    [
        ("keeper", [("name.given", "Zoë"), ("name.family", "Müller"), ("born", "1990-02-28"), ("address.street", "Hubertusstraße"),
            ("address.number", "17"), ("address.postcode", "52477"), ("address.town", "Alsdorf")]),
        ("dog", [("call", "Bello"), ("whelped", "2026-01-10"), ("breed", "labrador"), ("large", "false"), ("since", "2026-03-20"),
            ("others", "0")]),
        ("relief", [("relief", "none"), ("debit", "false")]),
    ];

    private InnerHub? _hub;

    internal FakeClamd Scanner { get; } = new();

    internal InnerHub Hub => _hub ?? throw new InvalidOperationException("The hub was not started.");

    internal ICitizenCases Citizens => Hub.Services.GetRequiredService<ICitizenCases>();

    internal IStaffCases Staff => Hub.Services.GetRequiredService<IStaffCases>();

    internal StaffPerson Anna { get; private set; } = StaffPerson.FirstClerk;

    internal StaffPerson Bert { get; private set; } = StaffPerson.FirstClerk;

    public async ValueTask InitializeAsync()
    {
        Scanner.Start();
        _hub = await TestHub.StartAsync(options:
            [$"--Hub:Procedures={Repository.PathOf("hub", "procedures")}", $"--Hub:Clamd={Scanner.Address}", "--Hub:CaseIdle=00:00:01"]);
        Anna = await Hub.HireAsync("alsdorf", "anna", (Role.CaseWork.Id, "alsdorf"));
        Bert = await Hub.HireAsync("alsdorf", "bert", (Role.CaseWork.Id, "alsdorf"));
        await Hub.AskAsync("alsdorf",
            new PeopleCommand.DefineRole("ordnungsamt", new() { ["de"] = "Ordnungsamt" }, [Permission.Cases], "test"));
        await Hub.HireAsync("alsdorf", "carla", ("ordnungsamt", "alsdorf"));
    }

    public async ValueTask DisposeAsync()
    {
        await Hub.DisposeAsync();
        Scanner.Dispose();
    }

    internal static RequestId New() => new(Guid.CreateVersion7());

    /// <summary>A draft with all answers, where others are not given.</summary>
    internal async Task<string> FillInAsync(params (string, string)[] other)
    {
        var code = (await Citizens.BeginAsync("alsdorf", Procedure, "de", New())).Code!;
        foreach (var (page, answers) in Form)
        {
            var typed = answers.ToDictionary(answer => answer.Item1, answer => answer.Item2);
            foreach (var (path, text) in other)
            {
                typed[path] = text;
            }

            await Citizens.SaveAsync("alsdorf", code, page, typed, New());
        }

        return code;
    }

    internal async Task<string> SendAsync(string code)
    {
        var form = (await Citizens.FormAsync("alsdorf", code))!;
        var answer = await Citizens.SubmitAsync("alsdorf", code, form.Revision, New());
        Assert.True(answer.Refusal is null, $"{answer.Refusal?.English} {string.Join(' ', answer.Form?.Faults ?? [])}");
        var number = (await Citizens.ViewAsync("alsdorf", code))!.Number!;
        await Hub.UntilAsync(() => Task.FromResult(Staff.List("alsdorf", "anna", WorkChoice.All).Rows.Any(row => row.Number == number)),
            "The case is on the list");
        return number;
    }

    internal async Task<(string Code, string Number)> ApplyAsync(params (string, string)[] other)
    {
        var code = await FillInAsync(other);
        return (code, await SendAsync(code));
    }

    /// <summary>The code of the refusal; null: it was done.</summary>
    internal async Task<string?> DoAsync(string number, string who, CaseDeed deed) =>
        (await Staff.DoAsync("alsdorf", number, who, deed, New()))?.Code;

    /// <summary>The letters of today leave the house.</summary>
    internal async Task PostAsync(string number)
    {
        var dispatch = Hub.Services.GetRequiredService<IStaffDispatch>();
        var today = TestHub.DayOf(Hub.Clock.GetUtcNow());
        await Hub.UntilAsync(async () => await dispatch.FindAsync("alsdorf", today) is { } list
            && list.Letters.Any(line => line.Letter.Number == number), "The letter is on the list");
        Assert.Null(await dispatch.PrintAsync("alsdorf", today, "anna", New()));
        var batch = (await dispatch.FindAsync("alsdorf", today))!.Batches[^1].Batch;
        Assert.Null(await dispatch.PostAsync("alsdorf", today, batch, today, "anna", New()));
        await Hub.UntilAsync(async () => (await CaseAsync(number)).PostedOn is not null, "The case is posted");
    }

    internal async Task<StaffCase> SeeAsync(string number, string who = "anna") => (await Staff.FindAsync("alsdorf", number, who))!;

    internal Task<CitizenCase> CaseAsync(string number) => Hub.Services.GetRequiredService<IGrainFactory>()
        .GetGrain<ICaseGrain>(CitizenCase.StreamOf("alsdorf", number)).View();
}

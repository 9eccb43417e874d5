using System.Net;
using System.Text.RegularExpressions;
using Aufruf.Contracts;
using Aufruf.Domain;
using Aufruf.Domain.Cases;
using Aufruf.Domain.Identity;
using Aufruf.Domain.Offices;
using Aufruf.Domain.Queues;
using Aufruf.Grains;
using Aufruf.Hub.Cases;
using Aufruf.Hub.Gateway;
using Aufruf.Hub.Offices;
using Aufruf.Tests.Running;
using Microsoft.Extensions.DependencyInjection;

namespace Aufruf.Tests.Flows;

/// <summary>The case of the person at the counter: begun or found by a clerk, or booked for by the citizen.</summary>
[Trait("Needs", "process")]
public sealed partial class CounterCaseTests(CounterCaseTests.CounterHub office) : IClassFixture<CounterCaseTests.CounterHub>
{
    private const string Procedure = "dog-deregistration";

    private static readonly (string, string)[] Keeper =
    [
        ("name.given", "Zoë"), ("name.family", "Müller"), ("address.street", "Hubertusstraße"), ("address.number", "17"),
        ("address.postcode", "52477"), ("address.town", "Alsdorf"),
    ];

    private static readonly (string, string)[] Ending = [("tag", "1234"), ("end", "2026-11-02"), ("why", "died"), ("hasTag", "true")];

    /// <summary>The demo office at nine, with appointments all day and the procedures of the house.</summary>
    public sealed class CounterHub : IAsyncLifetime
    {
        private InnerHub? _hub;

        internal InnerHub Hub => _hub ?? throw new InvalidOperationException("The hub was not started.");

        internal StaffPerson Anna { get; private set; } = StaffPerson.FirstClerk;

        public async ValueTask InitializeAsync()
        {
            _hub = await TestHub.StartAtNineAsync(await AppointmentDay.OfficeAsync(),
                $"--Hub:Procedures={Repository.PathOf("hub", "procedures")}");
            Anna = await _hub.HireAsync("alsdorf", "anna", (Role.CaseWork.Id, "alsdorf"), (Role.Clerk.Id, TestHub.Office));
        }

        public ValueTask DisposeAsync() => Hub.DisposeAsync();
    }

    private InnerHub Hub => office.Hub;

    private T The<T>() where T : notnull => Hub.Services.GetRequiredService<T>();

    [Fact]
    public async Task A_clerk_begins_a_case_for_the_person_at_the_counter_and_the_end_of_the_visit_stands_in_it()
    {
        var visit = await CalledAsync("3");
        using var clerk = await StaffBrowser.SignInAsync(Hub, office.Anna);
        var start = $"/staff/alsdorf/cases/new?visit={visit}&lang=de";
        Assert.Contains("Am Schalter: ", await clerk.ReadAsync(start), StringComparison.Ordinal);
        await clerk.PostAsync(start, start, ("procedure", Procedure), ("channel", "post"));
        Assert.Equal(HttpStatusCode.NotFound, clerk.Last!.StatusCode); // It cannot come by post.
        await clerk.PostAsync(start, start, ("procedure", Procedure), ("channel", "counter"));
        var draft = clerk.Last!.Headers.Location!.OriginalString.Split("/form")[0];

        // A page with a fault is kept, and its fault stands on top.
        await clerk.PostAsync($"{draft}/form/keeper", $"{draft}/form/keeper",
            [.. Keeper[..^1], ("address.town", ""), .. AskedOf("name", "address", "mail")]);
        Assert.Equal(HttpStatusCode.BadRequest, clerk.Last!.StatusCode);
        Assert.Contains("#address.", await clerk.Last.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
            StringComparison.Ordinal);
        await clerk.PostAsync($"{draft}/form/keeper", $"{draft}/form/keeper", [.. Keeper, .. AskedOf("name", "address", "mail")]);
        Assert.Contains("/form/end", clerk.Last!.Headers.Location!.OriginalString, StringComparison.Ordinal);
        await clerk.PostAsync($"{draft}/form/end", $"{draft}/form/end", [.. Ending, .. AskedOf("tag", "end", "why")]);
        Assert.Contains("/check", clerk.Last!.Headers.Location!.OriginalString, StringComparison.Ordinal);
        var check = await clerk.ReadAsync($"{draft}/check?lang=de");
        Assert.Contains("Müller", check, StringComparison.Ordinal);
        var revision = Revision().Match(check).Groups[1].Value;
        for (var press = 0; press < 2; press++) // Pressed twice, it is one case.
        {
            await clerk.PostAsync("/staff/account", $"{draft}/check", ("revision", revision), ("do", "send"));
            Assert.EndsWith("/sent?lang=de", clerk.Last!.Headers.Location!.OriginalString, StringComparison.Ordinal);
        }

        var sent = await clerk.ReadAsync($"{draft}/sent?lang=de");
        var number = NumberIn().Match(sent).Groups[1].Value;
        Assert.Contains($"/staff/alsdorf/cases/{number}", sent, StringComparison.Ordinal);
        var code = draft.Split('/')[^1];
        Assert.Equal(number, (await The<ICitizenCases>().ViewAsync("alsdorf", code))!.Number); // The citizen follows it with the code.
        Assert.Equal(number, (await TicketAsync(visit)).Case);
        Assert.Contains(number, await clerk.ReadAsync(start), StringComparison.Ordinal);

        await ActAsync("3", "finish");
        await UntilAsync(number, entry => entry.Visit is { End: VisitEnd.Served });
        await ActAsync("3", "undo");
        await UntilAsync(number, entry => entry.Visit is { End: VisitEnd.GoesOn });
        await ActAsync("3", "finish");
        var entry = await UntilAsync(number, entry => entry.Visit is { End: VisitEnd.Served }, 2);
        Assert.Equal(TestHub.FirstClerk, entry.Who);

        // Another clerk takes the seat. The visit stays that of the one who finished it.
        Assert.Null((await The<IQueues>().HandleAsync(Key, New(), new QueueCommand.LogIn(new("3"), new("bea")))).Refusal);
        Assert.Equal(new(TestHub.FirstClerk), await The<VisitClerks>().FinishedByAsync(Key.Stream, visit.Ticket));
        Assert.Null((await The<IQueues>().HandleAsync(Key, New(), new QueueCommand.LogIn(new("3"), new(TestHub.FirstClerk)))).Refusal);
        var page = await clerk.ReadAsync($"/staff/alsdorf/cases/{number}?lang=de");
        Assert.Contains("(Am Schalter)", page, StringComparison.Ordinal);
        Assert.Contains("beendet", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_clerk_who_deletes_a_draft_by_mistake_brings_it_back()
    {
        using var clerk = await StaffBrowser.SignInAsync(Hub, office.Anna);
        var start = "/staff/alsdorf/cases/new?lang=de";
        await clerk.PostAsync(start, start, ("procedure", Procedure), ("channel", "counter"));
        var draft = clerk.Last!.Headers.Location!.OriginalString.Split("/form")[0];
        await clerk.PostAsync($"{draft}/form/keeper", $"{draft}/form/keeper", [.. Keeper, .. AskedOf("name", "address", "mail")]);
        await clerk.PostAsync($"{draft}/check", $"{draft}/check", ("do", "discard"));
        Assert.Contains("rückgängig", await clerk.ReadAsync($"{draft}/check?lang=de"), StringComparison.Ordinal);
        await clerk.ReadAsync($"{draft}/form/keeper?lang=de", HttpStatusCode.Redirect);
        Assert.Contains($"{draft}/check", clerk.Last!.Headers.Location!.OriginalString, StringComparison.Ordinal);
        await clerk.PostAsync($"{draft}/check", $"{draft}/check", ("do", "restore"));
        Assert.Contains("Müller", await clerk.ReadAsync($"{draft}/check?lang=de"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_case_is_attached_by_its_number_and_a_number_that_is_unknown_is_refused()
    {
        var number = await AppliedAsync();
        var visit = await CalledAsync("3");
        using var clerk = await StaffBrowser.SignInAsync(Hub, office.Anna);
        var start = $"/staff/alsdorf/cases/new?visit={visit}&lang=de";
        await clerk.PostAsync(start, $"{start}&handler=Attach", ("number", "1-2026-000099"), ("do", "this"));
        Assert.Equal(HttpStatusCode.NotFound, clerk.Last!.StatusCode);
        await clerk.PostAsync(start, $"{start}&handler=Attach", ("number", $" {number} "), ("do", "this"));
        Assert.Equal($"/staff/alsdorf/cases/{number}?lang=de", clerk.Last!.Headers.Location!.OriginalString);
        Assert.Equal(number, (await TicketAsync(visit)).Case);
        await clerk.PostAsync(start, $"{start}&handler=Attach", ("do", "none"));
        Assert.Null((await TicketAsync(visit)).Case);

        // Another town's ticket, and somebody who does not work on cases.
        await clerk.PostAsync(start, "/staff/alsdorf/cases/new?handler=Attach&visit=other.hall.area.2026-11-29/"
            + Guid.CreateVersion7(), ("number", number), ("do", "this"));
        Assert.Equal(HttpStatusCode.NotFound, clerk.Last!.StatusCode);
        var dora = await Hub.HireAsync("alsdorf", "dora", (Role.Clerk.Id, TestHub.Office));
        using var other = await StaffBrowser.SignInAsync(Hub, dora);
        using var answer = await other.GetAsync(start);
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        await ActAsync("3", "finish");
    }

    [Fact]
    public async Task A_clerk_does_not_open_the_draft_of_a_citizen()
    {
        var code = (await The<ICitizenCases>().BeginAsync("alsdorf", Procedure, "de", New())).Code!;
        Assert.Null(await The<ICounterCases>().FormAsync("alsdorf", code));
        Assert.Equal("application-gone", (await The<ICounterCases>().SaveAsync("alsdorf", code, "keeper",
            new Dictionary<string, string>(), New())).Refusal!.Code);
        using var clerk = await StaffBrowser.SignInAsync(Hub, office.Anna);
        await clerk.ReadAsync($"/staff/alsdorf/cases/new/{code}/form", HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task An_appointment_is_booked_for_a_case_and_its_ticket_has_the_case()
    {
        var (cases, appointments) = (The<ICitizenCases>(), The<IAppointments>());
        var (code, number) = await SentAsync();
        using var citizen = new CitizenBrowser(Hub.Address);
        await citizen.GoAsync($"/case/{code}");
        var link = Assert.Single(citizen.Links, link => link.StartsWith("/book?", StringComparison.Ordinal));
        Assert.Equal($"/book?case={code}", link); // No counter serves the procedure's own service: the citizen chooses.
        await citizen.GoAsync(link);
        await citizen.GoAsync($"/book?service=ausweis&case={code}");
        await citizen.SubmitAsync(("slot", citizen.Slot(0)));
        await citizen.SubmitAsync(("name", "Erika Mustermann"), ("mail", "erika@beispiel.de"), ("do", "check"));
        Assert.Contains($"id=\"case\">{number}", citizen.Page, StringComparison.Ordinal);
        await citizen.SubmitAsync(("do", "book"));
        var mine = citizen.At.Split('/', '?');
        Assert.True(Aufruf.Domain.Appointments.CalendarWeekKey.TryParse(mine[2], out var week));
        var view = (await appointments.ViewAsync(week.Value, mine[3]))!;
        Assert.Equal(number, view.Citizen!.Case);
        var secrets = The<AppointmentSecrets>();
        Assert.Null((await appointments.ConfirmAsync(week.Value, mine[3],
            secrets.ConfirmationOf(view.Id, secrets.ContactOf("alsdorf", "erika@beispiel.de")), New())).Refusal);

        var (status, ticket) = await new AppointmentDay(Hub).CheckInAsync(mine[3]);
        Assert.Equal(HttpStatusCode.Created, status);
        await Hub.UntilAsync(async () => (await TicketsAsync()).Any(one => one.Case == number), "The ticket has the case");
        Assert.DoesNotContain(number, await ReadAsync((string)ticket["statusPath"]!), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_case_goes_along_to_another_waiting_area()
    {
        var key = Key;
        var id = new TicketId(Guid.CreateVersion7());
        var offer = new QueueCommand.OfferTransfer(id, new($"{id.Value:N}"[..16]), new('Z', 1), new("ausweis"), "de", "oben",
            Hub.Clock.GetUtcNow(), 1)
        { Case = "1-2026-000007" };
        Assert.Null((await The<IQueues>().HandleAsync(key, New(), offer)).Refusal);
        Assert.Equal("1-2026-000007", (await The<IQueues>().ViewAsync(key)).Queue.Tickets[id].Case);
        await The<IQueues>().HandleAsync(key, New(), new QueueCommand.Cancel(id));
    }

    private async Task<CaseEntry> UntilAsync(string number, Func<CaseEntry, bool> wanted, int times = 1)
    {
        CaseEntry? found = null;
        await Hub.UntilAsync(async () =>
        {
            var history = (await The<IStaffCases>().FindAsync("alsdorf", number, office.Anna.Name))!.History;
            found = history.Where(wanted).Skip(times - 1).FirstOrDefault();
            return found is not null;
        }, "The visit stands in the case", seconds: 20);
        return found!;
    }

    private QueueKey Key => The<OfficeDirectory>().FindArea(TestHub.Area) is var (found, area)
        ? found.QueueOf(area, Hub.Clock.GetUtcNow()) : throw new InvalidOperationException("The office is not known.");

    private async Task<IEnumerable<Ticket>> TicketsAsync() => (await The<IQueues>().ViewAsync(Key)).Queue.Tickets.Values;

    private async Task<Ticket> TicketAsync(CaseVisit visit) => (await TicketsAsync()).Single(ticket => ticket.Id == visit.Ticket);

    private async Task<CaseVisit> CalledAsync(string counter)
    {
        await Hub.TakeAsync();
        await ActAsync(counter, "call-next");
        return new(Key, (await TicketsAsync()).Single(ticket => ticket.Counter == new CounterId(counter)
            && ticket.State is TicketState.Called).Id);
    }

    private async Task ActAsync(string counter, string action)
    {
        using var answer = await Hub.ActAsync(counter, action);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    private async Task<string> ReadAsync(string path)
    {
        using var answer = await Hub.Anybody.GetAsync(path, TestContext.Current.CancellationToken);
        return await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    private async Task<string> AppliedAsync() => (await SentAsync()).Number;

    private async Task<(string Code, string Number)> SentAsync()
    {
        var cases = The<ICitizenCases>();
        var code = (await cases.BeginAsync("alsdorf", Procedure, "de", New())).Code!;
        foreach (var (page, answers) in new[] { ("keeper", Keeper), ("end", Ending) })
        {
            await cases.SaveAsync("alsdorf", code, page, answers.ToDictionary(a => a.Item1, a => a.Item2), New());
        }

        await cases.SubmitAsync("alsdorf", code, 2, New());
        return (code, (await cases.ViewAsync("alsdorf", code))!.Number!);
    }

    private static IEnumerable<(string, string)> AskedOf(params string[] fields) => fields.Select(field => ("_asked", field));

    private static RequestId New() => new(Guid.CreateVersion7());

    [GeneratedRegex("name=\"revision\" value=\"([0-9]+)\"")]
    private static partial Regex Revision();

    [GeneratedRegex("id=\"number\" dir=\"ltr\">([^<]+)<")]
    private static partial Regex NumberIn();
}

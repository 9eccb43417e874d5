using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using Aufruf.Domain.Identity;
using Aufruf.Grains;
using Aufruf.Hub.Running;
using Aufruf.Tests.Running;
using Microsoft.Extensions.DependencyInjection;

namespace Aufruf.Tests.Flows;

/// <summary>Every way that shows personal data writes one entry before it answers, and the log names no citizen.</summary>
public sealed class AccessLogTests(AppointmentHub today) : IClassFixture<AppointmentHub>
{
    private const string Audit = "/staff/alsdorf/audit?lang=de";
    private const string Name = "Özlem Gewitter";
    private const string Remark = "Rollstuhl im Flur";

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_look_at_personal_data_stands_in_the_log_with_who_what_and_way_but_without_the_person()
    {
        var hub = today.Hub;
        var appointment = await today.Day.BookAsync(Name);
        await using var desk = await DeskWatcher.ConnectAsync(hub, TestHub.Area, "3", hub.ClerkToken);
        await NotesAsync(AccessKind.AppointmentList, () => hub.Clerk.GetStringAsync(AppointmentDay.List, Now));
        await NotesAsync(AccessKind.Appointment, () => today.Day.ActAsync(appointment, "check-in"));
        await NotesAsync(AccessKind.Plan, () => hub.Clerk.GetStringAsync($"/api/v1/offices/{TestHub.Office}/plans/unplanned", Now));
        await NotesAsync(AccessKind.Remarks, async () =>
        {
            using var entered = await hub.Clerk.PostAsJsonAsync($"/api/v1/areas/{TestHub.Area}/tickets",
                new { requestId = Guid.CreateVersion7(), service = "ausweis", language = "de", remark = Remark }, Now);
            Assert.True(entered.IsSuccessStatusCode, await entered.Content.ReadAsStringAsync(Now));
            await hub.TakeAsync(); // Nothing more is noted for another push.
            await hub.UntilAsync(async () => (await NotedAsync()).Any(noted => noted.What is AccessKind.Remarks), "The look is noted");
        });

        await NotesAsync(AccessKind.Search, async () =>
        {
            using var found = await hub.Clerk.PostAsJsonAsync($"/api/v1/areas/{TestHub.Area}/tickets/find",
                new { requestId = Guid.CreateVersion7(), text = "Gewitter" }, Now);
            Assert.Equal(HttpStatusCode.OK, found.StatusCode);
        });

        using var clerk = await StaffBrowser.SignInAsync(hub);
        await NotesAsync(AccessKind.Report, () => clerk.ReadAsync($"/staff/{TestHub.Office}/reports?csv=days"));
        await clerk.ReadAsync(Audit, HttpStatusCode.Forbidden);
        using var auditor = await AuditorAsync("sees-all");
        await NotesAsync(AccessKind.AuditLog, async () =>
        {
            var page = await auditor.ReadAsync(Audit);
            Assert.Contains("id=\"whole\"", page, StringComparison.Ordinal);
            Assert.Contains("Termin geöffnet", page, StringComparison.Ordinal);
            Assert.Contains((string)appointment["id"]!, page, StringComparison.Ordinal);
        });
        await NotesAsync(AccessKind.Person, () => PersonCommand.RunAsync(
            ["--contact", "oezlem@example.org", "--authority", "alsdorf", $"--Hub:Data={hub.Data}"], hub.Clock, TextWriter.Null));

        var all = new StringBuilder();
        await foreach (var entry in Journal.ReadAllAsync(Now).Where(e => e.Stream.StartsWith("access/", StringComparison.Ordinal)))
        {
            all.Append(Encoding.UTF8.GetString(entry.Entry.Span));
        }

        Assert.All((string[])[Name, "Gewitter", Remark, "oezlem", (string)appointment["code"]!],
            personal => Assert.DoesNotContain(personal, all.ToString(), StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task The_log_is_searched_by_name_act_and_days_and_is_the_authoritys_own()
    {
        var hub = today.Hub;
        await hub.Clerk.GetStringAsync(AppointmentDay.List, Now);
        using var auditor = await AuditorAsync("searches");
        var day = hub.Clock.GetUtcNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var found = await auditor.ReadAsync($"{Audit}&from={day}&to={day}&who=first-CLERK&what=appointment-list");
        Assert.Contains("Terminliste eines Tages geöffnet</td>", found, StringComparison.Ordinal);
        Assert.DoesNotContain("Protokoll gelesen</td>", found, StringComparison.Ordinal);
        Assert.Contains("id=\"none\"", await auditor.ReadAsync($"{Audit}&who=nobody-such"), StringComparison.Ordinal);
        Assert.Contains("id=\"none\"", await auditor.ReadAsync($"{Audit}&from=2020-01-01&to=2020-01-02"), StringComparison.Ordinal);
        Assert.Contains("Zugang ausgegeben</td>", await auditor.ReadAsync($"{Audit}&what=credential-issued&from={Before(day)}"),
            StringComparison.Ordinal);
        var file = await auditor.ReadAsync($"{Audit}&csv=1&from={day}&to={day}");
        Assert.Contains("\"appointment-list\"", file, StringComparison.Ordinal);
        Assert.Contains("error-summary", await auditor.ReadAsync($"{Audit}&from=2026-11-30&to=2026-11-01", HttpStatusCode.BadRequest),
            StringComparison.Ordinal);
        await auditor.ReadAsync("/staff/fremd/audit", HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_hundred_looks_at_once_need_few_entries_and_each_is_noted()
    {
        var hub = today.Hub;
        var (before, entries) = ((await NotedAsync()).Count, await EntriesAsync());
        await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => hub.Clerk.GetStringAsync(AppointmentDay.List, Now)));
        Assert.Equal(before + 100, (await NotedAsync()).Count);
        Assert.InRange(await EntriesAsync() - entries, 1, 90);

        async Task<int> EntriesAsync() => await Journal.ReadAllAsync(Now).CountAsync(
            e => e.Stream.StartsWith("access/", StringComparison.Ordinal), Now);
    }

    private async Task<StaffBrowser> AuditorAsync(string name) =>
        await StaffBrowser.SignInAsync(today.Hub, await today.Hub.HireAsync("alsdorf", name, ("auditor", "alsdorf")));

    private IJournal Journal => today.Hub.Services.GetRequiredService<IJournal>();

    private static string Before(string day) =>
        DateOnly.Parse(day, CultureInfo.InvariantCulture).AddDays(-2).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private async Task NotesAsync(AccessKind what, Func<Task> act)
    {
        var before = (await NotedAsync()).Count(noted => noted.What == what);
        await act();
        Assert.Equal(before + 1, (await NotedAsync()).Count(noted => noted.What == what));
    }

    private async Task<IReadOnlyList<Access>> NotedAsync()
    {
        var noted = new List<Access>();
        await foreach (var entry in Journal.ReadAllAsync(Now).Where(e => e.Stream.StartsWith("access/alsdorf.", StringComparison.Ordinal)))
        {
            noted.AddRange(Aufruf.Grains.Journal.EntryContent<AccessLogEvent>.Read(entry).Events
                .OfType<AccessLogEvent.AccessNoted>().Select(happened => happened.Access));
        }

        return noted;
    }
}

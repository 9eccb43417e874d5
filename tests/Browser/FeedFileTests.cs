using System.Globalization;
using System.Text.Json;
using Aufruf.Domain.Appointments;
using Aufruf.Portal.Staff.Feeds;
using Aufruf.Tests.Running;

namespace Aufruf.Tests.Browser;

/// <summary>The feed of a clerk's calendar program, read back by a second program.</summary>
public class FeedFileTests(Chromium chromium)
{
    private const string Reader = """
        ([library, file]) => {
          const module = { exports: {} };
          new Function('module', 'exports', library)(module, module.exports);
          const ICAL = module.exports;
          const calendar = new ICAL.Component(ICAL.parse(file));
          ICAL.TimezoneService.register(new ICAL.Timezone(calendar.getFirstSubcomponent('vtimezone')));
          return calendar.getAllSubcomponents('vevent').map(component => {
            const entry = new ICAL.Event(component);
            return [entry.uid, entry.sequence, component.getFirstPropertyValue('status'), entry.summary, entry.location,
              entry.startDate.toJSDate().toISOString(), entry.endDate.toJSDate().toISOString(), entry.attendees.length].join(' | ');
          });
        }
        """;

    [Fact]
    public async Task Moved_and_cancelled_appointments_are_entries_of_the_feed_in_both_halves_of_the_year()
    {
        var (winter, summer) = (Instant("2026-11-23T08:00:00Z"), Instant("2027-06-01T07:00:00Z"));
        var (first, second) = (new AppointmentId(Guid.CreateVersion7()), new AppointmentId(Guid.CreateVersion7()));
        var file = FeedFile.Of("Bürgeramt", "Europe/Berlin", Instant("2026-11-09T00:00:00Z"),
        [
            new(first, 1, winter, 20, "T042 Ausweis (2), Meldung", "Bürgeramt", IsCancelled: false, winter.AddDays(-3)),
            new(second, 0, summer, 10, "Ausweis", "Bürgeramt", IsCancelled: true, winter),
        ]);
        await using var window = await chromium.OpenAsync();
        var library = await File.ReadAllTextAsync(
            Repository.PathOf("tests", "lib", "ical", "ical.js"), TestContext.Current.CancellationToken);
        var read = await window.Page.EvaluateAsync<JsonElement>(Reader, new[] { library, file });
        Assert.Equal(
        [
            $"{first} | 1 | CONFIRMED | T042 Ausweis (2), Meldung | Bürgeramt | 2026-11-23T08:00:00.000Z | 2026-11-23T08:20:00.000Z | 0",
            $"{second} | 1 | CANCELLED | Ausweis | Bürgeramt | 2027-06-01T07:00:00.000Z | 2027-06-01T07:10:00.000Z | 0",
        ], read.EnumerateArray().Select(entry => entry.GetString()));
    }

    private static DateTimeOffset Instant(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}

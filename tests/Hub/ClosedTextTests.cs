using Aufruf.Domain;
using Aufruf.Domain.Offices;
using Aufruf.Hub.Api;
using static Aufruf.Tests.Domain.HoursOf;

namespace Aufruf.Tests.Hub;

public class ClosedTextTests
{
    private static readonly Office Usual = Office(new OpeningHours([Series("mo tu we th fr", "08:00-12:30"), Series("th", "14:00-18:00")], [On("2026-12-24"), On("2026-12-25")]));

    private static string Told(Refusal refusal, string instant, string language) => refusal.Texts(Usual, Utc(instant)).In(language);

    [Theory]
    [InlineData("2026-11-23T06:30:00Z", "Wir haben gerade geschlossen. Wir öffnen wieder heute um 8:00 Uhr.", "We are closed at the moment. We open again today at 8:00.")]
    [InlineData("2026-11-26T12:00:00Z", "Wir haben gerade geschlossen. Wir öffnen wieder heute um 14:00 Uhr.", "We are closed at the moment. We open again today at 14:00.")]
    [InlineData("2026-11-27T15:00:00Z", "Wir haben gerade geschlossen. Wir öffnen wieder am Montag, 30. November, um 8:00 Uhr.", "We are closed at the moment. We open again on Monday, 30 November, at 8:00.")]
    [InlineData("2026-12-23T15:00:00Z", "Wir haben gerade geschlossen. Wir öffnen wieder am Montag, 28. Dezember, um 8:00 Uhr.", "We are closed at the moment. We open again on Monday, 28 December, at 8:00.")]
    public void Who_finds_the_office_closed_reads_when_it_opens_again(string instant, string german, string english)
    {
        Assert.Equal(german, Told(Refusal.OfficeClosed, instant, "de"));
        Assert.Equal(english, Told(Refusal.OfficeClosed, instant, "en"));
    }

    [Fact]
    public void Who_comes_too_late_reads_when_to_come_again() =>
        Assert.Equal("Wir schließen bald und geben keine Nummern mehr aus. Wir öffnen wieder am Dienstag, 24. November, um 8:00 Uhr.",
            Told(Refusal.TicketsEnded, "2026-11-23T11:20:00Z", "de"));

    [Fact]
    public void Every_other_no_keeps_its_words() =>
        Assert.Equal(Refusal.CapReached.Text("de"), Told(Refusal.CapReached, "2026-11-23T11:20:00Z", "de"));
}

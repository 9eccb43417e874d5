using Aufruf.Domain;
using Aufruf.Domain.Appointments;
using Aufruf.Domain.Deadlines;
using Aufruf.Hub;
using Aufruf.Hub.Appointments;
using Aufruf.Hub.Connectors.Mail;
using Aufruf.Hub.Deadlines;
using Aufruf.Portal.Content;
using Aufruf.Portal.Texts;
using Aufruf.Tests.Running;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aufruf.Tests.Hub;

/// <summary>The words of the mails to citizens.</summary>
public class NoticeWriterTests
{
    private const string Name = "Anna <b>Ünal</b>";

    private static readonly NoticeWriter Writer = Of(new PublicAddress("https://aufruf.example"));

    private static NoticeWriter Of(PublicAddress address)
    {
        var content = new ContentFolder(Repository.PathOf("portal", "content"), NullLogger<ContentFolder>.Instance);
        return new(address, content, new MailTemplates(content, NullLogger<MailTemplates>.Instance), new MailOptions());
    }

    private static readonly AppointmentId Id = new(Guid.Parse("0193579a-51c0-7000-8000-00000000002a"));
    private static readonly CalendarWeekKey Week = CalendarWeekKey.Of(SmallOffice.Office, "service", SmallOffice.Day);

    private static Notice Of(NoticeKind kind, string language, Channel channel = Channel.Public, CancelledBy by = CancelledBy.Citizen) =>
        new(kind, new(SmallOffice.Nine, Week, Id, Id, "abcd2345efgh", "town.rathaus", SmallOffice.Both("Bürgeramt", "Citizens’ office"),
            "Markt 1", "Europe/Berlin", ["de"], SmallOffice.Nine.AddDays(1), 20,
            [new(SmallOffice.Passport, SmallOffice.Both("Ausweis", "Passport"), 2)], AppointmentKind.AtCounter, language,
            kind is NoticeKind.Cancelled ? AppointmentState.Cancelled : AppointmentState.Confirmed, SmallOffice.Nine.AddHours(1),
            kind is NoticeKind.Cancelled ? by : null, new(Name, "anna@example.org"), 0, null, null), channel)
        {
            Secret = kind is NoticeKind.Confirm or NoticeKind.NewMail ? "s3cr3ts3cr3t" : null,
            To = kind is NoticeKind.NewMail or NoticeKind.MailChanged ? "other@example.org" : null,
            Before = kind is NoticeKind.Moved ? SmallOffice.Nine.AddHours(3) : null,
        };

    [Fact]
    public void Every_mail_has_its_words_in_every_language_as_text_and_as_html()
    {
        foreach (var words in PortalTexts.OfCitizens)
        {
            foreach (var kind in Enum.GetValues<NoticeKind>())
            {
                foreach (var channel in Enum.GetValues<Channel>())
                {
                    var mail = Writer.Write(Of(kind, words.Language, channel));
                    Assert.All((string[])[mail.Subject, mail.Text, mail.Html!], text => Assert.DoesNotContain('{', text));
                    Assert.Contains($"<html lang=\"{words.Language}\" dir=\"{words.Direction}\">", mail.Html, StringComparison.Ordinal);
                    Assert.Contains(words.Say("mail.why", ("office", words.Language == "en" ? "Citizens’ office" : "Bürgeramt"),
                        ("address", "Markt 1")), mail.Text, StringComparison.Ordinal);
                    Assert.Contains(words["mail.noreply"], mail.Text, StringComparison.Ordinal);
                    Assert.Equal(kind is not NoticeKind.NewMail, mail.Subject.Contains("09:00", StringComparison.Ordinal));
                }
            }
        }
    }

    [Theory]
    [InlineData(CancelledBy.Citizen, "Sie haben ihn selbst abgesagt.")]
    [InlineData(CancelledBy.Staff, "Eine Mitarbeiterin oder ein Mitarbeiter hat ihn für Sie abgesagt.")]
    [InlineData(CancelledBy.Office, "Das Amt muss ihn leider absagen.")]
    public void A_cancellation_says_who_and_why(CancelledBy by, string words)
    {
        var mail = Writer.Write(Of(NoticeKind.Cancelled, "de", by: by) with { Reason = SmallOffice.Both("Fortbildung", "Training") });
        Assert.Contains(words, mail.Text, StringComparison.Ordinal);
        Assert.Contains("Der Grund: Fortbildung", mail.Text, StringComparison.Ordinal);
        Assert.Contains("https://aufruf.example/book?lang=de", mail.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("abcd", mail.Text, StringComparison.Ordinal);
        Assert.Equal("CANCEL", mail.Calendar?.Method);
    }

    [Fact]
    public void A_name_is_text_and_stands_in_no_mail_to_an_address_that_is_not_confirmed()
    {
        Assert.Contains("Guten Tag Anna &lt;b&gt;", Writer.Write(Of(NoticeKind.Booked, "de")).Html, StringComparison.Ordinal);
        var asks = Writer.Write(Of(NoticeKind.Confirm, "de"));
        Assert.DoesNotContain("Anna", asks.Text + asks.Html, StringComparison.Ordinal);
        Assert.Null(asks.Calendar);
        Assert.Contains($"https://aufruf.example/a/{Week}/abcd2345efgh/confirm/s3cr3ts3cr3t?lang=de", asks.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_mail_to_a_new_address_shows_nothing_of_the_appointment_and_the_one_to_the_former_no_code()
    {
        var asks = Writer.Write(Of(NoticeKind.NewMail, "de"));
        Assert.Equal("other@example.org", asks.To);
        Assert.Contains($"https://aufruf.example/mail/{Week}/{Id}/s3cr3ts3cr3t?lang=de", asks.Text, StringComparison.Ordinal);
        foreach (var known in (string[])["Anna", "abcd", "/a/", "Ausweis", "24. November, 09:00"])
        {
            Assert.DoesNotContain(known, asks.Subject + asks.Text + asks.Html, StringComparison.Ordinal);
        }

        var former = Writer.Write(Of(NoticeKind.MailChanged, "de"));
        Assert.Equal("other@example.org", former.To);
        Assert.Contains("Ausweis", former.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("abcd", former.Text + former.Html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://video.example/7k3f?a=1&b=2")]
    [InlineData(null)]
    public void A_video_appointment_leads_to_its_room_and_has_no_code_for_a_kiosk(string? room)
    {
        var notice = Of(NoticeKind.Booked, "de");
        var mail = Writer.Write(notice with { View = notice.View with { Kind = AppointmentKind.Video, Video = room } });
        Assert.Null(mail.CodePicture);
        var words = room is null ? "Das Amt schickt Ihnen den Link" : $"Zum Videogespräch:\n{room}\n";
        Assert.Contains(words, mail.Text, StringComparison.Ordinal);
        Assert.Equal(room is not null, mail.Html!.Contains("href=\"https://video.example/7k3f?a=1&amp;b=2\"", StringComparison.Ordinal));
        Assert.Equal(room is not null, mail.Calendar!.Content.Contains("LOCATION:https://video.example", StringComparison.Ordinal));
    }

    [Fact]
    public void Without_a_public_address_a_mail_has_the_code_and_no_link()
    {
        var mail = Of(new PublicAddress(null, isReachedFromElsewhere: true)).Write(Of(NoticeKind.Booked, "de"));
        Assert.Contains("abcd 2345 efgh", mail.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("http", mail.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("href", mail.Html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(24, 48, true)]
    [InlineData(24, 24, false)]
    [InlineData(24, 3, false)]
    [InlineData(0, 48, false)]
    public async Task A_reminder_is_set_unless_it_would_come_before_the_booking(int hours, int hoursAhead, bool isSet)
    {
        var appointment = new Appointment(Id, "rathaus", SmallOffice.Nine.AddHours(hoursAhead), 10, [new(SmallOffice.Passport)],
            Channel.Public, "hash", "de")
        { State = AppointmentState.Confirmed, ConfirmedAt = SmallOffice.Nine };
        var deadlines = new Noted();
        await Reminders.SetAsync(deadlines, Week, appointment, new(Week.Stream, 7), hours);
        Assert.Equal(isSet ? [SmallOffice.Nine.AddHours(hoursAhead - hours)] : [], deadlines.Set.Select(d => d.DueAt));
    }

    private sealed class Noted : IDeadlines
    {
        public List<Deadline> Set { get; } = [];

        public Task SetAsync(string authority, RequestId request, Deadline deadline)
        {
            Set.Add(deadline);
            return Task.CompletedTask;
        }

        public Task CancelAsync(string authority, RequestId request, Deadline deadline) => Task.CompletedTask;
    }
}

using System.Text;
using Aufruf.Contracts;
using Aufruf.Domain.Appointments;
using Aufruf.Domain.Deadlines;
using Aufruf.Domain.Offices;
using Aufruf.Domain.Outbox;
using Aufruf.Grains;
using Aufruf.Grains.Deadlines;
using Aufruf.Hub.Appointments;
using Aufruf.Tests.Running;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;

namespace Aufruf.Tests.Flows;

/// <summary>The true hub sends mails and reminders, counts contacts, and destroys data, as calendars' entries say.</summary>
[Trait("Needs", "process")]
public class NoticeTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_step_of_a_booking_sends_one_mail_and_a_second_reading_of_the_journal_sends_none()
    {
        await using var anna = await BookingCitizen.StartAsync();
        var (soon, later) = (await anna.FreeAsync(daysAhead: 3), await anna.FreeAsync(daysAhead: 12));
        await anna.BookAsync(soon[0]);
        await anna.RebookAsync(soon.First(at => at > soon[0].AddMinutes(20)));
        await anna.UntilMailsAsync(3);
        await anna.RebookAsync(later[^1]);
        await anna.UntilMailsAsync(4);
        await anna.CancelAsync();
        await anna.UntilMailsAsync(5);
        Assert.Equal(["Bitte bestätigen", "Ihr Termin am", "Verschoben", "Verschoben", "Abgesagt"],
            anna.Server.Arrived.Select(mail => Assert.Single(
                Subjects, start => (mail.Subject ?? "").StartsWith(start, StringComparison.Ordinal))));
        Assert.All(anna.Server.Arrived, IsWhole);
        Assert.Equal([null, "REQUEST 0", "REQUEST 1", "REQUEST 2", "CANCEL 3"], anna.Server.Arrived.Select(MethodAndSequence));
        Assert.Single(anna.Server.Arrived.Skip(1).Select(mail => Line(mail, "UID")).Distinct());
        Assert.Contains("Sie haben ihn selbst abgesagt.", anna.Server.Arrived[4].TextBody, StringComparison.Ordinal);

        await anna.UntilQuietAsync();
        var checkpoints = Path.Combine(anna.Hub.Data, "subscriptions.db");
        await anna.RestartAsync(stopped: () => File.Delete(checkpoints));
        await anna.UntilQuietAsync();
        Assert.Equal(5, anna.Server.Arrived.Count);
    }

    [Fact]
    public async Task A_contact_counts_until_the_end_of_the_appointment_and_no_longer_when_it_is_cancelled()
    {
        await using var anna = await BookingCitizen.StartAsync();
        await anna.BookAsync((await anna.FreeAsync(daysAhead: 3))[0]);
        await anna.UntilQuietAsync();
        var contact = anna.Hub.Services.GetRequiredService<AppointmentSecrets>().ContactOf("alsdorf", BookingCitizen.Mail);
        var limits = Grains(anna).GetGrain<IContactLimitsGrain>(ContactLimits.StreamOf("alsdorf", contact));
        Assert.Equal(anna.View.From.AddMinutes(anna.View.Minutes),
            Assert.Single((await limits.View()).Of(contact, anna.Hub.Clock.GetUtcNow())).Until);
        await anna.CancelAsync();
        await anna.UntilQuietAsync();
        Assert.Empty((await limits.View()).Of(contact, anna.Hub.Clock.GetUtcNow()));
    }

    [Fact]
    public async Task Of_two_moves_at_once_one_counts_and_a_move_that_a_crash_interrupted_is_completed()
    {
        await using var anna = await BookingCitizen.StartAsync();
        var (soon, later, latest) = (await anna.FreeAsync(3), await anna.FreeAsync(12), await anna.FreeAsync(20));
        await anna.BookAsync(soon[0]);
        await Task.WhenAll(((DateTimeOffset[])[later[^1], latest[^1]]).Select(at =>
            anna.Appointments.RebookAsync(anna.Week, anna.Code, anna.At(at), BookingCitizen.NewRequest())));
        await anna.UntilQuietAsync();
        var (week, only) = Assert.Single(await LiveAsync(anna, soon[0], later[^1], latest[^1]));

        // The hub dies between the entry of the new appointment and the end of the old one.
        var moved = only with
        {
            Id = new(Guid.CreateVersion7()),
            From = soon[0].AddMinutes(60),
            Replaces = new(week, only.Id),
            Sequence = only.Sequence + 1,
            ConfirmedAt = null,
            State = AppointmentState.Held,
        };
        var there = WeekOf(week, moved.From);
        Assert.Null((await Grains(anna).GetGrain<ICalendarWeekGrain>(there.Stream).Handle(
            BookingCitizen.NewRequest(), new CalendarCommand.Book(moved))).Refusal);
        await anna.UntilQuietAsync();
        Assert.Equal((there, moved.Id), Assert.Single(await LiveAsync(anna, soon[0], later[^1], latest[^1])) is var (at, live)
            ? (at, live.Id) : default);
        Assert.Equal(moved.Id, (await anna.Appointments.ViewAsync(anna.Week, anna.Code))?.Id);
    }

    [Fact]
    public async Task A_reminder_has_a_link_to_cancel_and_none_is_sent_after_a_cancellation()
    {
        await using var anna = await BookingCitizen.StartAsync();
        await anna.BookAsync((await anna.FreeAsync(daysAhead: 3))[0]);
        await anna.UntilQuietAsync();
        var (handler, deadline) = await OpenAsync(anna, "appointment-reminder", anna.View.From.AddHours(-24));
        await handler.CarryOutAsync(deadline, BookingCitizen.NewRequest());
        await anna.UntilMailsAsync(3);
        Assert.StartsWith("Erinnerung", anna.Server.Arrived[2].Subject, StringComparison.Ordinal);
        Assert.Contains($"/a/{anna.Week}/{anna.Code}/cancel", anna.Server.Arrived[2].TextBody, StringComparison.Ordinal);
        Assert.Null(BookingCitizen.CalendarOf(anna.Server.Arrived[2]));
        await handler.CarryOutAsync(deadline, BookingCitizen.NewRequest());
        await anna.CancelAsync();
        await anna.UntilMailsAsync(4);
        await handler.CarryOutAsync(deadline, BookingCitizen.NewRequest());
        await anna.UntilQuietAsync();
        Assert.Equal(4, anna.Server.Arrived.Count);
    }

    [Fact]
    public async Task The_data_are_never_in_clear_on_the_disk_and_are_gone_at_their_time_and_an_entry_says_so()
    {
        await using var anna = await BookingCitizen.StartAsync();
        var (soon, later) = (await anna.FreeAsync(daysAhead: 3), await anna.FreeAsync(daysAhead: 12));
        await anna.BookAsync(soon[0]);
        var (before, soonKept) = (anna.View, anna.View.From.AddMinutes(anna.View.Minutes).AddDays(7));
        await anna.RebookAsync(later[^1]);
        await anna.UntilMailsAsync(3);
        await anna.UntilQuietAsync();
        Nowhere(anna);

        // A moved appointment keeps its data until its own time, and the former one has none after its own.
        var (handler, deadline) = await OpenAsync(anna, "citizen-data", soonKept);
        anna.Hub.Clock.Step = soonKept - TimeProvider.System.GetUtcNow() + TimeSpan.FromMinutes(1);
        await handler.CarryOutAsync(deadline, BookingCitizen.NewRequest());
        Assert.Equal(BookingCitizen.Name, (await anna.Appointments.ViewAsync(anna.Week, anna.Code))?.Citizen?.Name);
        Assert.Null((await Grains(anna).GetGrain<ICalendarWeekGrain>(before.Week.Stream).View()).Find(before.Id)?.Citizen);

        var kept = anna.View.From.AddMinutes(anna.View.Minutes).AddDays(7);
        (handler, deadline) = await OpenAsync(anna, "citizen-data", kept);
        anna.Hub.Clock.Step = kept - TimeProvider.System.GetUtcNow() + TimeSpan.FromMinutes(1);
        await handler.CarryOutAsync(deadline, BookingCitizen.NewRequest());
        Assert.Null((await anna.Appointments.ViewAsync(anna.Week, anna.Code))?.Citizen);
        var entries = new StringBuilder();
        await foreach (var entry in anna.Journal.ReadAsync(anna.Week.Stream, 0, Stop))
        {
            entries.Append(Encoding.UTF8.GetString(entry.Entry.Span));
        }

        Assert.Contains("appointment-forgotten", entries.ToString(), StringComparison.Ordinal);
        Assert.Empty(await KeysAsync(anna));
        Nowhere(anna);
    }

    [Fact]
    public async Task A_cancellation_that_reaches_nobody_is_shown_to_staff()
    {
        await using var anna = await BookingCitizen.StartAsync();
        var staff = anna.Hub.Services.GetRequiredService<StaffAppointments>();
        var office = anna.Hub.Services.GetRequiredService<Aufruf.Hub.Offices.OfficeDirectory>().Find(TestHub.Office)!;
        var at = (await anna.FreeAsync(daysAhead: 3))[0];
        var (booked, _) = await staff.BookAsync(office, new(Guid.CreateVersion7(), $"{TestHub.Office}.buergerservice",
            [new(new("ausweis"))], at, AppointmentKind.AtCounter, BookingCitizen.Name, "de", null, "0241 4711", null));
        await anna.UntilQuietAsync();
        var outbox = Grains(anna).GetGrain<IOutboxGrain>("outbox/alsdorf");
        Assert.Empty((await outbox.View()).Messages);
        await staff.ActAsync(office, booked!.Week, booked.Id, "cancel", new("bert"), BookingCitizen.NewRequest());
        await anna.UntilQuietAsync();
        var stuck = Assert.Single((await outbox.View()).Messages.Values);
        Assert.Equal((MessageState.Failed, MessageProblem.NoAddress, booked.Week.Stream), (stuck.State, stuck.Problem, stuck.Cause.Stream));
        Assert.Empty(anna.Server.Arrived);
    }

    private static readonly string[] Subjects = ["Bitte bestätigen", "Ihr Termin am", "Verschoben", "Abgesagt"];

    private static IGrainFactory Grains(BookingCitizen citizen) => citizen.Hub.Services.GetRequiredService<IGrainFactory>();

    /// <summary>A mail for everybody: text and HTML with the same links, an address for answers, and nothing from elsewhere.</summary>
    private static void IsWhole(MimeMessage mail)
    {
        Assert.Equal(BookingCitizen.Mail, Assert.Single(mail.To.Mailboxes).Address);
        Assert.Equal("buergeramt@alsdorf.example", Assert.Single(mail.ReplyTo.Mailboxes).Address);
        Assert.Contains("weil diese Adresse bei der Buchung angegeben wurde", mail.TextBody, StringComparison.Ordinal);
        Assert.Contains("<html lang=\"de\" dir=\"ltr\">", mail.HtmlBody, StringComparison.Ordinal);
        var html = Assert.IsType<string>(mail.HtmlBody);
        Assert.DoesNotContain("src=\"http", html, StringComparison.Ordinal);
        Assert.DoesNotContain("cid:code", html, StringComparison.Ordinal);
        Assert.Equal(html.Contains("cid:", StringComparison.Ordinal), mail.BodyParts.Any(part => part.ContentId is not null
            && html.Contains($"cid:{part.ContentId}", StringComparison.Ordinal)));
    }

    private static string? MethodAndSequence(MimeMessage mail) => BookingCitizen.CalendarOf(mail) is null ? null
        : $"{Line(mail, "METHOD")} {Line(mail, "SEQUENCE")}";

    private static string Line(MimeMessage mail, string name) => Assert.Single(BookingCitizen.CalendarOf(mail)!.Split('\n'),
        line => line.StartsWith(name + ":", StringComparison.Ordinal)).Trim()[(name.Length + 1)..];

    private static CalendarWeekKey WeekOf(CalendarWeekKey any, DateTimeOffset at) => any with
    {
        Monday = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin")).DateTime)
            .MondayOfItsWeek(),
    };

    /// <summary>The citizen's appointments that take a slot, in the weeks of these times.</summary>
    private static async Task<IReadOnlyList<(CalendarWeekKey Week, Appointment Appointment)>> LiveAsync(
        BookingCitizen citizen, params DateTimeOffset[] times)
    {
        var live = new List<(CalendarWeekKey, Appointment)>();
        foreach (var week in times.Select(at => WeekOf(citizen.Week, at)).Distinct())
        {
            live.AddRange((await Grains(citizen).GetGrain<ICalendarWeekGrain>(week.Stream).View()).Appointments.Values
                .Where(a => a.State is AppointmentState.Confirmed).Select(a => (week, a)));
        }

        return live;
    }

    /// <summary>The one open deadline of a kind, and what carries it out.</summary>
    private static async Task<(IDeadlineHandler Handler, Deadline Deadline)> OpenAsync(
        BookingCitizen citizen, string kind, DateTimeOffset dueAt) =>
        (citizen.Hub.Services.GetServices<IDeadlineHandler>().Single(h => h.Kind == kind), Assert.Single((await Grains(citizen)
            .GetGrain<IWheelGrain>(Wheel.StreamOf("alsdorf", dueAt)).View()).Open.Values, d => d.Kind == kind && d.DueAt == dueAt));

    /// <summary>The hub's files and log hold neither the code nor anything that the citizen has entered.</summary>
    private static void Nowhere(BookingCitizen citizen)
    {
        var files = Directory.GetFiles(citizen.Hub.Data, "*", SearchOption.AllDirectories).Where(f => Path.GetFileName(f) is not "hub.lock")
            .Select(Read).OfType<byte[]>().ToArray();
        Assert.NotEmpty(files);
        foreach (var word in (string[])[BookingCitizen.Name, "Ünal", BookingCitizen.Mail, "uenal", "0241 4711", "Rollstuhl", citizen.Code])
        {
            var bytes = Encoding.UTF8.GetBytes(word);
            Assert.DoesNotContain(files, file => file.AsSpan().IndexOf(bytes) >= 0);
            Assert.DoesNotContain(word, citizen.Hub.Words, StringComparison.Ordinal);
        }
    }

    /// <summary>Null: the database has closed this file meanwhile.</summary>
    private static byte[]? Read(string file)
    {
        try
        {
            using var open = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var copy = new MemoryStream();
            open.CopyTo(copy);
            return copy.ToArray();
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    /// <summary>The subjects of appointments and messages whose values can still be opened.</summary>
    private static async Task<IReadOnlyList<string>> KeysAsync(BookingCitizen citizen)
    {
        await using var vault = new Microsoft.Data.Sqlite.SqliteConnection(
            $"Data Source={Path.Combine(citizen.Hub.Data, "vault.db")};Pooling=False;Mode=ReadOnly");
        await vault.OpenAsync(Stop);
        await using var select = vault.CreateCommand();
        select.CommandText =
            "SELECT subject FROM vault WHERE key IS NOT NULL AND (subject LIKE 'appointment/%' OR subject LIKE 'message/%')";
        await using var rows = await select.ExecuteReaderAsync(Stop);
        var subjects = new List<string>();
        while (await rows.ReadAsync(Stop))
        {
            subjects.Add(rows.GetString(0));
        }

        return subjects;
    }
}

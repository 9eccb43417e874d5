using System.Globalization;
using System.Text.Json;
using Aufruf.Domain;
using Aufruf.Domain.Appointments;
using Aufruf.Tests.Running;
using static Aufruf.Domain.Appointments.CalendarCommand;

namespace Aufruf.Tests.Domain.Appointments;

/// <summary>One week of a calendar on its Monday at nine: given capacity, when a command, then events.</summary>
internal sealed class BookingWeek
{
    public static readonly CalendarWeekKey Key = CalendarWeekKey.Of(SmallOffice.Office, "service", SmallOffice.Day);

    public CalendarWeek Week { get; private set; } = CalendarWeek.Empty;

    public DateTimeOffset Time { get; private set; } = SmallOffice.Nine;

    public Decision<CalendarEvent> Decision { get; private set; } = new([]);

    /// <summary>Each span is one counter's time; "13:00-14:00 from 12:00" is released then, others long ago.</summary>
    public static BookingWeek With(params string[] pieces) => new BookingWeek().When(Plan(1, pieces));

    public static Plan Plan(long version, params string[] pieces) => new(version, [.. pieces.Select(PieceOf)], WishesFirstMinutes: 15);

    public BookingWeek When(CalendarCommand command)
    {
        Decision = Week.Decide(command, Time);
        Week = Decision.Events.Aggregate(Week, (week, happened) => week.Apply(happened));
        return this;
    }

    public BookingWeek Later(int minutes)
    {
        Time = Time.AddMinutes(minutes);
        return this;
    }

    public BookingWeek Then(params string[] events)
    {
        Assert.Null(Decision.Refusal);
        Assert.Equal(events, Decision.Events.Select(e =>
            JsonSerializer.SerializeToElement(e, DomainJson.Options).GetProperty("$type").GetString()));
        return this;
    }

    public BookingWeek ThenRefused(Refusal expected)
    {
        Assert.Equal((expected, 0), (Decision.Refusal, Decision.Events.Count));
        return this;
    }

    public BookingWeek ThenState(int n, AppointmentState? expected)
    {
        Assert.Equal(expected, Week.Find(Id(n))?.State);
        return this;
    }

    /// <summary>How many ten-minute appointments more fit at a time.</summary>
    public BookingWeek ThenFree(string at, int expected, Channel channel = Channel.Public)
    {
        Assert.Equal(expected, Week.Free(At(at), At(at).AddMinutes(10), channel, Time).Min());
        return this;
    }

    public Appointment this[int n] => Week.Find(Id(n)) ?? throw new InvalidOperationException($"There is no appointment {n}.");

    public static AppointmentId Id(int n) => new(new Guid(n, 0, 0, BitConverter.GetBytes(n * -7_046_029_254_386_353_131L)));

    public static Appointment For(int n, string at, int minutes = 10, Channel channel = Channel.Public) =>
        new(Id(n), "rathaus", At(at), minutes, [new(SmallOffice.Passport)], channel, $"code-{n}", "de");

    public BookingWeek Hold(int n, string at, int minutes = 10, Channel channel = Channel.Public) =>
        When(new Hold(For(n, at, minutes, channel) with { Until = Time.AddMinutes(20) }));

    public BookingWeek Preconfirm(int n, string contact = "contact", string secret = "secret") =>
        When(new Preconfirm(Id(n), contact, "sealed", secret, Time.AddMinutes(60)));

    public BookingWeek Confirm(int n, string secret = "secret") => When(new Confirm(Id(n), secret));

    public BookingWeek Book(int n, string at, int minutes = 10, Channel channel = Channel.Public) =>
        When(new Book(For(n, at, minutes, channel)));

    public BookingWeek Cancel(int n, int publicAfter = 30) =>
        When(new CalendarCommand.Cancel(Id(n), CancelledBy.Citizen, Time.AddMinutes(publicAfter)));

    /// <summary>Open from half an hour before; ten minutes after it late, and until the evening a walk-in.</summary>
    public BookingWeek CheckIn(int n, int ticket = 1) => When(new CheckIn(Id(n), QueueDay.Id(ticket), this[n].From.AddMinutes(-30),
        this[n].From.AddMinutes(10), At("22:00")));

    /// <summary>"13:00" of the day.</summary>
    public static DateTimeOffset At(string time) =>
        SmallOffice.Nine + (TimeOnly.ParseExact(time, "HH:mm", CultureInfo.InvariantCulture).ToTimeSpan() - TimeSpan.FromHours(9));

    private static Piece PieceOf(string text) =>
        new(At(text[..5]), At(text[6..11]), text.Length > 11 ? At(text[^5..]) : SmallOffice.Nine.AddDays(-9));
}

using Aufruf.Domain.Appointments;
using Aufruf.Domain.Offices;
using Aufruf.Tests.Running;
using static Aufruf.Domain.Appointments.CalendarEvent;
using static Aufruf.Domain.Appointments.ContactLimitsEvent;

namespace Aufruf.Tests.House;

/// <summary>Examples of calendars and of all that happens to appointments, with every value set.</summary>
internal static class AppointmentSamples
{
    private static readonly DateTimeOffset At = SmallOffice.Nine.AddMilliseconds(120), From = SmallOffice.Nine.AddHours(2);
    private static readonly CalendarWeekKey Week = CalendarWeekKey.Of(SmallOffice.Office, "service", SmallOffice.Day);
    private static readonly AppointmentId First = new(Guid.Parse("0193579a-51c0-7000-8000-00000000002a")),
        Second = new(Guid.Parse("0193579a-51c0-7000-8000-00000000002b"));

    /// <summary>Every part of a calendar, with a value that is not the usual one.</summary>
    public static Calendar Calendar { get; } = new("service", SmallOffice.Both("Service", "Service"),
        [
            new(SmallOffice.Passport, 10)
            {
                FurtherMinutes = 7, MostPersons = 3, Kinds = [AppointmentKind.Phone, AppointmentKind.Video],
                Video = "https://video.town.example/passport",
            },
        ],
        [new([Weekday.Tuesday], WallTime.At(8), WallTime.At(12), 2)
        {
            Online = 1, EveryWeeks = 2, Since = SmallOffice.Day, Until = SmallOffice.Day.AddYears(1),
        }])
    {
        Letter = 'N',
        SlotMinutes = 15,
        Exceptions = [new(SmallOffice.Day, SmallOffice.Day.AddDays(1), [new(WallTime.At(9), WallTime.At(10), 2) { Online = 1 }])
        {
            Reason = SmallOffice.Both("Fest", "Feast"),
        }],
        AlsoAt = ["library"],
        Since = SmallOffice.Day,
        Until = SmallOffice.Day.AddYears(1),
        Release = new([new(14, 60), new(0, 40)]) { At = WallTime.At(6), StaffShareHours = 48, WishesFirstMinutes = 5, PieceMinutes = 30 },
        Rules = new()
        {
            HoldMinutes = 15,
            ConfirmMinutes = 90,
            LeadMinutes = 20,
            EarlyMinutes = 25,
            LateMinutes = 5,
            WhenLate = WhenLate.Refuse,
            CheckInByPhone = true,
            ReturnsAfterMinutes = 5,
            ReturnsWithinMinutes = 50,
            ReminderHours = 48,
            KeptDays = 3,
            MostPerContact = 4,
        },
        Note = "An example",
        Video = "https://video.town.example/{room}",
    };

    private static readonly Appointment Appointment = new(First, "rathaus", From, 17, [new(SmallOffice.Passport, 2)], Channel.Wish,
        "47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU", "de")
    {
        Kind = AppointmentKind.Phone,
        Until = At.AddMinutes(20),
        Contact = "a1b2c3",
        Citizen = "sealed",
        SecretHash = "hash",
        Wish = new(First.Value),
        Plan = new(new(First.Value), 1),
        Invited = new(new(First.Value), SmallOffice.Day, SmallOffice.Day.AddDays(7), "rathaus") { IsMoved = true },
        Replaces = new(Week, Second),
        Origin = Second,
        Sequence = 1,
    };

    private static readonly NewMail New = new(1, "d4e5f6", "sealed", "hash", At.AddMinutes(60));

    // Not kept: the samples of the wire are made of it, and its JSON is theirs.
    public static IEnumerable<KeyValuePair<string, Sample>> All =>
    [
        Of("week-planned", new WeekPlanned(3, [new(From, From.AddHours(1), From.AddDays(-56))], 15, At)),
        Of("slot-held", new SlotHeld(Appointment, At)),
        Of("hold-extended", new HoldExtended(First, At.AddMinutes(20), At)),
        Of("hold-ended", new HoldEnded(First, At) { PublicAt = At.AddMinutes(30) }, "publicAt"),
        Of("appointment-preconfirmed", new AppointmentPreconfirmed(First, "a1b2c3", "sealed", "hash", At.AddMinutes(60), At), "contact"),
        Of("appointment-confirmed", new AppointmentConfirmed(First, At, new("d4e5f6", "sealed")), "data"),
        Of("appointment-cancelled", new AppointmentCancelled(First, CancelledBy.Citizen, At.AddMinutes(30), At)),
        Of("appointment-moved", new AppointmentMoved(First, new(Week, Second), At.AddMinutes(30), At)),
        Of("appointment-checked-in", new AppointmentCheckedIn(First, new(First.Value), true, At)),
        Of("appointment-check-in-undone", new AppointmentCheckInUndone(First, At)),
        Of("new-mail-asked", new NewMailAsked(First, New, At)),
        Of("mail-changed", new MailChanged(First, "sealed", 1, new(0, "sealed before", "a1b2c3"), At)),
        Of("appointment-forgotten", new AppointmentForgotten(First, At)),
        Of("counters-closed", new CountersClosed(new(First.Value), [new(new(First.Value), From, From.AddHours(4), 1, "Erkrankung")], At)),
        Of("counters-reopened", new CountersReopened(new(First.Value), At)),
        Of("appointment-counted", new AppointmentCounted("a1b2c3", new(First, Week, From), At)),
        Of("appointment-uncounted", new AppointmentUncounted("a1b2c3", First, At)),
    ];

    /// <summary>Every event of a week, in an order in which each can follow.</summary>
    public static CalendarEvent[] WeekEvents { get; } =
    [
        new WeekPlanned(3, [new(From, From.AddHours(1), From.AddDays(-56)), new(From, From.AddHours(1), From.AddDays(-1))], 15, At),
        new SlotHeld(Appointment, At), new HoldExtended(First, At.AddMinutes(30), At),
        new AppointmentPreconfirmed(First, "d4e5f6", "sealed again", "another", At.AddMinutes(60), At), new AppointmentConfirmed(First, At),
        new NewMailAsked(First, New, At), new MailChanged(First, "sealed", 1, new(0, "sealed before", "a1b2c3"), At),
        new NewMailAsked(First, New with { Number = 2 }, At),
        new AppointmentCheckedIn(First, new(First.Value), true, At), new AppointmentCheckInUndone(First, At),
        new SlotHeld(Appointment with { Id = Second, Replaces = null }, At), new HoldEnded(Second, At) { PublicAt = At.AddMinutes(30) },
        new SlotHeld(Appointment with { Id = Second, Replaces = null }, At),
        new AppointmentConfirmed(Second, At, new("a7b8c9", "sealed again")),
        new AppointmentMoved(Second, new(Week, First), At.AddMinutes(30), At),
        new AppointmentCancelled(First, CancelledBy.Staff, At.AddHours(1), At.AddMinutes(40)),
        new AppointmentForgotten(First, At.AddDays(8)),
        new CountersClosed(new(First.Value), [new(new(First.Value), From, From.AddHours(4), 1, "Erkrankung")], At),
        new CountersClosed(new(Second.Value), [new(new(Second.Value), From, From.AddHours(2), 2, "Umzug")], At),
        new CountersReopened(new(First.Value), At),
    ];

    public static ContactLimitsEvent[] ContactEvents { get; } =
    [
        new AppointmentCounted("a1", new(First, Week, From), At), new AppointmentCounted("b2", new(Second, Week, At.AddMinutes(10)), At),
        new AppointmentCounted("a1", new(First, Week, From.AddDays(1)), At.AddMinutes(11)), new AppointmentUncounted("a1", First, At),
    ];

    private static KeyValuePair<string, Sample> Of(string name, CalendarEvent value, params string[] mayLack) =>
        new($"journal/{name}", new Sample<CalendarEvent>(value, WireSamples.Domain<CalendarEvent>()) { MayLack = mayLack });

    private static KeyValuePair<string, Sample> Of(string name, ContactLimitsEvent value) =>
        new($"journal/{name}", new Sample<ContactLimitsEvent>(value, WireSamples.Domain<ContactLimitsEvent>()));
}

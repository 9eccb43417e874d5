using System.Text.Json;
using Aufruf.Domain;
using Aufruf.Domain.Appointments;
using Aufruf.Tests.Running;
using CsCheck;
using static Aufruf.Domain.Appointments.CalendarCommand;
using static Aufruf.Tests.Domain.Appointments.BookingWeek;

namespace Aufruf.Tests.Domain.Appointments;

/// <summary>A storm of holds, confirmations, cancellations, moves and new plans, while time passes.</summary>
public class CapacityProperties
{
    private static readonly DateTimeOffset Opens = At("10:00"), Closes = At("14:00");

    private static readonly string[] Pieces =
    [
        "10:00-11:00", "11:00-12:00", "12:00-13:00", "13:00-14:00",
        "10:00-12:00 from 09:30", "12:00-14:00 from 11:00", "10:30-13:30 from 10:00",
    ];

    /// <summary>One command as plain numbers, so that a failing sequence can be read and shrunk.</summary>
    private sealed record Step(int Command, int Which, int At, int Length, int Channel, int Minutes);

    private static readonly Gen<Step[]> Storms = Gen.Select(Gen.Int[0, 99], Gen.Int[0, 99], Gen.Int[0, 47], Gen.Int[1, 6], Gen.Int[0, 9],
        Gen.Int[0, 20], (command, which, at, length, channel, minutes) =>
            new Step(command, which, at, length, channel, minutes)).Array[10, 50];

    [Fact]
    public void No_more_is_booked_than_fits_and_nothing_that_fits_is_refused()
    {
        var seen = new HashSet<string>();
        Storms.Sample(steps =>
        {
            var storm = new Storm();
            foreach (var step in steps)
            {
                storm.Do(step);
            }

            lock (seen)
            {
                seen.UnionWith(storm.Happened.Select(e => e.GetType().Name));
            }
        }, iter: Proof.Times(check: 2000, full: 20_000));
        Assert.Empty(typeof(CalendarEvent).GetNestedTypes().Select(t => t.Name).Except(seen)
            .Except([nameof(CalendarEvent.CountersClosed), nameof(CalendarEvent.CountersReopened), // PlanProposalTests.
                nameof(CalendarEvent.NewMailAsked), nameof(CalendarEvent.MailChanged)])); // NewMailTests.
    }

    [Fact]
    public void The_journal_gives_the_same_week_again() => Storms.Sample(steps =>
    {
        var storm = new Storm();
        foreach (var step in steps)
        {
            storm.Do(step);
        }

        storm.IsReplayed();
    }, iter: 200);

    private sealed class Storm
    {
        private readonly CapacityModel _model = new();
        private CalendarWeek _week = CalendarWeek.Empty;
        private DateTimeOffset _now = SmallOffice.Nine;
        private int _known, _version;

        public List<CalendarEvent> Happened { get; } = [];

        public Storm() => Do(Plan(++_version, Pieces));

        public void Do(Step step)
        {
            _now = _now.AddMinutes(step.Minutes > 12 ? 0 : step.Minutes);
            var id = Id(1 + (step.Which % Math.Max(1, _known)));
            switch (step.Command)
            {
                case < 30:
                    Take(step, wanted => new Hold(wanted with { Until = _now.AddMinutes(20) }), replaced: null);
                    break;
                case < 36:
                    Take(step, wanted => new Book(wanted), replaced: null);
                    break;
                case < 46 when _week.Find(id) is { State: AppointmentState.Confirmed } moved:
                    Take(step, wanted => new Book(wanted with { Replaces = new(Key, id) }, _now.AddMinutes(25)), moved);
                    break;
                case < 58:
                    Revive(id, new Preconfirm(id, "contact", "sealed", "secret", _now.AddMinutes(40)));
                    break;
                case < 70:
                    Revive(id, new Confirm(id, "secret"));
                    break;
                case < 74:
                    Revive(id, new ExtendHold(id, _now.AddMinutes(20)));
                    break;
                case < 78:
                    Do(new GiveUp(id));
                    break;
                case < 86:
                    Do(new CalendarCommand.Cancel(id, CancelledBy.Citizen, _now.AddMinutes(step.Length * 10)));
                    break;
                case < 88:
                    Do(new MoveAway(id, new(Key with { Monday = Key.Monday.AddDays(7) }, Id(999)), _now.AddMinutes(15)));
                    break;
                case < 94:
                    Do(Plan(step.Length > 1 ? ++_version : _version - 1, [.. Pieces.Where((_, p) => (step.Which >> p & 1) == 0)]));
                    break;
                case < 98 when _week.Find(id) is { } booked:
                    Do(new CheckIn(id, QueueDay.Id(1), booked.From.AddMinutes(-60), booked.From.AddMinutes(10),
                        booked.From.AddMinutes(90)));
                    break;
                case 98:
                    Do(new Forget(id));
                    break;
                default:
                    // Few are checked in: one of those, or chance undoes nothing in some runs.
                    Do(new UndoCheckIn(_week.Appointments.Values.FirstOrDefault(a => a.State is AppointmentState.CheckedIn)?.Id ?? id));
                    break;
            }
        }

        /// <summary>Takes a slot exactly when the model has room.</summary>
        private void Take(Step step, Func<Appointment, CalendarCommand> command, Appointment? replaced)
        {
            var channel = replaced?.Channel ?? (step.Channel < 6 ? Channel.Public : step.Channel < 8 ? Channel.Wish : Channel.Staff);
            var wanted = For(++_known, "10:00", 5 * step.Length, channel) with { From = Opens.AddMinutes(5 * step.At) };
            var fits = wanted.From > _now && _model.Fits(wanted.From, wanted.Minutes, channel, _now, replaced?.Id);
            var decision = Do(command(wanted));
            Assert.Equal(fits ? null : wanted.From > _now ? Refusal.SlotTaken : Refusal.AppointmentOver, decision.Refusal);
        }

        /// <summary>A lapsed hold comes back only when there is room for it.</summary>
        private void Revive(AppointmentId id, CalendarCommand command)
        {
            var (was, room) = (_model.IsTaken(id, _now), _week.Find(id) is { } a && _model.Fits(a.From, a.Minutes, a.Channel, _now));
            Do(command);
            if (_model.IsTaken(id, _now) && !was && !room)
            {
                Assert.Fail($"{command} took a slot that was not free.");
            }
        }

        /// <summary>A new plan may leave too many bookings. Nothing else may.</summary>
        public Decision<CalendarEvent> Do(CalendarCommand command)
        {
            var before = _model.TooMany(Opens, Closes, _now);
            var decision = _week.Decide(command, _now);
            foreach (var happened in decision.Events)
            {
                _week = _week.Apply(happened);
                _model.Hear(happened);
                Happened.Add(happened);
            }

            var after = _model.TooMany(Opens, Closes, _now);
            if (command is not CalendarCommand.Plan && after.Zip(before).Any(x => x.First > x.Second))
            {
                Assert.Fail($"{command} has overbooked.");
            }

            Assert.Equal(after.Any(n => n > 0), _week.Free(Opens, Closes, Channel.Staff, _now).Any(free => free < 0));
            return decision;
        }

        public void IsReplayed()
        {
            var journal = JsonSerializer.Serialize<IReadOnlyList<CalendarEvent>>(Happened, DomainJson.Options);
            var again = JsonSerializer.Deserialize<IReadOnlyList<CalendarEvent>>(journal, DomainJson.Options)!
                .Aggregate(CalendarWeek.Empty, (week, happened) => week.Apply(happened));
            Assert.Equal(Text(_week), Text(again));
        }

        private static string Text(CalendarWeek week) => JsonSerializer.Serialize(new
        {
            week.Configuration,
            week.Pieces,
            week.WishesFirstMinutes,
            Appointments = week.Appointments.Values.OrderBy(a => a.Id.Value),
            week.Returning,
        }, DomainJson.Options);
    }
}

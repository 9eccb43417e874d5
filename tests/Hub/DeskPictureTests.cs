using System.Text.Json;
using Aufruf.Domain;
using Aufruf.Domain.Queues;
using Aufruf.Domain.Queues.Policies;
using Aufruf.Hub.Push;
using Aufruf.Tests.Domain;
using Aufruf.Tests.Running;
using CsCheck;
using static Aufruf.Domain.Queues.QueueEvent;

namespace Aufruf.Tests.Hub;

/// <summary>The picture on a clerk's desk.</summary>
public class DeskPictureTests
{
    private static readonly ClerkId Anna = new("anna");

    private static DeskView View(Queue queue, CounterId counter) => new(TwoAreas.Office, TwoAreas.Hall, counter, Anna,
        DeskMoving.EmergenciesOf(TwoAreas.Office, area => area == "hall" ? queue : null), ticket => ticket.Remark is { } remark
            ? "clear " + remark : null);

    private static DeskSnapshot Whole(Queue queue, long version, DateTimeOffset at, CounterId? counter = null) =>
        DeskPicture.Whole(View(queue, counter ?? SmallOffice.One), new(queue, version), [], at, "build");

    private static string Text(DeskSnapshot picture) => JsonSerializer.Serialize(
        picture with { Counters = [.. picture.Counters.OrderBy(c => c.Id.Value, StringComparer.Ordinal)], At = SmallOffice.Nine },
            DomainJson.Options);

    /// <summary>As a browser does.</summary>
    private static DeskSnapshot Apply(DeskSnapshot picture, DeskChange change)
    {
        Assert.Equal((picture.Queue, picture.Version), (change.Queue, change.From));
        var tickets = picture.Tickets.Where(t => !change.Gone.Contains(t.Id)).ToDictionary(t => t.Id);
        change.Tickets.ToList().ForEach(ticket => tickets[ticket.Id] = ticket);
        var counters = picture.Counters.ToDictionary(c => c.Id);
        change.Counters.ToList().ForEach(counter => counters[counter.Id] = counter);
        return picture with
        {
            Version = change.To,
            Tickets = [.. tickets.Values.OrderBy(t => t.TakenAt)],
            Counters = [.. counters.Values],
            Next = change.Next,
            Served = change.Served,
            Undo = change.Undo,
            Stopped = change.Stopped,
            Emergencies = change.Emergencies,
            Ended = change.Ended,
        };
    }

    [Fact]
    public void A_desks_changes_lead_from_snapshot_to_snapshot_whatever_clerks_do() => DeskDay.Steps.Sample(steps =>
    {
        var (day, feed, version) = (new DeskDay(), new AreaFeed(SmallOffice.Key.AreaKey), 0L);
        feed.Take(day.Queue, 0, 0, null);
        var (state, picture) = (feed.Now ?? throw new InvalidOperationException(), Whole(day.Queue, 0, day.Now));
        foreach (var step in steps)
        {
            var decision = day.Do(step);
            if (decision.Events.Count > 0)
            {
                feed.Take(day.Queue, version, ++version, decision.Events);
            }

            if (step.Look >= 4)
            {
                continue;
            }

            var now = feed.Now!;
            var whole = Whole(now.Queue, now.Version, day.Now);
            // From == to is the clock's own change.
            var changed = state == now ? [] : feed.ChangedSince(state, now);
            if (changed is not null && DeskPicture.CanBeChanged(SmallOffice.One, state, now))
            {
                var change = DeskPicture.Change(View(now.Queue, SmallOffice.One), state, now, changed, day.Now);
                Assert.Equal(Text(whole), Text(Apply(picture, change)));
            }

            (state, picture) = (now, whole);
        }
    }, iter: Proof.Times(check: 20, full: 60));

    public static TheoryData<Type> Events =>
        [.. typeof(QueueEvent).GetNestedTypes().Where(t => t.GetProperty("Ticket")?.PropertyType == typeof(TicketId))];

    [Theory, MemberData(nameof(Events))]
    public void Every_event_about_a_ticket_tells_the_desks_which(Type type)
    {
        var happened = (QueueEvent)System.Runtime.CompilerServices.RuntimeHelpers.GetUninitializedObject(type);
        Assert.Equal(happened is not TransferRejected, happened is ITicketEvent); // A rejected ticket never came.
    }

    [Fact]
    public void The_desk_says_who_is_next_and_why()
    {
        var queue = Day(QueueDay.ForPassport(1), QueueDay.ForPassport(2), new PriorityGiven(QueueDay.Id(2), "pregnant", SmallOffice.Nine));
        Assert.Equal(new DeskNext(QueueDay.Id(2), new(WhyKind.Priority, SmallOffice.Nine, "pregnant")),
            Whole(queue, 3, SmallOffice.Nine.AddMinutes(1)).Next);
    }

    [Fact]
    public void A_step_can_be_taken_back_for_ten_seconds()
    {
        var queue = Day(QueueDay.Opened(SmallOffice.One), QueueDay.ForPassport(1), QueueDay.Called(1, SmallOffice.One),
            QueueDay.Served(1, SmallOffice.One));
        var undo = new DeskUndo(QueueDay.Id(1), new('A', 1), TicketState.Served, SmallOffice.Nine.AddSeconds(10), null);
        Assert.Equal(undo, Whole(queue, 4, SmallOffice.Nine.AddSeconds(10)).Undo);
        Assert.Null(Whole(queue, 4, SmallOffice.Nine.AddSeconds(11)).Undo);
        Assert.Null(Whole(queue, 4, SmallOffice.Nine, SmallOffice.Three).Undo); // Another clerk's step is not ours to take back.

        var next = Day(QueueDay.Opened(SmallOffice.One), QueueDay.ForPassport(1), QueueDay.ForPassport(2),
            QueueDay.Called(1, SmallOffice.One), QueueDay.Served(1, SmallOffice.One), QueueDay.Called(2, SmallOffice.One));
        Assert.Equal(new DeskUndo(QueueDay.Id(2), new('A', 2), TicketState.Called, SmallOffice.Nine.AddSeconds(10), new('A', 1)),
            Whole(next, 6, SmallOffice.Nine).Undo);
    }

    [Fact]
    public void Who_was_missed_stays_on_the_desk_to_be_put_back_and_who_was_served_leaves_it()
    {
        var queue = Day(QueueDay.Opened(SmallOffice.One), QueueDay.ForPassport(1), QueueDay.ForPassport(2), QueueDay.ForPassport(3),
            QueueDay.Called(1, SmallOffice.One), QueueDay.Missed(1, SmallOffice.One), QueueDay.Called(2, SmallOffice.One),
                QueueDay.Served(2, SmallOffice.One),
            new TicketCancelled(QueueDay.Id(3), Anna, SmallOffice.Nine));
        Assert.Equal([("A001", TicketState.Missed), ("A003", TicketState.Cancelled)], Whole(queue, 9, SmallOffice.Nine).Tickets.Select(
            t => (t.Number.ToString(), t.State)));
    }

    [Fact]
    public void A_ticket_that_waits_for_other_calls_says_so_until_they_were_made()
    {
        var before = Day(QueueDay.Opened(SmallOffice.One), QueueDay.ForPassport(1), QueueDay.ForPassport(2),
            QueueDay.Called(1, SmallOffice.One),
            new TicketReturned(QueueDay.Id(1), SmallOffice.One, ReturnWay.After, 1, null, Missed: false, SmallOffice.Nine));
        Assert.True(Whole(before, 5, SmallOffice.Nine).Tickets[0].HeldBack);
        var after = before.Apply(QueueDay.Called(2, SmallOffice.One));
        var change = DeskPicture.Change(View(after, SmallOffice.One), new(before, 5), new(after, 6), [QueueDay.Id(2)], SmallOffice.Nine);
        Assert.Equal([("A001", false), ("A002", false)], change.Tickets.Select(t => (t.Number.ToString(), t.HeldBack)));
    }

    [Fact]
    public void Another_work_profile_makes_other_services_mine()
    {
        var queue = Day(QueueDay.Opened(SmallOffice.One));
        Assert.Equal([true, true, false], Whole(queue, 1, SmallOffice.Nine).Services.Select(s => s.Mine));
        var after = queue.Apply(new ClerkLoggedIn(SmallOffice.One, Anna, "residence-first", SmallOffice.Nine));
        Assert.Equal([true, false, true], Whole(after, 2, SmallOffice.Nine).Services.Select(s => s.Mine));
        Assert.False(DeskPicture.CanBeChanged(SmallOffice.One, new(queue, 1), new(after, 2)));
        Assert.True(DeskPicture.CanBeChanged(SmallOffice.Three, new(queue, 1), new(after, 2)));
    }

    [Fact]
    public void Tickets_can_be_sent_to_areas_with_letters_of_their_own()
    {
        var targets = Whole(Day(), 0, SmallOffice.Nine).Targets;
        Assert.Equal([("town.rathaus.hall", true, true), ("town.rathaus.floor", false, true)],
            targets.Select(t => (t.Area, t.Own, t.Sendable)));
        var twin = TwoAreas.Floor with { Services = SmallOffice.Area.Services };
        var view = View(Day(), SmallOffice.One) with { Office = TwoAreas.Office with { Areas = [TwoAreas.Hall, twin] } };
        Assert.Equal([true, false], DeskPicture.Whole(view, new(Day(), 0), [], SmallOffice.Nine, "build").Targets.Select(t => t.Sendable));
    }

    [Fact]
    public void The_picture_has_the_names_of_the_contract()
    {
        var queue = Day(QueueDay.Opened(SmallOffice.One), QueueDay.ForPassport(1), new EmergencyRaised(SmallOffice.Two, SmallOffice.Nine),
            new ServiceStopped(SmallOffice.Residence, StopKind.ByClerk, SmallOffice.Nine));
        var options = new JsonSerializerOptions();
        Aufruf.Hub.Api.JsonForms.Use(options);
        using var json = JsonDocument.Parse(JsonSerializer.Serialize(Whole(queue, 4, SmallOffice.Nine), options));
        Assert.Equal(
            ["queue", "version", "at", "build", "office", "area", "languages", "timeZone", "counter", "clerk", "counters", "services",
                "tickets", "next", "served", "undo",
                "stopped", "emergencies", "devices", "profiles", "priorities", "targets",
                "rules", "ended", "silentBoards", "silentKiosks", "refusal", "appointments", "further", "seats"],
            json.RootElement.EnumerateObject().Select(p => p.Name));
        Assert.Equal("""{"ticket":"ID","why":{"kind":"longest-wait","since":"2026-11-23T08:00:00+00:00"}}""".Replace(
            "ID", QueueDay.Id(1).ToString(), StringComparison.Ordinal),
            json.RootElement.GetProperty("next").GetRawText());
        Assert.Equal("""[{"service":"residence","kind":"by-clerk"}]""", json.RootElement.GetProperty("stopped").GetRawText());
        Assert.Equal("""[{"area":"town.rathaus.hall","counter":"2","label":"2","raisedAt":"2026-11-23T08:00:00+00:00","coming":[]}]""",
            json.RootElement.GetProperty("emergencies").GetRawText());
        Assert.Equal("walk-in", json.RootElement.GetProperty("tickets")[0].GetProperty("class").GetString());
    }

    private static Queue Day(params QueueEvent[] events) => QueueDay.Given(events).Queue;
}

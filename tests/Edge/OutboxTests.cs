using Aufruf.Edge;
using Aufruf.Edge.Protocol;

namespace Aufruf.Tests.Edge;

public sealed class OutboxTests
{
    [Fact]
    public void A_press_is_on_disk_before_it_is_sent_and_stays_until_the_hub_settles_it()
    {
        var box = new Device();
        box.Connect();
        box.Press();
        var sent = Assert.Single(box.Sent);
        Assert.Equal(sent.Id, Assert.Single(box.Store.Read().Waiting).Id);

        box.Ack(sent);
        Assert.Empty(box.Store.Read().Waiting);
        Assert.Equal(1, box.Store.Read().LastSeq);
    }

    [Fact]
    public void A_press_while_offline_is_sent_when_the_hub_is_back_and_says_how_old_it_is()
    {
        var box = new Device();
        box.Press();
        Assert.Empty(box.Sent);

        box.Wait(4);
        box.Connect();
        var sent = Assert.Single(box.Sent);
        Assert.Equal(4000, sent.Sent - sent.Mono);
    }

    [Fact]
    public void A_clock_that_steps_by_an_hour_does_not_change_the_age_of_a_press()
    {
        var box = new Device();
        box.Press();
        box.Time.Step = TimeSpan.FromHours(1);
        box.Wait(2);
        box.Connect();
        Assert.Equal(2000, Assert.Single(box.Sent) is var sent ? sent.Sent - sent.Mono : null);
    }

    [Fact]
    public void A_clock_that_steps_by_an_hour_does_not_move_events_stamped_by_the_hubs_beacon()
    {
        var box = new Device();
        box.Core.Heard(new TimeBeacon(1, SteppingClock.Morning.AddMinutes(7)));
        box.Time.Step = TimeSpan.FromHours(-1);
        box.Wait(10);
        box.Connect();
        box.Press();
        var sent = Assert.Single(box.Sent);
        Assert.Equal(SteppingClock.Morning.AddMinutes(7).AddSeconds(10), sent.At);
        Assert.Equal(ClockState.Estimated, sent.Clock);
    }

    [Fact]
    public void After_a_power_cut_the_press_is_sent_again_with_the_same_id_and_number_and_no_claim_about_its_age()
    {
        var box = new Device();
        box.Connect();
        box.Press();
        var before = box.Sent.Single();

        box.Crash();
        box.Connect();
        var after = Assert.Single(box.Sent);
        Assert.Equal((before.Id, before.Seq, before.Boot), (after.Id, after.Seq, after.Boot));
        Assert.Null(after.Sent);

        box.Press();
        Assert.Equal(before.Seq + 1, box.Sent.Last().Seq);
        Assert.NotEqual(before.Boot, box.Sent.Last().Boot);
    }

    [Fact]
    public void An_unsettled_event_is_sent_again_after_three_seconds()
    {
        var box = new Device();
        box.Connect();
        box.Press();
        box.Wait(2.9);
        Assert.Single(box.Sent);
        box.Wait(0.2);
        Assert.Equal(2, box.Sent.Count());
        Assert.Single(box.Sent.Select(e => e.Id).Distinct());
    }

    [Fact]
    public void At_most_twenty_events_are_on_their_way_and_they_go_in_order()
    {
        var box = new Device();
        for (var i = 0; i < 50; i++)
        {
            box.Press();
        }

        box.Connect();
        Assert.Equal(Enumerable.Range(1, 20).Select(i => (long)i), box.Sent.Select(e => e.Seq));
        box.Sent.Take(5).ToList().ForEach(e => box.Ack(e));
        Assert.Equal(Enumerable.Range(1, 25).Select(i => (long)i), box.Sent.Select(e => e.Seq));
    }

    [Fact]
    public void Acknowledgements_may_come_late_twice_and_out_of_order()
    {
        var box = new Device();
        box.Connect();
        box.Press();
        box.Press();
        box.Press();
        var sent = box.Sent.ToList();
        box.Ack(sent[1]);
        box.Ack(sent[0]);
        box.Ack(sent[1]);
        Assert.Equal(sent[2].Id, Assert.Single(box.Store.Read().Waiting).Id);
    }

    [Fact]
    public void The_press_after_two_hundred_waiting_ones_is_refused_and_the_lamp_says_out_of_order()
    {
        var box = new Device();
        for (var i = 0; i < 200; i++)
        {
            box.Press();
        }

        Assert.Empty(box.Refusals);
        box.Press();
        Assert.Equal([PressRefusal.OutboxFull], box.Refusals);
        Assert.Equal(LampState.Refused, box.Core.Lamp);
        Assert.Equal(200, box.Store.Read().Waiting.Count);

        box.Wait(1);
        box.Connect();
        Assert.Equal(LampState.Blocked, box.Core.Lamp);
        box.Ack(box.Sent.First());
        Assert.NotEqual(LampState.Blocked, box.Core.Lamp);
    }

    [Fact]
    public void A_disk_that_refuses_refuses_the_press_visibly_and_the_device_goes_on()
    {
        var box = new Device();
        box.Connect();
        box.Store.IsFull = true;
        box.Press();
        Assert.Equal([PressRefusal.DiskUnwritable], box.Refusals);
        Assert.Empty(box.Sent);

        box.Store.IsFull = false;
        box.Press();
        Assert.Equal(1, Assert.Single(box.Sent).Seq);
    }

    [Fact]
    public void An_answer_that_overtook_another_settles_its_own_press_only()
    {
        var box = new Device();
        box.Connect();
        box.Press();
        box.Press();
        var (first, second) = (box.Sent.First(), box.Sent.Last());
        box.Ack(second);

        Assert.Equal(first.Id, Assert.Single(box.Store.Read().Waiting).Id);
    }

    [Fact]
    public void A_press_tells_which_face_the_clerk_saw()
    {
        var box = new Device();
        box.Connect();
        box.Press();
        Assert.Null(box.Sent.Last().Data.GetProperty("seen").GetString());
        box.Do(c => c.Faced(Device.Face(17)));
        box.Do(c => c.Faced(Device.Face(16)));
        box.Press();
        Assert.Equal(17, box.Sent.Last().Data.GetProperty("seen").GetInt64());

        box.Crash();
        box.Connect();
        box.Press();
        Assert.Equal(17, box.Sent.Last().Data.GetProperty("seen").GetInt64());
    }

    [Fact]
    public void A_hub_set_up_anew_may_count_its_faces_from_one_again()
    {
        var box = new Device();
        box.Do(c => c.Faced(Device.Face(900)));
        box.Do(c => c.Faced(Device.Face(2, number: "A001", atSeconds: 3600)));
        Assert.Equal("A001", box.Core.Face?.Number);
    }

    [Fact]
    public void Of_a_flapping_cover_only_the_last_condition_is_reported_after_an_offline_time()
    {
        var printer = new Device(DeviceKind.TicketPrinter);
        foreach (var condition in new[] { PrinterCondition.Ready, PrinterCondition.CoverOpen, PrinterCondition.Ready, PrinterCondition.CoverOpen })
        {
            printer.Do(c => c.PrinterIs(condition));
        }

        printer.Connect();
        Assert.Equal("cover-open", Assert.Single(printer.Sent).Data.GetProperty("condition").GetString());
    }
}

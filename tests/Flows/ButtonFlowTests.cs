using System.Net;
using System.Net.Http.Json;
using Aufruf.Edge.Protocol;
using Aufruf.Tests.Running;
using MQTTnet.Formatter;

namespace Aufruf.Tests.Flows;

/// <summary>A press of a button has one effect, however often and however late it arrives.</summary>
public class ButtonFlowTests
{
    private const int Counters = 10;
    private const int Waiting = 3;

    [Fact]
    public async Task Ten_buttons_pressed_at_once_with_three_waiting_call_three_different_numbers()
    {
        await using var hub = await TestHub.StartAsync(TestOffice.WithCounters(Counters));
        for (var n = 0; n < Waiting; n++)
        {
            using var taken = await hub.Anybody.PostAsJsonAsync("/api/v1/kiosks/probe.amt.foyer/tickets",
                new { requestId = Guid.CreateVersion7(), service = "pass", language = "de" }, TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.Created, taken.StatusCode);
        }

        var boxes = await Task.WhenAll(Enumerable.Range(1, Counters).Select(n => RawDevice.ConnectAsync(hub, $"knopf-{n}", "probe.amt")));
        try
        {
            var answers = await Task.WhenAll(boxes.Select(box => box.AskAsync(box.Press())));

            Assert.Equal(Waiting, answers.Count(a => a.Outcome is EventOutcome.Accepted));
            Assert.Equal(
                Counters - Waiting, answers.Count(a => a is { Outcome: EventOutcome.Refused, Reason: "nobody-waiting", Text.Length: > 0 }));
            var callers = boxes.Zip(answers).Where(x => x.Second.Outcome is EventOutcome.Accepted).Select(x => x.First);
            var faces = await Task.WhenAll(callers.Select(box => box.UntilFaceAsync(face => face.State is FaceState.Called)));
            Assert.Equal(["A001", "A002", "A003"], faces.Select(face => face.Number).Order());
            Assert.Equal(Waiting, (await WrittenEvent.ReadAsync(hub.Data)).Count(e => e.Type == "ticket-called"));
        }
        finally
        {
            foreach (var box in boxes)
            {
                await box.DisposeAsync();
            }
        }
    }

    [Fact]
    public async Task A_press_that_arrives_five_times_calls_one_number_and_is_always_answered_the_same()
    {
        await using var hub = await TestHub.StartAsync();
        await hub.TakeAsync();
        await hub.TakeAsync();
        await using var box = await RawDevice.ConnectAsync(hub, "box-3");
        var press = box.Press();

        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => box.SendAsync(press)));
        await box.UntilAsync("three answers", () => box.Answers.Count(a => a.Id == press.Id) == 3 ? box : null);
        // Takes the connection over, as a device does whose old one hangs.
        await using var again = await RawDevice.ConnectAsync(hub, "box-3");
        await again.AskAsync(press);
        await again.AskAsync(press with { Sent = press.Sent + 60_000 });

        Assert.All(box.Answers.Concat(again.Answers), answer => Assert.Equal(new EventAnswer(press.Id, EventOutcome.Accepted), answer));
        Assert.Single(await WrittenEvent.ReadAsync(hub.Data), e => e.Type == "ticket-called");
        Assert.Equal("A001", (await again.UntilFaceAsync(face => face.State is FaceState.Called)).Number);
    }

    [Fact]
    public async Task Presses_that_overtake_each_other_are_each_judged_by_what_the_clerk_saw()
    {
        await using var hub = await TestHub.StartAsync();
        await hub.TakeAsync();
        await hub.TakeAsync();
        await using var box = await RawDevice.ConnectAsync(hub, "box-3");
        var seen = (await box.UntilFaceAsync(_ => true)).Rev;
        var (first, second) = (box.Press(seen: seen), box.Press(Buttons.Arrived, seen));

        Assert.Equal(EventOutcome.Refused, (await box.AskAsync(second)).Outcome); // No ticket is called yet: "arrived" came first.
        Assert.Equal(EventOutcome.Accepted, (await box.AskAsync(first)).Outcome);
        Assert.Equal(EventOutcome.Refused, (await box.AskAsync(second)).Outcome); // The first answer stands.
        Assert.DoesNotContain(await WrittenEvent.ReadAsync(hub.Data), e => e.Type == "ticket-arrived");
    }

    [Fact]
    public async Task A_press_on_an_old_face_or_of_long_ago_calls_nobody_and_is_recorded()
    {
        await using var hub = await TestHub.StartAsync();
        await hub.TakeAsync();
        await hub.TakeAsync();
        await using var box = await RawDevice.ConnectAsync(hub, "box-3");
        var before = (await box.UntilFaceAsync(_ => true)).Rev;
        Assert.Equal(EventOutcome.Accepted, (await box.AskAsync(box.Press(seen: before))).Outcome);

        var (stale, late) = (box.Press(seen: before), box.Press(age: TimeSpan.FromSeconds(20)));
        var (staleAnswer, lateAnswer) = (await box.AskAsync(stale), await box.AskAsync(late));

        Assert.Equal((EventOutcome.Ignored, "stale-face"), (staleAnswer.Outcome, staleAnswer.Reason));
        Assert.Equal((EventOutcome.Ignored, "too-late"), (lateAnswer.Outcome, lateAnswer.Reason));
        var written = await WrittenEvent.ReadAsync(hub.Data);
        Assert.Single(written, e => e.Type == "ticket-called");
        Assert.Equal([stale.Id, late.Id], written.Where(e => e.Type == "press-ignored").Select(e => e.Request));
    }

    [Theory, InlineData(MqttProtocolVersion.V500), InlineData(MqttProtocolVersion.V311)]
    public async Task A_press_is_answered_with_a_message(MqttProtocolVersion version)
    {
        await using var hub = await TestHub.StartAsync();
        await using var box = await RawDevice.ConnectAsync(hub, "box-3", otherwise: o => o.WithProtocolVersion(version));
        await hub.TakeAsync();

        Assert.Equal(EventOutcome.Accepted, (await box.AskAsync(box.Press())).Outcome);
        var no = await box.AskAsync(box.Press(Buttons.Finish));
        Assert.Equal(EventOutcome.Accepted, no.Outcome);
        no = await box.AskAsync(box.Press());
        Assert.Equal((EventOutcome.Refused, "nobody-waiting"), (no.Outcome, no.Reason));
        Assert.Equal(3, box.Answers.Count);
    }

    [Fact]
    public async Task A_bounce_and_a_hasty_second_press_are_held_back_and_recorded()
    {
        await using var hub = await TestHub.StartAsync();
        await hub.TakeAsync();
        await hub.TakeAsync();
        await using var box = await RawDevice.ConnectAsync(hub, "box-3");
        Assert.Equal(EventOutcome.Accepted, (await box.AskAsync(box.Press())).Outcome);
        var shown = await box.UntilFaceAsync(face => face.State is FaceState.Called);
        foreach (var press in (DeviceEvent[])[box.Press(), box.Press(seen: shown.Rev), box.Press(Buttons.Arrived, shown.Rev)])
        {
            var answer = await box.AskAsync(press);
            Assert.Equal((EventOutcome.Ignored, "too-soon"), (answer.Outcome, answer.Reason));
        }

        var written = await WrittenEvent.ReadAsync(hub.Data);
        Assert.Equal((1, 3), (written.Count(e => e.Type == "ticket-called"), written.Count(e => e.Type == "press-ignored")));
    }
}

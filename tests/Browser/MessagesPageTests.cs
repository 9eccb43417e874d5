using Aufruf.Contracts;
using Aufruf.Domain.Outbox;
using Aufruf.Grains;
using Aufruf.Tests.Running;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using static Aufruf.Domain.Outbox.OutboxCommand;

namespace Aufruf.Tests.Browser;

/// <summary>A clerk decides on messages that were not sent, or may not have been.</summary>
public sealed class MessagesPageTests(Chromium chromium)
{
    private const string Path = $"/staff/{TestHub.Office}/messages";

    [Fact]
    public async Task A_clerk_sends_one_message_again_and_dismisses_another_without_seeing_their_content()
    {
        await using var hub = await TestHub.StartAsync();
        var outbox = hub.Services.GetRequiredService<IGrainFactory>().GetGrain<IOutboxGrain>("outbox/alsdorf");
        await StuckAsync(hub, outbox, 1, MessageProblem.Refused, 550);
        await StuckAsync(hub, outbox, 2, MessageProblem.NoAnswer, null);

        await using var desk = await chromium.OpenAsync(1280, 900, o => (o.JavaScriptEnabled, o.Locale) = (false, "de"));
        await SignInAsync(desk, hub);
        await desk.SaysAsync("tbody tr:nth-child(1)", "Der Mailserver lehnt die Nachricht ab. Prüfen Sie die Adresse. (Code 550)");
        await desk.SaysAsync("tbody tr:nth-child(2)", "Nicht sicher: Der Mailserver hat nicht geantwortet.");
        Assert.DoesNotContain("anna@example.org", await desk.Page.ContentAsync(), StringComparison.Ordinal);
        await desk.At("tbody tr:nth-child(1) button", "Erledigt").ClickAsync();
        await Assertions.Expect(desk.At("tbody tr")).ToHaveCountAsync(1);
        await desk.At("tbody button", "Noch einmal senden").ClickAsync();
        await desk.SeesAsync("#nothing");
        await desk.SaysAsync("main", "Eine weitere Nachricht ist unterwegs.");
        Assert.Equal(MessageState.Waiting, Assert.Single((await outbox.View()).Messages.Values).State);
        desk.ComplainedOfNothing();
    }

    [Fact]
    public async Task The_page_has_no_barrier_fits_a_phone_and_says_why_a_late_choice_is_refused()
    {
        await using var hub = await TestHub.StartAsync();
        var outbox = hub.Services.GetRequiredService<IGrainFactory>().GetGrain<IOutboxGrain>("outbox/alsdorf");
        var id = await StuckAsync(hub, outbox, 1, MessageProblem.NoAnswer, null);
        await StuckAsync(hub, outbox, 2, MessageProblem.Refused, 550);
        await using var desk = await chromium.OpenAsync(1280, 900, o => o.Locale = "en");
        await SignInAsync(desk, hub);
        await desk.PictureAsync("messages-en");
        await desk.HasNoBarrierAsync("messages");
        await desk.FitsANarrowScreenAsync();
        await outbox.Handle(new(Guid.NewGuid()), new Dismiss(id, new("bert")));
        await desk.At("tbody tr:nth-child(1) button", "Send again").ClickAsync();
        await desk.SaysAsync(".error-summary", "This message is not in the outbox any more.");
        await desk.HasNoBarrierAsync("refused");
        Assert.Contains("alsdorf.1", await desk.Page.ContentAsync(), StringComparison.Ordinal); // The other message.
        var elsewhere = await desk.Page.GotoAsync(new Uri(hub.Address, "/staff/alsdorf.other/messages").ToString());
        Assert.Equal(404, elsewhere?.Status);
        Assert.DoesNotContain("alsdorf.1", await desk.Page.ContentAsync(), StringComparison.Ordinal);
    }

    private static async Task SignInAsync(Window desk, InnerHub hub)
    {
        await desk.EnterAsync(hub, Path);
        await desk.SeesAsync("tbody tr >> nth=0");
    }

    private static async Task<MessageId> StuckAsync(InnerHub hub, IOutboxGrain outbox, int version, MessageProblem problem, int? status)
    {
        var mail = await hub.Services.GetRequiredService<SealedMail>().SealAsync(new("case/alsdorf.1", version), "citizen",
            new PlainMail("anna@example.org", "Ihr Termin", "Text"), TimeProvider.System.GetUtcNow().AddHours(2));
        await outbox.Handle(mail.Message.Request, mail);
        await outbox.Handle(new(Guid.NewGuid()), new BeginSending(mail.Message, 1, TimeProvider.System.GetUtcNow().AddHours(1)));
        await outbox.Handle(new(Guid.NewGuid()), new Report(mail.Message, 1, problem, status));
        return mail.Message;
    }
}

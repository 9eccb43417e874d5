using Aufruf.Contracts;
using Aufruf.Domain.Deadlines;
using Aufruf.Domain.Outbox;
using Aufruf.Grains;
using Aufruf.Hub.Deadlines;
using Aufruf.Tests.Running;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Core.Internal;

namespace Aufruf.Tests.Flows;

/// <summary>Two hubs on one PostgreSQL, and one of them is killed: the other does what is still to do, and nothing twice.</summary>
[Trait("Needs", "process")]
public sealed class DyingHubTests(Postgres postgres)
{
    private const int Mails = 30;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_mail_leaves_once_and_each_deadline_is_met_when_one_of_two_hubs_is_killed()
    {
        await using var pair = await DyingPair.StartAsync(postgres);
        var hub = pair.Living;
        var (vault, subject) = (hub.Services.GetRequiredService<Vault>(), new Subject("case", "alsdorf.1"));

        // With both hubs.
        var remark = await SealUntilAsync(TimeSpan.FromSeconds(2));
        await hub.UntilAsync(async () => await vault.OpenAsync(subject, "here", remark) is null, "The first deadline is met");

        // The reminder alone wakes the wheel of the second one, since the timer of its grain goes with the grain.
        subject = new("case", "alsdorf.2");
        remark = await SealUntilAsync(TimeSpan.FromSeconds(4));
        var grains = hub.Services.GetRequiredService<IGrainFactory>();
        await grains.GetGrain<IWheelGrain>(Wheel.StreamOf("alsdorf", hub.Clock.GetUtcNow()))
            .AsReference<IGrainManagementExtension>().DeactivateOnIdle(Stop);
        var outbox = grains.GetGrain<IOutboxGrain>("outbox/alsdorf");
        var queued = Enumerable.Range(1, Mails).Select(async n =>
        {
            var mail = await hub.Services.GetRequiredService<SealedMail>().SealAsync(new("case/alsdorf.3", n), "citizen",
                new PlainMail($"{n}@example.org", "Ihr Termin", "Am Montag"), hub.Clock.GetUtcNow().AddHours(2));
            await outbox.Handle(mail.Message.Request, mail);
        });
        await Task.WhenAll(queued);
        await hub.UntilAsync(() => Task.FromResult(pair.Mails.Arrived.Count >= 5), "Some mails are sent");
        await pair.Dying.KillAsync();

        await hub.UntilAsync(async () => (await outbox.View()).Messages is var left && left.Count <= 1
            && left.Values.All(m => m.State is not MessageState.Waiting), "No mail waits, and only one may have been cut off",
            seconds: 150);
        var unknown = (await outbox.View()).Messages;
        var arrived = pair.Mails.Arrived.Select(mail => mail.To.ToString()).ToList();
        Assert.Equal(arrived.Distinct(), arrived);
        Assert.InRange(arrived.Count, Mails - unknown.Count, Mails);
        await hub.UntilAsync(async () => await vault.OpenAsync(subject, "here", remark) is null, "The second deadline is met");

        async Task<string> SealUntilAsync(TimeSpan time)
        {
            var due = hub.Clock.GetUtcNow() + time;
            var text = await vault.SealAsync(subject, due, "here", "Rollstuhl");
            await hub.Services.GetRequiredService<IDeadlines>().SetAsync("alsdorf", new(Guid.NewGuid()), new("vault-keys", "test", due));
            return text;
        }
    }
}

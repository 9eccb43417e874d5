using System.Globalization;
using Aufruf.Contracts;
using Aufruf.Domain.Deadlines;
using Aufruf.Grains;
using Aufruf.Grains.Journal;
using Aufruf.Hub.Deadlines;
using Aufruf.Hub.Running;
using Aufruf.Tests.Running;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Core.Internal;

namespace Aufruf.Tests.Flows;

/// <summary>The wheel in the real hub: its reminders in SQLite, and the keys of personal values that it destroys.</summary>
public class DeadlineTests
{
    private static readonly Subject Remark = new("case", "alsdorf.1");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_hub_sets_the_end_of_its_keys_and_a_reminder_wakes_the_wheel_when_they_are_due()
    {
        using var folder = new TempFolder();
        var data = SteadyClock.DataIn(folder);
        await using var hub = await TestHub.StartAsync(data: data);
        await hub.UntilAsync(async () => await RemindersAsync(data) == 1, "The end of the day has its reminder");
        var (vault, clock) = (hub.Services.GetRequiredService<Vault>(), hub.Clock);
        var due = clock.GetUtcNow().AddSeconds(2);
        var text = await vault.SealAsync(Remark, due, "here", "Rollstuhl");
        var set = hub.Services.GetRequiredService<IDeadlines>();
        await set.SetAsync("alsdorf", new(Guid.NewGuid()), new("vault-keys", "test", due));
        var wheel = hub.Services.GetRequiredService<IGrainFactory>().GetGrain<IWheelGrain>(Wheel.StreamOf("alsdorf", due));
        await wheel.AsReference<IGrainManagementExtension>().DeactivateOnIdle(Stop); // Its timer goes with it.
        Assert.Equal("Rollstuhl", await vault.OpenAsync(Remark, "here", text));
        await hub.UntilAsync(async () => await vault.OpenAsync(Remark, "here", text) is null, "The key is destroyed");
        await hub.UntilAsync(async () => await RemindersAsync(data) == 1, "An empty wheel has no reminder");
        Assert.Empty(await hub.TroublesAsync("deadlines"));
    }

    [Fact]
    public async Task A_killed_hub_that_starts_three_days_later_does_what_became_due_and_names_what_it_cannot_do()
    {
        using var folder = new TempFolder();
        var data = SteadyClock.DataIn(folder);
        await using var hub = await HubProcess.StartAsync(data: data);
        await hub.KillAsync();
        var (now, file) = (TimeProvider.System.GetUtcNow(), Path.Combine(data, "aufruf.db"));
        using var keys = CommandSettings.VaultKeys(null, data);
        await new Vault(keys).SealAsync(Remark, now.AddDays(-3), "here", "Rollstuhl");
        await using (var journal = new SqliteJournal(file, keyFile: CommandSettings.KeyBeside(file)))
        {
            var stream = Wheel.StreamOf("alsdorf", now.AddDays(-3));
            var wheel = Journaled.Of<Wheel, WheelCommand, WheelEvent>(stream, journal, new Heard<Wheel, WheelEvent>(), TimeProvider.System);
            await wheel.Handle(new(Guid.NewGuid()), new WheelCommand.SetDeadline(new("vault-keys", "test", now.AddDays(-3))));
            await wheel.Handle(new(Guid.NewGuid()), new WheelCommand.SetDeadline(new("later-build", "test", now.AddDays(-3))));
        }

        Assert.NotNull(await keys.FindAsync(Remark));
        await hub.StartAgainAsync();
        await hub.UntilAsync(async () => await keys.FindAsync(Remark) is null, "The key is destroyed");
        await hub.UntilTroubleAsync("deadlines", "'later-build'");
    }

    [Fact]
    public async Task A_hub_without_its_reminders_does_what_became_due_weeks_ago_once_and_keeps_what_is_due_in_weeks()
    {
        using var folder = new TempFolder();
        var (data, now) = (SteadyClock.DataIn(folder), TimeProvider.System.GetUtcNow());
        var (past, ahead, file) = (now.AddDays(-20), now.AddDays(20), Path.Combine(data, "aufruf.db"));
        using var keys = CommandSettings.VaultKeys(null, data);
        await new Vault(keys).SealAsync(Remark, past, "here", "Rollstuhl");
        await using (var journal = new SqliteJournal(file, keyFile: CommandSettings.KeyBeside(file)))
        {
            foreach (var due in (DateTimeOffset[])[past, ahead])
            {
                var wheel = Journaled.Of<Wheel, WheelCommand, WheelEvent>(
                    Wheel.StreamOf("alsdorf", due), journal, new Heard<Wheel, WheelEvent>(), TimeProvider.System);
                await wheel.Handle(new(Guid.NewGuid()), new WheelCommand.SetDeadline(new("vault-keys", "test", due)));
            }
        }

        await using var hub = await TestHub.StartAsync(data: data);
        await hub.UntilAsync(async () => await keys.FindAsync(Remark) is null, "The key is destroyed");
        await hub.UntilAsync(HasReminderAsync, "The later deadline has its reminder");
        await hub.StopAsync();
        foreach (var lost in Directory.GetFiles(data, "reminders.db*"))
        {
            File.Delete(lost);
        }

        await hub.StartAgainAsync();
        await hub.UntilAsync(HasReminderAsync, "The later deadline has its reminder again");
        var written = hub.Services.GetRequiredService<IJournal>();
        Assert.Equal((2, 1), (await written.LastVersionAsync(Wheel.StreamOf("alsdorf", past)), // Set, and met once.
            await written.LastVersionAsync(Wheel.StreamOf("alsdorf", ahead))));

        async Task<bool> HasReminderAsync() =>
            await ReminderAsync(data, Wheel.StreamOf("alsdorf", ahead)) is { } at && (at - ahead).Duration() < TimeSpan.FromMinutes(1);
    }

    /// <summary>When a wheel is woken; null: it has no reminder.</summary>
    private static async Task<DateTimeOffset?> ReminderAsync(string data, string stream)
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(data, "reminders.db")};Pooling=False");
        await connection.OpenAsync(Stop);
        await using var find = new SqliteCommand("SELECT StartTime FROM reminders WHERE GrainId LIKE '%' || @stream", connection);
        find.Parameters.AddWithValue("@stream", stream);
        return await find.ExecuteScalarAsync(Stop) is string at ? DateTimeOffset.Parse(at, CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal) : null;
    }

    private static async Task<long> RemindersAsync(string data)
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(data, "reminders.db")};Pooling=False");
        await connection.OpenAsync(Stop);
        await using var count = new SqliteCommand("SELECT count(*) FROM reminders", connection);
        return (long)(await count.ExecuteScalarAsync(Stop))!;
    }
}

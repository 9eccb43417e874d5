using System.Data.Common;
using Aufruf.Contracts;
using Aufruf.Domain.Appointments;
using Aufruf.Grains;
using Aufruf.Grains.Subscriptions;

namespace Aufruf.Hub.Appointments;

/// <summary>Reads the weeks and wishes that were written before this start. Later entries are announced.</summary>
internal sealed class WeekReader(CalendarWeeks weeks, Announcements<CalendarWeek, CalendarEvent> announcements,
    Announcements<Wishes, WishEvent> wishes, Vault vault, IJournal journal) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await MakeKeyAsync();
        try
        {
            await foreach (var stream in journal.StreamsAsync(CalendarWeekKey.StreamKind, cancellationToken))
            {
                if (weeks.CopyOf(stream) is not null)
                {
                    await announcements.CatchUpAsync(stream, cancellationToken);
                }
            }

            await foreach (var stream in journal.StreamsAsync(Wishes.StreamKind, cancellationToken))
            {
                await wishes.CatchUpAsync(stream, cancellationToken);
            }
        }
        catch (DbException error)
        {
            throw new JournalUnavailableException($"The journal cannot be read: {error.Message}", error);
        }
    }

    /// <summary>Codes follow from the vault's key. A new hub has none before the vault is opened for the first time.</summary>
    private async Task MakeKeyAsync()
    {
        try
        {
            await vault.LearnAsync(new("appointments", "codes"));
        }
        catch (JournalUnavailableException)
        {
            // The health of the vault says so, and the hub serves all that needs no personal value.
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

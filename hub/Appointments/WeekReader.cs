using System.Data.Common;
using Aufruf.Contracts;
using Aufruf.Domain.Appointments;
using Aufruf.Grains;
using Aufruf.Grains.Subscriptions;

namespace Aufruf.Hub.Appointments;

/// <summary>Reads the weeks and wishes that were written before this start. Later entries are announced.</summary>
internal sealed class WeekReader(CalendarWeeks weeks, Announcements<CalendarWeek, CalendarEvent> announcements,
    Announcements<Wishes, WishEvent> wishes, IJournal journal, IVaultKeys vault) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await MakeKeyFileAsync();
        try
        {
            await foreach (var stream in journal.StreamsAsync(CalendarWeekKey.StreamKind, cancellationToken))
            {
                if (weeks.CopyOf(stream) is not null)
                {
                    await announcements.CatchUpAsync(stream, cancellationToken);
                }
            }

            await wishes.CatchUpAllAsync(Wishes.StreamKind, cancellationToken);
        }
        catch (DbException error)
        {
            throw new JournalUnavailableException($"The journal cannot be read: {error.Message}", error);
        }
    }

    /// <summary>Codes follow from the vault's key file, and a new hub has none until the vault is used.</summary>
    private async Task MakeKeyFileAsync()
    {
        try
        {
            await vault.FindAsync(new Subject("appointment", ""));
        }
        catch (Exception error) when (error is JournalUnavailableException or DbException)
        {
            // The health of the vault says so. Numbers are called all the same, and a booking answers 503.
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

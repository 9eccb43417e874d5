using System.Data.Common;
using Aufruf.Contracts;
using Aufruf.Domain.Appointments;
using Aufruf.Grains;
using Aufruf.Grains.Subscriptions;

namespace Aufruf.Hub.Appointments;

/// <summary>Reads the weeks and wishes that were written before this start. Later entries are announced.</summary>
internal sealed class WeekReader(CalendarWeeks weeks, Announcements<CalendarWeek, CalendarEvent> announcements,
    Announcements<Wishes, WishEvent> wishes, IJournal journal) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
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

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

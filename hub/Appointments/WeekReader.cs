using System.Data.Common;
using Aufruf.Contracts;
using Aufruf.Domain.Appointments;
using Aufruf.Grains;
using Aufruf.Grains.Subscriptions;

namespace Aufruf.Hub.Appointments;

/// <summary>Reads the weeks that were booked before this start. Later entries are announced.</summary>
internal sealed class WeekReader(CalendarWeeks weeks, Announcements<CalendarWeek, CalendarEvent> announcements, IJournal journal)
    : IHostedService
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
        }
        catch (DbException error)
        {
            throw new JournalUnavailableException($"The journal cannot be read: {error.Message}", error);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

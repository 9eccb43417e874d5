using System.Data.Common;
using Aufruf.Contracts;
using Aufruf.Domain.Appointments;
using Aufruf.Domain.Deadlines;
using Aufruf.Grains;
using Aufruf.Hub.Appointments;
using Aufruf.Hub.Offices;

namespace Aufruf.Hub.Towns;

/// <summary>Counts the personal data of a town by the deadlines that end them. No key of the vault bears the name of a town.</summary>
internal sealed class KeptData(OfficeDirectory offices, WishCopies wishes, Func<string, IWheelGrain> wheels, IJournal journal,
    TimeProvider clock) : IKeptData
{
    public async Task<KeptInTown> FindAsync(string authority)
    {
        var now = clock.GetUtcNow();
        var own = offices.All.Where(office => office.Authority.Id == authority).ToList();
        var ends = await AppointmentsAsync(authority, DateOnly.FromDateTime(now.UtcDateTime));
        var wished = wishes.CopyOf(Wishes.StreamOf(authority)) is var (_, state)
            ? state.All.Values.Select(wish => wish.KeptUntil).Where(until => until > now).ToList() : [];
        return new(own.Count == 0 ? null : own.Min(office => office.NextDay(now)), KeptCount.Of(wished),
            [.. own.SelectMany(office => office.Calendars, (office, calendar) => new KeptCalendar(office.Key, office.Name, calendar.Id,
                calendar.Name, calendar.Rules.KeptDays, KeptCount.Of([.. ends[(office.Key, calendar.Id)]])))]);
    }

    /// <summary>The ends of the data of booked appointments, by office and calendar. The wheels stay in memory.</summary>
    private async Task<ILookup<(string Office, string Calendar), DateTimeOffset>> AppointmentsAsync(string authority, DateOnly today)
    {
        var open = new List<((string, string) Calendar, DateTimeOffset End)>();
        foreach (var stream in await StreamsAsync($"{Wheel.StreamKind}/{authority}."))
        {
            if (Wheel.DayOf(stream) < today.AddDays(-1))
            {
                continue; // All of them were carried out.
            }

            foreach (var deadline in (await wheels(stream).View()).Open.Values)
            {
                if (deadline.Kind == CitizenDataEnd.Name && CalendarWeekKey.TryParse(deadline.About.Split('/')[0], out var week))
                {
                    open.Add(((week.Value.OfficeKey, week.Value.Calendar), deadline.DueAt));
                }
            }
        }

        return open.ToLookup(one => one.Calendar, one => one.End);
    }

    private async Task<List<string>> StreamsAsync(string beginning)
    {
        try
        {
            return await journal.StreamsAsync(Wheel.StreamKind, CancellationToken.None).Where(stream =>
                stream.StartsWith(beginning, StringComparison.Ordinal)).ToListAsync();
        }
        catch (DbException error)
        {
            throw new JournalUnavailableException($"The journal cannot be read: {error.Message}", error);
        }
    }
}

using Aufruf.Domain.Offices;

namespace Aufruf.Contracts;

/// <summary>The personal data of a town whose end stands at a time. Answered by the hub that the pages run in.</summary>
public interface IKeptData
{
    /// <exception cref="JournalUnavailableException">The journal cannot be read now.</exception>
    Task<KeptInTown> FindAsync(string authority);
}

/// <param name="TicketsUntil">When the day of the first office ends; null: the town has no office.</param>
public sealed record KeptInTown(DateTimeOffset? TicketsUntil, KeptCount Wishes, IReadOnlyList<KeptCalendar> Calendars);

/// <param name="Days">As in force. Booked appointments keep the end that they got.</param>
public sealed record KeptCalendar(string OfficeKey, Texts OfficeName, string Id, Texts Name, int Days, KeptCount Kept);

/// <param name="First">When the first of them go; null: there are none.</param>
/// <param name="Last">When the last of them go.</param>
public sealed record KeptCount(int Count, DateTimeOffset? First, DateTimeOffset? Last)
{
    public static KeptCount Of(IReadOnlyCollection<DateTimeOffset> ends) =>
        ends.Count == 0 ? new(0, null, null) : new(ends.Count, ends.Min(), ends.Max());
}

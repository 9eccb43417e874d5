namespace Aufruf.Domain.Offices;

/// <summary>When an office serves, in the local time of its wall clock. <see cref="OfficeHours"/> makes instants of it.</summary>
/// <param name="Series">Regular hours; on one day the hours of all series that apply are added up.</param>
/// <param name="Exceptions">Days that differ, public holidays among them; the first that contains a day decides it alone.</param>
public sealed record OpeningHours(IReadOnlyList<HoursSeries> Series, IReadOnlyList<HoursException> Exceptions)
{
    /// <summary>On these days the office is closed, unless an exception names the day.</summary>
    public HolidaysOf Holidays { get; init; }

    /// <summary>A remark for those who edit the hours.</summary>
    public string? Note { get; init; }

    public HoursException? ExceptionOn(DateOnly day) => Exceptions.FirstOrDefault(e => e.Contains(day));

    /// <summary>The hours of the series alone.</summary>
    public IReadOnlyList<HoursSpan> RegularOn(DateOnly day) => HoursSpan.Joined(Series.Where(s => s.AppliesOn(day)).Select(s => s.Span));

    /// <summary>The hours of a day in order, none overlapping; empty: closed.</summary>
    public IReadOnlyList<HoursSpan> On(DateOnly day) =>
        ExceptionOn(day) is { } differs ? HoursSpan.Joined(differs.Hours) : Holidays.NameOf(day) is null ? RegularOn(day) : [];
}

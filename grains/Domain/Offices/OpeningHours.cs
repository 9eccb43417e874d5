namespace Aufruf.Domain.Offices;

/// <summary>When an office serves, in the local time of its wall clock.</summary>
/// <param name="Series">Regular hours; on one day the hours of all series that apply are added up.</param>
/// <param name="Exceptions">Days that differ; the first that applies wins.</param>
public sealed record OpeningHours(IReadOnlyList<HoursSeries> Series, IReadOnlyList<HoursException> Exceptions);

/// <summary>Hours that return every week, every n weeks, or in certain weeks of a month.</summary>
public sealed record HoursSeries(IReadOnlyList<DayOfWeek> Days, TimeOnly From, TimeOnly To);

/// <summary>A day, or days, with other hours; without hours: closed.</summary>
public sealed record HoursException(DateOnly First, DateOnly Last, IReadOnlyList<HoursSpan> Hours);

public sealed record HoursSpan(TimeOnly From, TimeOnly To);

/// <summary>Days without service, first and last included.</summary>
public sealed record ClosedDays(DateOnly First, DateOnly Last);

namespace Aufruf.Domain.Offices;

/// <summary>A day, or days, with other hours than usual; without hours: closed.</summary>
/// <param name="Last">Included.</param>
public sealed record HoursException(DateOnly First, DateOnly Last, IReadOnlyList<HoursSpan> Hours)
{
    /// <summary>Why, in words for citizens: "Rosenmontag".</summary>
    public Texts? Reason { get; init; }

    public bool Contains(DateOnly day) => First <= day && day <= Last;
}

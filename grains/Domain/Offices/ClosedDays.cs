namespace Aufruf.Domain.Offices;

/// <summary>Days without service, first and last included.</summary>
public sealed record ClosedDays(DateOnly First, DateOnly Last)
{
    /// <summary>Why, in words for citizens.</summary>
    public Texts? Reason { get; init; }

    public bool Contains(DateOnly day) => First <= day && day <= Last;
}

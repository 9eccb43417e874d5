namespace Aufruf.Domain.Offices;

/// <summary>A span in which an office serves without a break: from an instant (included) to another (excluded).</summary>
public readonly record struct OpenSpan(DateTimeOffset From, DateTimeOffset To)
{
    public bool Contains(DateTimeOffset instant) => From <= instant && instant < To;
}

namespace Aufruf.Domain.Offices;

/// <summary>From which instant (included) until which (excluded) an office serves without a break.</summary>
public readonly record struct OpenSpan(DateTimeOffset From, DateTimeOffset To)
{
    public bool Contains(DateTimeOffset instant) => From <= instant && instant < To;
}

using System.Text.Json.Serialization;

namespace Aufruf.Domain.Forecasts;

/// <summary>How much longer until the first call: probably the middle value, four times in five between the outer ones.</summary>
/// <param name="P10">Minutes; one in ten is called sooner.</param>
/// <param name="P50">Minutes; half are called sooner.</param>
/// <param name="P90">Minutes; one in ten waits longer.</param>
public sealed record WaitRange(double P10, double P50, double P90);

/// <summary>A range, or why there is none; never both.</summary>
public sealed record WaitForecast(WaitRange? Range, Unknown? Unknown)
{
    public static implicit operator WaitForecast(WaitRange range) => new(range, null);

    public static implicit operator WaitForecast(Unknown why) => new(null, why);
}

/// <summary>Why nobody can say how long it takes.</summary>
[JsonConverter(typeof(KebabEnum<Unknown>))]
public enum Unknown
{
    /// <summary>No counter that calls this service is open, and none is known to come back.</summary>
    NoCounter,
    /// <summary>Probably not before the office closes.</summary>
    AfterClosing,
    /// <summary>Others will probably always go before it, as far as one can see.</summary>
    NotReached,
    /// <summary>Nothing is known about the service, not even its usual time.</summary>
    TooLittleKnown,
}

using System.Text.Json.Serialization;

namespace Aufruf.Domain.Forecasts;

/// <summary>Something that was seen and teaches how long things take.</summary>
/// <param name="At">When it was over, in the office's local offset.</param>
[JsonDerivedType(typeof(VisitEnded), "visit-ended")]
[JsonDerivedType(typeof(NextCalled), "next-called")]
[JsonDerivedType(typeof(PauseBegan), "pause-began")]
[JsonDerivedType(typeof(PauseOver), "pause-over")]
[JsonDerivedType(typeof(AppointmentOver), "appointment-over")]
public abstract record Observation(DateTimeOffset At)
{
    /// <summary>A counter is free again.</summary>
    /// <param name="Occupied">From the call to the end, walk and waiting for somebody who did not come included. Leave out visits that the day's end closed.</param>
    public sealed record VisitEnded(ServiceId Service, TimeSpan Occupied, DateTimeOffset At) : Observation(At);

    /// <summary>A free counter called.</summary>
    /// <param name="Gap">Since the visit before. Only when somebody to call waited already then; pauses are not gaps.</param>
    public sealed record NextCalled(TimeSpan Gap, DateTimeOffset At) : Observation(At);

    /// <summary>An open counter stopped calling: pause, or home.</summary>
    public sealed record PauseBegan(DateTimeOffset At) : Observation(At);

    /// <summary>A pause has ended, or the day has.</summary>
    /// <param name="Length">Null: the counter did not come back that day.</param>
    public sealed record PauseOver(DateTimeOffset Began, TimeSpan? Length, DateTimeOffset At) : Observation(At);

    /// <summary>An appointment was checked in, or its time has passed in vain.</summary>
    public sealed record AppointmentOver(ServiceId Service, bool Came, DateTimeOffset At) : Observation(At);
}

namespace Aufruf.Domain.Deadlines;

[JsonDerivedType(typeof(SetDeadline), "set-deadline")]
[JsonDerivedType(typeof(CancelDeadline), "cancel-deadline")]
[JsonDerivedType(typeof(ReportMet), "report-met")]
public abstract record WheelCommand
{
    private WheelCommand() { }

    /// <summary>The same subject with another time moves it, within its day.</summary>
    public sealed record SetDeadline(Deadline Deadline) : WheelCommand;

    public sealed record CancelDeadline(string Id) : WheelCommand;

    /// <summary>The deadline was carried out.</summary>
    public sealed record ReportMet(Deadline Deadline) : WheelCommand;
}

/// <summary>Facts about deadlines, each with the name under which it stands in the journal.</summary>
[JsonDerivedType(typeof(DeadlineSet), "deadline-set")]
[JsonDerivedType(typeof(DeadlineCancelled), "deadline-cancelled")]
[JsonDerivedType(typeof(DeadlineMet), "deadline-met")]
public abstract record WheelEvent
{
    private WheelEvent() { }
    public sealed record DeadlineSet(Deadline Deadline, DateTimeOffset At) : WheelEvent;
    public sealed record DeadlineCancelled(string Id, DateTimeOffset At) : WheelEvent;
    public sealed record DeadlineMet(string Id, DateTimeOffset At) : WheelEvent;
}

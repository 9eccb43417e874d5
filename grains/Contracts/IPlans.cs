using Aufruf.Domain;
using Aufruf.Domain.Appointments;
using Aufruf.Domain.Offices;
using Aufruf.Domain.Outbox;

namespace Aufruf.Contracts;

/// <summary>The plans of an office for its closures, for staff. The caller has checked the clerk's right in the office.</summary>
public interface IPlans
{
    /// <summary>The newest first. Null: there is no such office.</summary>
    Task<PlansView?> ListAsync(string office);

    /// <summary>One plan with all that its lines came to; null: there is none.</summary>
    Task<PlanView?> FindAsync(string office, PlanId plan);

    /// <summary>The bookings that a closure would hit. Nothing is changed.</summary>
    /// <param name="closure">Null: the bookings that no longer fit because the configuration has changed.</param>
    Task<PreviewAnswer> PreviewAsync(string office, PlannedClosure? closure);

    /// <summary>Closes counters, and proposes a step for each booking that is hit. No citizen hears of it yet.</summary>
    /// <param name="closure">Null: the bookings that no longer fit because the configuration has changed.</param>
    Task<PlanAnswer> DrawAsync(string office, PlannedClosure? closure, ClerkId clerk, RequestId request);

    Task<PlanAnswer> ChangeAsync(string office, PlanId plan, int line, PlanStep step, ClerkId clerk, RequestId request);

    /// <summary>Carries out each open line once, however often it is pressed.</summary>
    Task<PlanAnswer> SendAsync(string office, PlanId plan, ClerkId clerk, RequestId request);

    /// <summary>The clerk has called this citizen.</summary>
    Task<PlanAnswer> NoteCallAsync(string office, PlanId plan, int line, ClerkId clerk, RequestId request);

    /// <summary>The counters are open again.</summary>
    Task<PlanAnswer> WithdrawAsync(string office, PlanId plan, ClerkId clerk, RequestId request);
}

/// <param name="Calendars">The office's own, by id.</param>
/// <param name="Unplanned">Bookings that no longer fit, and that no plan has.</param>
public sealed record PlansView(
    Texts OfficeName, string TimeZone, IReadOnlyList<NamedCalendar> Calendars, IReadOnlyList<PlanSummary> Plans, int Unplanned);

public sealed record NamedCalendar(string Id, Texts Name);

/// <param name="Open">Lines for which something is to be done.</param>
public sealed record PlanSummary(PlanId Id, PlannedClosure? Closure, DateTimeOffset At, string By, int Lines, int Open, bool IsWithdrawn);

/// <param name="IsReady">False: the closure is not in force yet.</param>
public sealed record PlanView(PlanId Id, Texts OfficeName, string TimeZone, PlannedClosure? Closure, DateTimeOffset At, string By,
    bool IsReady, string? WithdrawnBy, IReadOnlyList<PlanLineView> Lines);

/// <summary>One booking of a plan.</summary>
/// <param name="Name">Null: none was given, or it is deleted.</param>
/// <param name="Now">The booking's state since then, also by its citizen.</param>
/// <param name="MovedTo">Its present time, if it was moved.</param>
/// <param name="NoWay">Why the citizen cannot be reached by mail; null: as far as known they can.</param>
/// <param name="Choices">Open lines: the steps that a clerk may choose.</param>
public sealed record PlanLineView(int Number, AppointmentRef Place, string Office, DateTimeOffset From, int Minutes,
    IReadOnlyList<WantedService> Services, string? Name, string? Phone, string? Mail, PlanStep Step, LineState State, Texts? Refusal,
    string? By, DateTimeOffset? At, AppointmentState? Now, DateTimeOffset? MovedTo, Reached Reached, IReadOnlyList<PlanStep> Choices,
    NoWay? NoWay = null)
{
    /// <summary>Times are offered, and the citizen answers before.</summary>
    public DateTimeOffset? Until { get; init; }
}

/// <param name="Refusal">Null: it was done.</param>
public sealed record PlanAnswer(PlanView? View, Refusal? Refusal = null);

public sealed record PreviewAnswer(IReadOnlyList<PlanLineView> Lines, Refusal? Refusal = null);

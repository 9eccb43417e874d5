using Aufruf.Domain;
using Aufruf.Domain.Appointments;
using Aufruf.Domain.Offices;

namespace Aufruf.Contracts;

/// <summary>The times that a plan offers to a citizen whose appointment cannot take place.</summary>
/// <remarks>Nothing but the method with a request changes anything. The code is that of the appointment.</remarks>
public interface IPlanChoices
{
    /// <param name="week">Of the appointment that cannot take place.</param>
    /// <returns>Null: nothing was offered with this code.</returns>
    Task<OfferedTimes?> ViewAsync(CalendarWeekKey week, string code, PlanId plan, int line);

    /// <summary>Books an offered time, or frees them all.</summary>
    /// <param name="attempt">Of the offer that the citizen saw.</param>
    /// <param name="choice">1 for the first; null: none suits.</param>
    Task<ChoiceAnswer> ChooseAsync(
        CalendarWeekKey week, string code, PlanId plan, int line, int attempt, int? choice, RequestId request);
}

/// <summary>For a portal that runs outside of a hub. Key: one of 64 for all authorities.</summary>
public interface IPlanChoicesGrain : IGrainWithStringKey, IPlanChoices;

/// <summary>An offer as its citizen may see it.</summary>
/// <param name="Present">The time that cannot be kept.</param>
/// <param name="TimeZone">Of its office.</param>
/// <param name="Reason">In the words of the office; null: none was given.</param>
/// <param name="Until">The citizen answers before.</param>
/// <param name="Attempt">An answer names it: the times of another attempt are others.</param>
/// <param name="IsOpen">It may be answered now.</param>
/// <param name="Chosen">1 for the first time; null: none, or not yet.</param>
public sealed record OfferedTimes(DateTimeOffset Present, string TimeZone, string? Reason, DateTimeOffset Until, int Attempt,
    LineState State, bool IsOpen, int? Chosen, IReadOnlyList<OfferedTime> Times);

public sealed record OfferedTime(int Number, Texts OfficeName, string Address, string TimeZone, DateTimeOffset From, int Minutes);

/// <param name="Refusal">Null: it was done.</param>
/// <param name="View">Null: nothing was offered.</param>
public sealed record ChoiceAnswer(OfferedTimes? View, Refusal? Refusal = null);

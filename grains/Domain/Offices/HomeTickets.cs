namespace Aufruf.Domain.Offices;

/// <summary>An area gives tickets to citizens who are still at home.</summary>
/// <param name="MinutesBefore">Such a ticket is called after so many minutes at the earliest.</param>
/// <param name="Cap">At most so many of them are on their way at once.</param>
public sealed record HomeTickets(int MinutesBefore, int Cap)
{
    /// <summary>How long the number is kept after the time of its probable call.</summary>
    public int GraceMinutes { get; init; } = 30;

    /// <summary>Whether the citizen may say on the ticket's page that he or she is here. Otherwise a kiosk or a clerk does.</summary>
    public bool CheckInByPhone { get; init; }
}

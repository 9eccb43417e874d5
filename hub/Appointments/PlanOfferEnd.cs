using System.Globalization;
using Aufruf.Domain.Appointments;
using Aufruf.Domain.Deadlines;
using Aufruf.Grains.Deadlines;
using Aufruf.Hub.Deadlines;
using Aufruf.Hub.Offices;

namespace Aufruf.Hub.Appointments;

/// <summary>The time to answer a plan's offer is over: the held times are free again, and a clerk calls.</summary>
internal sealed class PlanOfferEnd(PlanRound round, OfficeDirectory offices) : IDeadlineHandler
{
    private const string Name = "plan-offer";

    public string Kind => Name;

    public static Task SetAsync(IDeadlines deadlines, Office office, PlanId plan, PlanLine line, DateTimeOffset until) =>
        deadlines.SetAsync(office.Authority.Id, Bookings.RequestOf($"{Name} {plan} {line.Number} {line.Attempt}"),
            new(Name, string.Create(CultureInfo.InvariantCulture, $"{office.Key}/{plan}/{line.Number}/{line.Attempt}"), until));

    public async Task CarryOutAsync(Deadline deadline, RequestId request)
    {
        if (deadline.About.Split('/') is not [var key, var name, var line, var attempt])
        {
            throw new InvalidOperationException($"'{deadline.About}' is no line of a plan.");
        }

        if (offices.Find(key) is { } office)
        {
            var (plan, number, sent) = (new PlanId(Guid.Parse(name)), int.Parse(line, CultureInfo.InvariantCulture),
                int.Parse(attempt, CultureInfo.InvariantCulture));
            await round.LapseAsync(office, plan, number, sent);
            // The plan may live on a hub whose clock is a little behind. Then it is tried again.
            if ((await round.FindAsync(office, plan))?.Line(number) is { State: LineState.Offered } open && open.Attempt == sent
                && open.Until <= deadline.DueAt)
            {
                throw new InvalidOperationException($"{deadline.About} is still offered.");
            }
        }
    }
}

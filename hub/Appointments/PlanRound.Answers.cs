using Aufruf.Contracts;
using Aufruf.Domain.Appointments;

namespace Aufruf.Hub.Appointments;

/// <summary>Ends the offers of a plan: chosen, refused, not answered, or overtaken.</summary>
internal sealed partial class PlanRound
{
    /// <summary>The citizen has chosen an offered time, or none.</summary>
    public async Task CarryOutAnswerAsync(Office office, PlanId id, int number)
    {
        if ((await Of(office).View()).Find(id)?.Line(number) is not { } line)
        {
            return;
        }

        if (line.State is LineState.Answered)
        {
            var (outcome, refusal) = await offers.BookAsync(id, line);
            await SettleAsync(office, id, line, outcome, refusal);
        }

        await FreeAsync(office, id, number);
    }

    /// <summary>The citizen has not answered in time, or has no such appointment any more.</summary>
    public async Task LapseAsync(Office office, PlanId id, int number, int attempt)
    {
        if ((await Of(office).View()).Find(id)?.Line(number) is { State: LineState.Offered } line && line.Attempt == attempt)
        {
            if (await grains.GetGrain<ICalendarWeekGrain>(line.Place.Week.Stream).FindById(line.Place.Id)
                is not { State: AppointmentState.Confirmed })
            {
                await SettleAsync(office, id, line, LineState.Overtaken, null);
            }
            else
            {
                await Of(office).Handle(RequestOf(id, line, "lapse"), new PlanCommand.Lapse(id, number, attempt));
            }

            await FreeAsync(office, id, number);
        }
    }

    /// <summary>An appointment was cancelled, or moved otherwise: times that a plan holds for its citizen are free again.</summary>
    public async Task OvertakeAsync(AppointmentRef place)
    {
        if (offices.Find(place.Week.OfficeKey) is { } office)
        {
            foreach (var plan in (await Of(office).View()).All.Values)
            {
                foreach (var line in plan.Lines?.Where(line => line.State is LineState.Offered && line.Place == place) ?? [])
                {
                    await LapseAsync(office, plan.Id, line.Number, line.Attempt);
                }
            }
        }
    }

    /// <summary>As the line is now: a later attempt may have offers of its own, and its citizen is asked.</summary>
    private async Task FreeAsync(Office office, PlanId id, int number)
    {
        if ((await FindAsync(office, id))?.Line(number) is { IsUnderWay: false } over)
        {
            await offers.FreeAsync(over);
        }
    }
}

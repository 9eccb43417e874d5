using Aufruf.Contracts;
using Aufruf.Domain.Appointments;
using Aufruf.Grains;
using Aufruf.Hub.Offices;
using Orleans.Concurrency;

namespace Aufruf.Hub.Appointments;

/// <summary>Shows citizens the times that a plan offers them, and takes their answer.</summary>
/// <remarks>The plan decides which answer counts. A round carries it out: at once, and after a crash by the process of plans.</remarks>
internal sealed class PlanChoices(OfficeDirectory offices, PlanRound round, IGrainFactory grains, TimeProvider clock) : IPlanChoices
{
    public async Task<OfferedTimes?> ViewAsync(CalendarWeekKey week, string code, PlanId plan, int line) =>
        await FindAsync(week, code, plan, line) is var (drawn, found, booked) ? ViewOf(drawn, found, booked) : null;

    public async Task<ChoiceAnswer> ChooseAsync(
        CalendarWeekKey week, string code, PlanId plan, int line, int attempt, int? choice, RequestId request)
    {
        if (await FindAsync(week, code, plan, line) is not var (before, present, appointment)
            || offices.Find(week.OfficeKey) is not { } office)
        {
            return new(null, Refusal.AppointmentGone);
        }

        if (present.Attempt != attempt)
        {
            return new(ViewOf(before, present, appointment), Refusal.OfferOver); // Also a repeat: it must not look as if it were done now.
        }

        var answer = await grains.GetGrain<IPlansGrain>(Plans.StreamOf(week.OfficeKey))
            .Handle(request, new PlanCommand.Answer(plan, line, attempt, choice));
        if (answer.Refusal is null)
        {
            await round.CarryOutAnswerAsync(office, plan, line);
        }

        var now = await FindAsync(week, code, plan, line);
        return new(now is var (drawn, found, booked) ? ViewOf(drawn, found, booked) : null,
            answer.Refusal ?? (now?.Line.State is LineState.Refused ? now?.Line.Refusal : null));
    }

    /// <summary>The line with the appointment that it is about, if the code is that of this appointment.</summary>
    private async Task<(ClosurePlan Plan, PlanLine Line, Appointment Booked)?> FindAsync(
        CalendarWeekKey week, string code, PlanId plan, int line) =>
        offices.Find(week.OfficeKey) is { } office && await round.FindAsync(office, plan) is { } drawn
        && drawn.Line(line) is { Until: not null } found && found.Place.Week == week
        && await grains.GetGrain<ICalendarWeekGrain>(week.Stream).FindById(found.Place.Id) is { } booked
        && booked.CodeHash == AppointmentSecrets.HashOf(code) ? (drawn, found, booked) : null;

    internal OfferedTimes ViewOf(ClosurePlan plan, PlanLine line, Appointment booked)
    {
        var authority = line.Place.Week.Authority;
        return new(booked.From, offices.Find($"{authority}.{line.Office}")?.TimeZone ?? "UTC", plan.Closure?.Reason, line.Until ?? default,
            line.Attempt, line.State, line.State is LineState.Offered && clock.GetUtcNow() < line.Until, line.Chosen,
            [
                .. from offer in line.Offers.Index()
                   let office = offices.Find($"{authority}.{offer.Item.Office}")
                   select new OfferedTime(offer.Index + 1, office?.Name ?? new Texts { ["de"] = offer.Item.Office }, office?.Address ?? "",
                       office?.TimeZone ?? "UTC", offer.Item.From, offer.Item.Minutes),
            ]);
    }
}

/// <summary>Answers a portal outside of this hub as one inside of it. Each hub has its own.</summary>
[StatelessWorker, KeepAlive]
internal sealed class PlanChoicesGrain(IPlanChoices choices) : Grain, IPlanChoicesGrain
{
    public Task<OfferedTimes?> ViewAsync(CalendarWeekKey week, string code, PlanId plan, int line) =>
        choices.ViewAsync(week, code, plan, line);

    public Task<ChoiceAnswer> ChooseAsync(
        CalendarWeekKey week, string code, PlanId plan, int line, int attempt, int? choice, RequestId request) =>
        choices.ChooseAsync(week, code, plan, line, attempt, choice, request);
}

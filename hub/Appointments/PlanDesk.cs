using Aufruf.Contracts;
using Aufruf.Domain.Appointments;
using Aufruf.Domain.Outbox;
using Aufruf.Hub.Offices;

namespace Aufruf.Hub.Appointments;

/// <summary>Draws, shows and sends plans for clerks.</summary>
internal sealed class PlanDesk(OfficeDirectory offices, PlanRound round, Bookings bookings, Reach reach, IGrainFactory grains)
    : IPlans
{
    public async Task<PlansView?> ListAsync(string office)
    {
        if (offices.Find(office) is not { } found)
        {
            return null;
        }

        var plans = await Of(office).View();
        return new(found.Name, found.TimeZone, [.. found.Calendars.Select(calendar => new NamedCalendar(calendar.Id, calendar.Name))],
            [.. plans.All.Values.OrderByDescending(plan => plan.At).Select(plan => new PlanSummary(plan.Id, plan.Closure, plan.At,
                plan.By.Value, plan.Lines?.Count ?? 0, plan.Lines?.Count(line => line.IsOpen) ?? 0, plan.WithdrawnBy is not null))],
            round.Unplanned(found, plans).Count);
    }

    public async Task<PlanView?> FindAsync(string office, PlanId plan)
    {
        if (offices.Find(office) is not { } found || (await Of(office).View()).Find(plan) is not { } drawn)
        {
            return null;
        }

        var messages = (await grains.GetGrain<IOutboxGrain>(Outbox.StreamOf(found.Authority.Id)).View()).Messages.Values;
        var lines = new List<PlanLineView>();
        foreach (var line in drawn.Lines ?? [])
        {
            lines.Add(await ViewOfAsync(found, line, messages, drawn.WithdrawnBy is null ? drawn : null));
        }

        return new(drawn.Id, found.Name, found.TimeZone, drawn.Closure, drawn.At, drawn.By.Value, drawn.Lines is not null,
            drawn.WithdrawnBy?.Value, lines);
    }

    public async Task<PreviewAnswer> PreviewAsync(string office, PlannedClosure? closure)
    {
        if (offices.Find(office) is not { } found || (closure is not null && found.Calendar(closure.Calendar) is null))
        {
            return new([], Refusal.NothingToPlan);
        }

        // The plan itself says whether the closure is sensible, and it is not written.
        var decision = Plans.Empty.Decide(new PlanCommand.Draw(default, closure, default), default);
        if (decision.Refusal is { } refusal)
        {
            return new([], refusal);
        }

        var lines = new List<PlanLineView>();
        foreach (var line in await round.PreviewAsync(found, closure))
        {
            lines.Add(await ViewOfAsync(found, line, [], choicesIn: null));
        }

        return new(lines);
    }

    public Task<PlanAnswer> DrawAsync(string office, PlannedClosure? closure, ClerkId clerk, RequestId request)
    {
        var id = new PlanId(request.Value);
        return closure is not null && offices.Find(office)?.Calendar(closure.Calendar) is null
            ? Task.FromResult(new PlanAnswer(null, Refusal.NothingToPlan))
            : DoAsync(office, id, request, new PlanCommand.Draw(id, closure, clerk), round.PrepareAsync);
    }

    public Task<PlanAnswer> ChangeAsync(string office, PlanId plan, int line, PlanStep step, ClerkId clerk, RequestId request) =>
        DoAsync(office, plan, request, new PlanCommand.Change(plan, line, step, clerk));

    public Task<PlanAnswer> SendAsync(string office, PlanId plan, ClerkId clerk, RequestId request) =>
        DoAsync(office, plan, request, new PlanCommand.Send(plan, clerk), round.CarryOutAsync);

    public Task<PlanAnswer> NoteCallAsync(string office, PlanId plan, int line, ClerkId clerk, RequestId request) =>
        DoAsync(office, plan, request, new PlanCommand.NoteCall(plan, line, clerk));

    public Task<PlanAnswer> WithdrawAsync(string office, PlanId plan, ClerkId clerk, RequestId request) =>
        DoAsync(office, plan, request, new PlanCommand.Withdraw(plan, clerk), round.ReopenAsync);

    private async Task<PlanAnswer> DoAsync(
        string office, PlanId plan, RequestId request, PlanCommand command, Func<Office, PlanId, Task>? follow = null)
    {
        if (offices.Find(office) is not { } found)
        {
            return new(null, Refusal.UnknownPlan);
        }

        var answer = await Of(office).Handle(request, command);
        if (answer.Refusal is null && follow is not null)
        {
            await follow(found, plan);
        }

        return new(await FindAsync(office, plan), answer.Refusal);
    }

    private async Task<PlanLineView> ViewOfAsync(Office office, PlanLine line, IEnumerable<Message> messages, ClosurePlan? choicesIn)
    {
        var booked = await grains.GetGrain<ICalendarWeekGrain>(line.Place.Week.Stream).FindById(line.Place.Id);
        var there = offices.Find($"{office.Authority.Id}.{line.Office}") ?? office;
        var citizen = booked is null ? null : await bookings.CitizenOfAsync(booked);
        var moved = booked?.MovedTo is { } to ? await grains.GetGrain<ICalendarWeekGrain>(to.Week.Stream).FindById(to.Id) : null;
        return new(line.Number, line.Place, there.Key, line.From, line.Minutes,
            [.. (booked?.Services ?? []).Select(s =>
                new WantedService(s.Service, there.Service(s.Service)?.Service.Name ?? new Texts(), s.Persons))],
            citizen?.Name, citizen?.Phone, citizen?.Mail, line.Step, line.State, line.Refusal?.Texts, line.By?.Value, line.At,
            booked?.State, moved?.From, ReachedBy(office, line, booked, citizen, messages),
            choicesIn is not null && line.IsOpen && booked is { State: AppointmentState.Confirmed }
                ? round.ChoicesFor(there, booked, TakenTime.Of(choicesIn, line), citizen?.Mail is { Length: > 0 }) : [],
            booked is null ? null : reach.Of(line.Place.Week, booked.Id, citizen))
        {
            Until = line.State is LineState.Offered ? line.Until : null,
        };
    }

    /// <summary>A message stays in the outbox until it has left. Its id follows from its cause and its appointment.</summary>
    private static Reached ReachedBy(
        Office office, PlanLine line, Appointment? booked, CitizenData? citizen, IEnumerable<Message> messages)
    {
        var isAsked = line.State is LineState.Offered or LineState.Unanswered;
        if (!isAsked && line is not { State: LineState.Done, Step.Action: not PlanAction.Keep })
        {
            return Reached.Nothing;
        }

        if (!isAsked && line.Step.Action is PlanAction.Call)
        {
            return Reached.Called;
        }

        // The mail with the offered times follows from the plan, and the mail of a change from the appointment.
        var place = isAsked ? line.Place : booked?.MovedTo ?? line.Place;
        var stream = isAsked ? Plans.StreamOf(office.Key) : place.Week.Stream;
        return citizen?.Mail is not { Length: > 0 } ? Reached.NoAddress
            : messages.FirstOrDefault(m => m.Cause.Stream == stream
                && m.Id == MessageId.Of(m.Cause, Reaching.CitizenOf(place.Id), MessageKind.Mail)) is not { } message ? Reached.MailSent
            : message.Problem is MessageProblem.Returned ? Reached.MailReturned
            : message.IsStuck ? Reached.MailFailed : Reached.MailWaits;
    }

    private IPlansGrain Of(string office) => grains.GetGrain<IPlansGrain>(Plans.StreamOf(office));
}

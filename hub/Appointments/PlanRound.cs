using System.Runtime.ExceptionServices;
using Aufruf.Contracts;
using Aufruf.Domain.Appointments;
using Aufruf.Hub.Offices;

namespace Aufruf.Hub.Appointments;

/// <summary>Carries out what a plan's entries say: at once for the clerk who presses, and after a crash by a process.</summary>
/// <remarks>Every command has a request id that follows from plan, line and attempt. So a repeat changes nothing more.</remarks>
internal sealed partial class PlanRound(CalendarWeeks weeks, Bookings bookings, SlotSearch search, Moves moves, PlanOffers offers,
    OfficeDirectory offices, IGrainFactory grains, TimeProvider clock)
{
    private const int DaysAhead = 15;
    private const int MostStarts = 500;

    /// <summary>Closes the counters, and proposes a step for each booking that is hit.</summary>
    public async Task PrepareAsync(Office office, PlanId id)
    {
        var plans = await Of(office).View();
        if (plans.Find(id) is not { Lines: null, WithdrawnBy: null } plan)
        {
            return;
        }

        var hit = plan.Closure is { } closure ? HitBy(await CloseAsync(office, id, closure), clock.GetUtcNow()) : Unplanned(office, plans);
        await Of(office).Handle(Bookings.RequestOf($"propose {id}"), new PlanCommand.Propose(id, await LinesAsync(office, hit)));
    }

    /// <summary>Each line that was sent and is not settled. One whose week cannot be read does not stop the others.</summary>
    public async Task CarryOutAsync(Office office, PlanId id)
    {
        ExceptionDispatchInfo? first = null;
        foreach (var line in (await Of(office).View()).Find(id)?.Lines?.Where(line => line.State is LineState.Sending) ?? [])
        {
            try
            {
                await CarryOutAsync(office, id, line);
            }
            catch (Exception error) when (error is not OutOfMemoryException)
            {
                first ??= ExceptionDispatchInfo.Capture(error);
            }
        }

        first?.Throw();
    }

    private async Task CarryOutAsync(Office office, PlanId id, PlanLine line)
    {
        if (line.Step.Action is PlanAction.Offer && await offers.HoldAsync(id, line) is { } held)
        {
            await Of(office).Handle(RequestOf(id, line, "offer"), held);
            return;
        }

        var (outcome, refusal) = await CarryOutAsync(id, line);
        await SettleAsync(office, id, line, outcome, refusal);
    }

    /// <summary>A slot was held when a closure came, and is confirmed now. It becomes a line of the closure's plan.</summary>
    /// <exception cref="InvalidOperationException">The plan is being drawn; it is tried again.</exception>
    public async Task AddAsync(CalendarWeekKey week, Appointment confirmed)
    {
        var state = await grains.GetGrain<ICalendarWeekGrain>(week.Stream).View();
        if (offices.Find(week.OfficeKey) is not { } office || state.ClosureAt(confirmed) is not { } closure
            || await FindAsync(office, closure.Plan) is not { } plan || plan.Lines?.Any(line => line.Place.Id == confirmed.Id) is true
            || state.Hit(clock.GetUtcNow()).FirstOrDefault(hit => hit.Booked.Id == confirmed.Id) is not { Booked: not null } found)
        {
            return;
        }

        foreach (var line in await LinesAsync(office, [(week, found.Booked, found.Stays)]))
        {
            var answer = await Of(office).Handle(Bookings.RequestOf($"add {closure.Plan} {confirmed.Id}"),
                new PlanCommand.Add(closure.Plan, line));
            if (answer.Refusal is { } refusal)
            {
                throw new InvalidOperationException(refusal.English);
            }
        }
    }

    public async Task<ClosurePlan?> FindAsync(Office office, PlanId id) => (await Of(office).View()).Find(id);

    public async Task ReopenAsync(Office office, PlanId id)
    {
        if ((await Of(office).View()).Find(id) is { WithdrawnBy: not null, Closure: { } closure })
        {
            foreach (var monday in office.SpansOf(id, closure).Select(span => span.Monday).Distinct())
            {
                await grains.GetGrain<ICalendarWeekGrain>(CalendarWeekKey.Of(office, closure.Calendar, monday).Stream)
                    .Handle(Bookings.RequestOf($"reopen {id} {monday.DayNumber}"), new CalendarCommand.Reopen(id));
            }
        }
    }

    /// <summary>The bookings that a closure would hit, and those that no longer fit without it.</summary>
    /// <param name="closure">Null: the bookings that no longer fit, and that no plan has.</param>
    public async Task<IReadOnlyList<PlanLine>> PreviewAsync(Office office, PlannedClosure? closure)
    {
        if (closure is null)
        {
            return await LinesAsync(office, Unplanned(office, await Of(office).View()));
        }

        var id = new PlanId(Guid.NewGuid());
        return office.Calendar(closure.Calendar) is not { } calendar ? []
            : await LinesAsync(office, HitBy([.. office.SpansOf(id, closure).GroupBy(span => span.Monday, span => span.Closure)
                .Select(spans => (CalendarWeekKey.Of(office, closure.Calendar, spans.Key), weeks.Of(office, calendar, spans.Key)
                    .Apply(new CalendarEvent.CountersClosed(id, [.. spans], default)), spans.ToArray()))], clock.GetUtcNow()));
    }

    /// <summary>The bookings of the office's calendars that no longer fit, without those that an open line has.</summary>
    public IReadOnlyList<(CalendarWeekKey Week, Appointment Booked, bool Stays)> Unplanned(Office office, Plans plans)
    {
        var planned = plans.All.Values.Where(plan => plan.WithdrawnBy is null)
            .SelectMany(plan => plan.Lines ?? []).Where(line => line.IsOpen || line.IsUnderWay || line.Step.Action is PlanAction.Keep)
            .Select(line => line.Place).ToHashSet();
        return [.. from known in weeks.All
                   where known.Key.OfficeKey == office.Key
                   let calendar = office.Calendar(known.Key.Calendar)
                   where calendar is not null
                   from hit in weeks.Of(office, calendar, known.Key.Monday).Hit(clock.GetUtcNow())
                   where !planned.Contains(new(known.Key, hit.Booked.Id))
                   orderby hit.Booked.From, hit.Booked.Id.Value
                   select (known.Key, hit.Booked, hit.Stays)];
    }

    /// <summary>The clerk may choose instead: times of the same day and of the next two weeks, in all offices.</summary>
    /// <param name="taken">By other lines of the plan: no two lines offer the same time.</param>
    public IReadOnlyList<PlanStep> ChoicesFor(Office office, Appointment booked, IReadOnlyList<TakenTime> taken, bool hasMail)
    {
        var day = office.Day(booked.From);
        var offer = hasMail
            ? booked.Alternatives(office.Key, day, FreeOn(office, booked, day, DaysAhead, MostStarts), [.. taken], clock.GetUtcNow())
                : null;
        return [new(PlanAction.Keep), .. offer is null ? (PlanStep[])[] : [offer], .. FreeOn(office, booked, day, 1, 60)
            .OrderBy(f => f.Office != office.Key)
                .ThenBy(f => (f.From - booked.From).Duration()).Take(12)
                .Concat(FreeOn(office, booked, day.AddDays(1), 14, 3))
                .Select(f => new PlanStep(PlanAction.Move, f.Office, f.Calendar, f.From)),
            new(PlanAction.Cancel), new(PlanAction.Call)];
    }

    private async Task<(CalendarWeekKey, CalendarWeek, Closure[])[]> CloseAsync(Office office, PlanId id, PlannedClosure closure)
    {
        var closed = new List<(CalendarWeekKey, CalendarWeek, Closure[])>();
        foreach (var spans in office.SpansOf(id, closure).GroupBy(span => span.Monday, span => span.Closure))
        {
            if (office.Calendar(closure.Calendar) is not { } calendar)
            {
                return []; // It was withdrawn meanwhile, and nothing can be booked in it.
            }

            var (key, _) = await bookings.HandleAsync(new(office, office, calendar),
                Bookings.RequestOf($"close {id} {spans.Key.DayNumber}"), new CalendarCommand.Close(id, [.. spans]), spans.First().From);
            closed.Add((key, await grains.GetGrain<ICalendarWeekGrain>(key.Stream).View(), [.. spans]));
        }

        return [.. closed];
    }

    private static IReadOnlyList<(CalendarWeekKey, Appointment, bool)> HitBy(
        IEnumerable<(CalendarWeekKey Key, CalendarWeek Week, Closure[] Spans)> closed, DateTimeOffset now) =>
        [.. from week in closed
            from hit in week.Week.Hit(now)
            where week.Spans.Any(span => span.From < hit.Booked.To && hit.Booked.From < span.To)
            select (week.Key, hit.Booked, hit.Stays)];

    private async Task<IReadOnlyList<PlanLine>> LinesAsync(
        Office owner, IEnumerable<(CalendarWeekKey Week, Appointment Booked, bool Stays)> hits)
    {
        var (lines, taken) = (new List<PlanLine>(), new List<TakenTime>());
        foreach (var (week, booked, stays) in hits.Take(Plans.MostLines))
        {
            var office = bookings.PlaceOf(week, booked)?.Office ?? owner;
            var day = office.Day(booked.From);
            var step = stays ? new(PlanAction.Keep) : booked.Propose(office.Key, day, FreeOn(office, booked, day, 1, 200),
                FreeOn(office, booked, day.AddDays(1), DaysAhead - 1, MostStarts), taken,
                (await bookings.CitizenOfAsync(booked))?.Mail is { Length: > 0 }, clock.GetUtcNow());
            lines.Add(new(lines.Count + 1, new(week, booked.Id), booked.Office, booked.From, booked.Minutes, step));
        }

        return lines;
    }

    private IEnumerable<FreeStart> FreeOn(Office office, Appointment booked, DateOnly day, int days, int most) =>
        from found in search.Find(new(office.Authority.Id, booked.Services, null, day, days, most, booked.Kind,
            booked.Invited is null ? null : booked.Minutes), Channel.Staff).Offices // An invitation has a length of its own.
        from start in found.Starts
        select new FreeStart(found.Offer.Office, found.Offer.Calendar, start, office.Day(start));

    private async Task<(LineState Outcome, Refusal? Refusal)> CarryOutAsync(PlanId plan, PlanLine line)
    {
        var id = new AppointmentId(Bookings.RequestOf($"line {plan} {line.Number} {line.Attempt}").Value);
        var week = grains.GetGrain<ICalendarWeekGrain>(line.Place.Week.Stream);
        var found = await week.FindById(line.Place.Id);
        if (found?.MovedTo?.Id == id)
        {
            return (LineState.Done, null); // A hub died between.
        }

        switch (line.Step.Action)
        {
            case PlanAction.Cancel when found is { State: AppointmentState.Confirmed or AppointmentState.Cancelled }:
                var isMine = found is { State: AppointmentState.Confirmed } or { CancelledBy: CancelledBy.Office };
                var answer = isMine ? await week.Handle(new(id.Value),
                    new CalendarCommand.Cancel(found.Id, CancelledBy.Office, bookings.PublicAgainAt(line.Place.Week))) : null;
                return (answer is null ? LineState.Overtaken : answer.Refusal is null ? LineState.Done : LineState.Refused,
                    answer?.Refusal);
            case PlanAction.Move when found is { State: AppointmentState.Confirmed }:
                return await MoveAsync(line, found, id);
            case PlanAction.Keep when found is { State: AppointmentState.Confirmed }:
                return (LineState.Done, null);
            default:
                return (LineState.Overtaken, null);
        }
    }

    private async Task<(LineState Outcome, Refusal? Refusal)> MoveAsync(PlanLine line, Appointment before, AppointmentId id)
    {
        var step = line.Step;
        if (bookings.Wanted(new(step.Office ?? "", step.Calendar ?? "", before.Services, step.From ?? default, before.Kind,
            before.Language), id, Channel.Staff) is not var (place, wanted))
        {
            return (LineState.Refused, Refusal.NoSuchSlot);
        }

        var moved = wanted with
        {
            CodeHash = before.CodeHash,
            Contact = before.Contact,
            Citizen = await bookings.CitizenOfAsync(before) is { } citizen ? await bookings.SealAsync(place, wanted, citizen) : null,
            SecretHash = before.SecretHash,
            Minutes = before.Invited is null ? wanted.Minutes : before.Minutes,
            Invited = before.Invited,
            Replaces = line.Place,
            Origin = before.Origin,
            Sequence = before.Sequence + 1,
        };
        var (week, answer) = await bookings.HandleAsync(place, new(id.Value),
            new CalendarCommand.Book(moved, bookings.PublicAgainAt(line.Place.Week)), moved.From);
        if (answer.Refusal is not null)
        {
            return (LineState.Refused, answer.Refusal);
        }

        return (await moves.CompleteAsync(week, moved) ? LineState.Done : LineState.Overtaken, null);
    }

    private Task<Answer<PlanEvent>> SettleAsync(Office office, PlanId id, PlanLine line, LineState outcome, Refusal? refusal) =>
        Of(office).Handle(
        RequestOf(id, line, line.State is LineState.Sending ? "settle" : "settle answer"),
        new PlanCommand.Settle(id, line.Number, line.Attempt, outcome, refusal));

    private static RequestId RequestOf(PlanId id, PlanLine line, string what) =>
        Bookings.RequestOf($"{what} {id} {line.Number} {line.Attempt}");

    private IPlansGrain Of(Office office) => grains.GetGrain<IPlansGrain>(Plans.StreamOf(office.Key));
}

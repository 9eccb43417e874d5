using Aufruf.Contracts;
using Aufruf.Domain.Cases;
using Aufruf.Grains;
using Aufruf.Hub.Gateway;
using Aufruf.Hub.Offices;

namespace Aufruf.Hub.Cases;

/// <summary>Applications that clerks fill in, and the case of a person at the counter.</summary>
internal sealed class CounterCases(Procedures procedures, ICitizenCases cases, IStaffCases staff, OpenForms forms, CaseCopies copies,
    OfficeDirectory offices, IQueues queues, AppointmentSecrets secrets, TimeProvider clock) : ICounterCases
{
    public IReadOnlyList<CounterProcedure> Offered(string authority) => [.. procedures.AtCounterIn(authority)
        .Select(known => new CounterProcedure(known.Is.Id, known.Is.Title, Procedures.ChannelsOf(known)))];

    public async Task<CaseBegun> BeginAsync(string authority, string procedure, DraftOrigin origin, string language, RequestId request)
    {
        if (procedures.AtCounterIn(authority).FirstOrDefault(known => known.Is.Id == procedure) is not { } offered
            || !Procedures.ChannelsOf(offered).Contains(origin.Channel))
        {
            return new(null, Refusal.ProcedureNotOffered);
        }

        if (origin.Visit is { } visit && await VisitAsync(authority, visit) is null)
        {
            return new(null, Refusal.UnknownTicket);
        }

        var code = secrets.CodeOf(authority, request);
        var answer = await forms.Draft(authority, code).Handle(request, new CaseDraftCommand.Begin(procedure,
            offered.Version.Number, language, clock.GetUtcNow().AddDays(offered.Is.DraftDays), origin));
        return answer.Refusal is { } refusal ? new(null, refusal) : new(code);
    }

    public async Task<CaseBegun> BeginAnswerAsync(string authority, string number, DraftOrigin origin) =>
        await staff.FindAsync(authority, number, origin.Clerk.Value) is { MayAnswer: true }
        && await forms.BeginAnswerAsync(authority, number, origin) is { } code ? new(code) : new(null, Refusal.StepOfAnother);

    public async Task<string?> AnsweredAsync(string authority, string code) =>
        await forms.DraftAsync(authority, code) is { Origin: not null } draft ? draft.Amends : null;

    public async Task<FormView?> FormAsync(string authority, string code) =>
        await IsOfClerkAsync(authority, code) ? await cases.FormAsync(authority, code) : null;

    public async Task<FormAnswer> SaveAsync(string authority, string code, string page, IReadOnlyDictionary<string, string> typed,
        RequestId request) => await IsOfClerkAsync(authority, code) ? await cases.SaveAsync(authority, code, page, typed, request)
            : new(null, Refusal.ApplicationGone);

    public async Task<FormAnswer> AttachAsync(string authority, string code, UploadedFile file, RequestId request) =>
        await IsOfClerkAsync(authority, code) ? await cases.AttachAsync(authority, code, file, request)
            : new(null, Refusal.ApplicationGone);

    public async Task<FormAnswer> DetachAsync(string authority, string code, string field, RequestId request) =>
        await IsOfClerkAsync(authority, code) ? await cases.DetachAsync(authority, code, field, request)
            : new(null, Refusal.ApplicationGone);

    /// <summary>A second press is known: the case has what was sent.</summary>
    public async Task<FormAnswer> SubmitAsync(string authority, string code, int revision, RequestId request) =>
        await IsOfClerkAsync(authority, code) ? await cases.SubmitAsync(authority, code, revision, request)
            : new(null, await forms.DraftAsync(authority, code) is { Origin: not null } ? null : Refusal.ApplicationGone);

    public async Task<Refusal?> DiscardAsync(string authority, string code, RequestId request) =>
        await IsOfClerkAsync(authority, code) ? await cases.DiscardAsync(authority, code, request) : Refusal.ApplicationGone;

    public async Task<Refusal?> RestoreAsync(string authority, string code, RequestId request) =>
        await IsOfClerkAsync(authority, code) ? await cases.RestoreAsync(authority, code, request) : Refusal.ApplicationGone;

    public async Task<DiscardedDraft?> DiscardedAsync(string authority, string code) =>
        await IsOfClerkAsync(authority, code) ? await cases.DiscardedAsync(authority, code) : null;

    public async Task<CaseView?> SentAsync(string authority, string code) =>
        await forms.DraftAsync(authority, code) is { Origin: not null, Amends: null } ? await cases.ViewAsync(authority, code) : null;

    /// <summary>A queue that nobody configured wakes no grain.</summary>
    public async Task<VisitView?> VisitAsync(string authority, CaseVisit visit) =>
        visit.Queue.Authority == authority && offices.FindArea(visit.Queue.AreaKey) is var (office, _)
        && office.Day(clock.GetUtcNow()) == visit.Queue.Day
        && (await queues.ViewAsync(visit.Queue)).Queue.Tickets.GetValueOrDefault(visit.Ticket) is { } ticket
            ? new(ticket.Number.ToString(), ticket.Case) : null;

    public async Task<Refusal?> AttachAsync(string authority, CaseVisit visit, string? number, string who, RequestId request) =>
        await VisitAsync(authority, visit) is null ? Refusal.UnknownTicket
        : number is not null && copies.CopyOf(CitizenCase.StreamOf(authority, number)) is not { Version: > 0 } ? Refusal.UnknownCase
        : (await queues.HandleAsync(visit.Queue, request, new QueueCommand.AttachCase(visit.Ticket, number, new(who)))).Refusal;

    /// <summary>The code of an application that became a case is the citizen's. So a clerk corrects nothing by it.</summary>
    private async Task<bool> IsOfClerkAsync(string authority, string code) =>
        await forms.DraftAsync(authority, code) is { Origin: not null, Number: null };
}

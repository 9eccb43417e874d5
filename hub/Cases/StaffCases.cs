using Aufruf.Contracts;
using Aufruf.Domain.Cases;
using Aufruf.Hub.Identity;
using Aufruf.Hub.Offices;

namespace Aufruf.Hub.Cases;

/// <summary>Lists the tasks of a person's roles, shows a case, and carries out what the person decides.</summary>
/// <remarks>The list may be a moment old. The case's grain decides each command.</remarks>
internal sealed class StaffCases(CaseCopies copies, Procedures procedures, CaseSeals seals, CaseHistory history, PeopleCache people,
    OfficeDirectory offices, IGrainFactory grains) : IStaffCases
{
    private const int MostRows = 200;

    public WorkList List(string authority, string who, WorkChoice choice)
    {
        var roles = RolesOf(authority, who);
        if (choice is WorkChoice.Ends)
        {
            return CaseEnds.List(copies.In(authority), roles, found => procedures.Find(authority, found.Plan!.Procedure,
                found.Plan.Version)?.Is.Title ?? [], MostRows, ZoneOf(authority));
        }

        var rows = (from found in copies.In(authority)
                    from task in found.Tasks.Values
                    where task.IsOpen && roles.Do(task.Role)
                    where procedures.Find(authority, found.Plan!.Procedure, found.Plan.Version) is not null
                    where choice switch
                    {
                        WorkChoice.Mine => task.HeldBy?.Value == who,
                        WorkChoice.Free => task.HeldBy is null,
                        WorkChoice.Late => found.IsLate,
                        _ => true,
                    }
                    orderby task.DueAt, found.Number
                    select (found, task)).ToList();
        return new([.. rows.Take(MostRows).Select(row => RowOf(authority, row.found, row.task))], rows.Count, ZoneOf(authority));
    }

    public bool Sees(string authority, string number, string who) =>
        copies.CopyOf(CitizenCase.StreamOf(authority, number)) is { State.Plan: { } plan } && RolesOf(authority, who).See(plan);

    public async Task<StaffCase?> FindAsync(string authority, string number, string who)
    {
        if (await ReadAsync(authority, number, who) is not { } read)
        {
            return null;
        }

        var (found, procedure, roles) = (read.Case, read.Procedure, read.Roles);
        var stream = CitizenCase.StreamOf(authority, number);
        var answers = await seals.OpenCaseAsync(stream, found.Answers) ?? [];
        var (pages, values) = CaseForms.Read(procedure, answers, found.Plan!.Day);
        return new(number, procedure.Is.Title, procedure.Is.Id, procedure.Version.Number, found.State, found.Until, found.DecideUntil,
            found.IsLate, found.Outcome, found.Plan.FourEyes, procedure.Version.TimeZone, answers.Count > 0 ? pages : [],
            answers.Count > 0 ? values : [],
            [.. found.Tasks.Values.Where(task => task.IsOpen && roles.Do(task.Role)).OrderBy(task => task.DueAt)
                .Select(task => RowOf(authority, found, task))],
            [.. Enum.GetValues<CaseDeedKind>().Where(kind => CaseDeeds.IsPossible(found, kind, roles))],
            CaseEnds.Left(found.State, await history.ReadAsync(stream)));
    }

    public async Task<Refusal?> DoAsync(string authority, string number, string who, CaseDeed deed, RequestId request)
    {
        if (await ReadAsync(authority, number, who) is not { } read)
        {
            return Refusal.CaseGone;
        }

        if (!CaseDeeds.IsAllowed(read.Case, deed, read.Roles))
        {
            return Refusal.StepOfAnother;
        }

        var (stream, clerk) = (CitizenCase.StreamOf(authority, number), new ClerkId(who));
        var reason = string.IsNullOrWhiteSpace(deed.Reason) ? null : await seals.SealNoteAsync(stream, deed.Reason.Trim());
        if (CaseDeeds.CommandOf(read.Case, deed, clerk, reason, StateOf(authority), read.Procedure.Version.TimeZone) is not { } command)
        {
            return Refusal.DayMissing;
        }

        return (await grains.GetGrain<ICaseGrain>(stream).Handle(request, command)).Refusal;
    }

    private sealed record Readable(CitizenCase Case, KnownProcedure Procedure, CaseRoles Roles);

    private async Task<Readable?> ReadAsync(string authority, string number, string who)
    {
        var (stream, roles) = (CitizenCase.StreamOf(authority, number), RolesOf(authority, who));
        if (copies.CopyOf(stream) is not { Version: > 0 })
        {
            return null; // A guessed number wakes no grain.
        }

        var found = await grains.GetGrain<ICaseGrain>(stream).View();
        return found.Plan is { } plan && roles.See(plan) && procedures.Find(authority, plan.Procedure, plan.Version) is { } procedure
            ? new(found, procedure, roles) : null;
    }

    private CaseRoles RolesOf(string authority, string who) => CaseRoles.Of(people.Of(authority), authority, who);

    private WorkRow RowOf(string authority, CitizenCase found, CaseTask task)
    {
        var procedure = procedures.Find(authority, found.Plan!.Procedure, found.Plan.Version)?.Is;
        return new(found.Number, procedure?.Title ?? [], task.Id,
            procedure?.Tasks.FirstOrDefault(declared => declared.Id == task.Id)?.Label
                ?? procedure?.Hearings.FirstOrDefault(declared => declared.Id == task.Id)?.Label,
            task.DueAt, task.HeldBy?.Value, found.IsLate);
    }

    private HolidaysOf StateOf(string authority) => offices.All.Where(office => office.Authority.Id == authority)
        .Select(office => office.Hours?.Holidays).OfType<HolidaysOf>().FirstOrDefault(HolidaysOf.Nw);

    private string ZoneOf(string authority) => offices.All.FirstOrDefault(office => office.Authority.Id == authority)?.TimeZone ?? "UTC";
}

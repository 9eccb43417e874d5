using Aufruf.Contracts;
using Aufruf.Domain.Cases;
using Aufruf.Hub.Identity;
using Aufruf.Hub.Offices;

namespace Aufruf.Hub.Cases;

/// <summary>Lists the tasks of a person's roles, shows a case, and carries out what the person decides.</summary>
/// <remarks>The list may be a moment old. The case's grain decides each command.</remarks>
internal sealed class StaffCases(CaseCopies copies, Procedures procedures, CaseSeals seals, CaseHistory history, CaseFiles files,
    PeopleCache people, OfficeDirectory offices, CasePosting posting, CasePapers papers, IGrainFactory grains, TimeProvider clock)
    : IStaffCases
{
    private const int MostRows = 200;

    // The days in which a task is shown as due.
    private const int DueDays = 3;

    public WorkList List(string authority, string who, WorkChoice choice)
    {
        var (roles, now) = (RolesOf(authority, who), clock.GetUtcNow());
        if (choice is WorkChoice.Ends)
        {
            return CaseEnds.List(copies.In(authority), roles, found => procedures.Find(authority, found.Plan!.Procedure,
                found.Plan.Version)?.Is.Title ?? [], MostRows, ZoneOf(authority));
        }

        var (rows, count) = (new List<WorkRow>(), 0);
        var readable = new Dictionary<(string, int), bool>();
        foreach (var (found, task) in copies.TasksIn(authority))
        {
            if (roles.Do(task.Role) && IsReadable(found.Plan!) && IsChosen(found, task))
            {
                count++;
                if (count <= MostRows)
                {
                    rows.Add(RowOf(authority, found, task, who));
                }
            }
        }

        return new(rows, count, ZoneOf(authority)) { IsBeingRead = !copies.IsWhole };

        bool IsChosen(CitizenCase found, CaseTask task) => choice switch
        {
            WorkChoice.Mine => task.HeldBy?.Value == who || MayTakeOver(authority, task, who),
            WorkChoice.Free => task.HeldBy is null,
            WorkChoice.Due => !IsLate(found, task, now) && task.DueAt < now.AddDays(DueDays),
            WorkChoice.Late => IsLate(found, task, now),
            _ => true,
        };

        // A list has few procedures and many tasks.
        bool IsReadable(CasePlan plan)
        {
            if (!readable.TryGetValue((plan.Procedure, plan.Version), out var isKnown))
            {
                isKnown = readable[(plan.Procedure, plan.Version)] = procedures.Find(authority, plan.Procedure, plan.Version) is not null;
            }

            return isKnown;
        }
    }

    public bool Sees(string authority, string number, string who) =>
        copies.CopyOf(CitizenCase.StreamOf(authority, number)) is { State: { Plan: not null } found }
        && RolesOf(authority, who).See(found);

    public async Task<StaffCase?> FindAsync(string authority, string number, string who)
    {
        if (await ReadAsync(authority, number, who) is not { } read)
        {
            return null;
        }

        var (found, procedure, roles) = (read.Case, read.Procedure, read.Roles);
        var stream = CitizenCase.StreamOf(authority, number);
        var answers = await seals.OpenCaseAsync(stream, found.Answers) ?? [];
        var (pages, values) = CaseForms.Read(procedure, answers, found.Plan!.Day, found);
        CaseDeedKind? byList = found.State switch
        {
            CaseState.Decided when await papers.GoesByListAsync(stream) => CaseDeedKind.Post,
            CaseState.Dispatched or CaseState.Announced when !await papers.WasPostedByHandAsync(stream) => CaseDeedKind.CameBack,
            _ => null,
        };
        return new(number, procedure.Is.Title, procedure.Is.Id, procedure.Version.Number, found.State, found.Until, found.DecideUntil,
            found.IsLate, found.Outcome, found.Plan.FourEyes, procedure.Version.TimeZone, answers.Count > 0 ? pages : [],
            answers.Count > 0 ? values : [],
            [.. found.Tasks.Values.Where(task => task.IsOpen && roles.Do(task.Role)).OrderBy(task => task.DueAt)
                .Select(task => RowOf(authority, found, task, who))],
            [.. Enum.GetValues<CaseDeedKind>().Where(kind => CaseDeeds.IsPossible(found, kind, roles, new(who))
                && kind != byList)],
            CaseEnds.Left(found.State, await history.ReadAsync(stream, procedure)))
        {
            Messages = (await history.TalkAsync(stream, found)).Messages,
            Targets = StaffForwarding.TargetsOf(people.Of(authority), authority),
            MayWrite = found.State.TakesMessages() && roles.Ids.Count > 0,
            MayAnswer = CaseDeeds.MayAnswer(found, roles),
        };
    }

    public async Task<StaffFileAnswer> OpenFileAsync(string authority, string number, string who, string field)
    {
        if (await ReadAsync(authority, number, who) is not { } read)
        {
            return new(null, Refusal.CaseGone);
        }

        var stream = CitizenCase.StreamOf(authority, number);
        var answers = await seals.OpenCaseAsync(stream, read.Case.Answers) ?? [];
        var shown = CaseForms.Read(read.Procedure, answers, read.Case.Plan!.Day, read.Case).Pages.SelectMany(page => page.Fields)
            .FirstOrDefault(known => known.Path == field)?.File;
        return shown is null || FileAnswer.Parse(answers.GetValueOrDefault(field)) is not { } file ? new(null, Refusal.FileGone)
            : shown.Check is FileCheck.Waits ? new(null, Refusal.FileWaits)
            : shown.Check is FileCheck.Infected ? new(null, Refusal.FileInfected)
            : await files.OpenAsync(stream, file.Hash) is { } content ? new(new(content, file.Mime, file.Name))
            : new(null, Refusal.FileGone);
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
        if (deed.Kind is CaseDeedKind.Note or CaseDeedKind.Answer && reason is null)
        {
            return Refusal.TextMissing;
        }

        if (deed.Kind is CaseDeedKind.CameBack && !await papers.WasPostedByHandAsync(stream))
        {
            return Refusal.PostedByList;
        }

        if (deed is { Kind: CaseDeedKind.Post, Day: { } day } && await WhyNotPostedAsync(authority, stream, read, day) is { } wrong)
        {
            return wrong;
        }

        var known = people.Of(authority);
        var command = deed.Kind switch
        {
            CaseDeedKind.Forward => StaffForwarding.CommandOf(read.Case, deed, clerk, known, authority),
            CaseDeedKind.TakeOver => new CaseCommand.TakeOverTask(deed.Task ?? "", new(CaseRole.Clerk, clerk,
                read.Case.Tasks.GetValueOrDefault(deed.Task ?? "") is { } task && MayTakeOver(authority, task, who) ? task.HeldBy : null)),
            CaseDeedKind.Note => new CaseCommand.AddNote(request.Value.ToString("N"), reason!, new(CaseRole.Clerk, clerk, null)),
            CaseDeedKind.Answer => new CaseCommand.NoteMessage(request.Value.ToString("N"), FromCitizen: false)
            {
                Text = reason,
                By = new(CaseRole.Clerk, clerk, null),
            },
            _ => CaseDeeds.CommandOf(read.Case, deed, clerk, reason, posting.HolidaysIn(authority), read.Procedure.Version.TimeZone),
        };
        if (command is null)
        {
            return deed.Kind is CaseDeedKind.Forward ? Refusal.NotOfRole : Refusal.DayMissing;
        }

        return (await grains.GetGrain<ICaseGrain>(stream).Handle(request, command)).Refusal;
    }

    private sealed record Readable(CitizenCase Case, KnownProcedure Procedure, CaseRoles Roles);

    private async Task<Readable?> ReadAsync(string authority, string number, string who)
    {
        var (stream, roles) = (CitizenCase.StreamOf(authority, number), RolesOf(authority, who));
        if (copies.IsWhole && copies.CopyOf(stream) is not { Version: > 0 })
        {
            return null; // A guessed number wakes no grain.
        }

        var found = await grains.GetGrain<ICaseGrain>(stream).View();
        return found.Plan is { } plan && roles.See(found) && procedures.Find(authority, plan.Procedure, plan.Version) is { } procedure
            ? new(found, procedure, roles) : null;
    }

    /// <summary>No letter leaves the house before its decision, or tomorrow. Null: nothing is wrong with the day.</summary>
    private async Task<Refusal?> WhyNotPostedAsync(string authority, string stream, Readable read, DateOnly day) =>
        await papers.GoesByListAsync(stream) ? Refusal.PostedByList
        : day > posting.TodayIn(authority, clock) || day < (await papers.DecidedOnAsync(stream, read.Case.Plan!.FourEyes, read.Procedure)
            ?? read.Case.Plan.Day) ? Refusal.PostingDayWrong : null;

    private CaseRoles RolesOf(string authority, string who) => CaseRoles.Of(people.Of(authority), authority, who);

    private static bool IsLate(CitizenCase found, CaseTask task, DateTimeOffset now) => found.IsLate || task.DueAt < now;

    /// <summary>The one who has the task is away, and this person is the substitute.</summary>
    private bool MayTakeOver(string authority, CaseTask task, string who) => task.HeldBy is { } holder
        && people.Of(authority).Find(holder.Value)?.SubstituteAt(clock.GetUtcNow()) == who;

    private WorkRow RowOf(string authority, CitizenCase found, CaseTask task, string who)
    {
        var procedure = procedures.Find(authority, found.Plan!.Procedure, found.Plan.Version)?.Is;
        return new(found.Number, procedure?.Title ?? [], task.Id,
            CaseLabels.OfTask(procedure, task.Id), task.DueAt, task.HeldBy?.Value, IsLate(found, task, clock.GetUtcNow()))
        {
            MayTakeOver = MayTakeOver(authority, task, who),
        };
    }

    private string ZoneOf(string authority) => offices.All.FirstOrDefault(office => office.Authority.Id == authority)?.TimeZone ?? "UTC";
}

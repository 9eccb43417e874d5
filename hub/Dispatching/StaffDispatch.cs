using Aufruf.Contracts;
using Aufruf.Domain.Cases;
using Aufruf.Domain.Cases.Declarations;
using Aufruf.Domain.Identity;
using Aufruf.Hub.Cases;
using Aufruf.Hub.Identity;
using Aufruf.Hub.Letters;

namespace Aufruf.Hub.Dispatching;

/// <summary>The dispatch lists as the staff's pages show them: print a batch, enter its day of posting, take a letter back.</summary>
internal sealed class StaffDispatch(DispatchCopies lists, CaseCopies cases, Procedures procedures, CasePapers papers, CaseSeals seals,
    Letterheads heads, PeopleCache people, IGrainFactory grains, TimeProvider clock) : IStaffDispatch
{
    /// <summary>A list without an open letter is shown for so many days.</summary>
    private const int DaysShown = 60;

    /// <summary>A batch has letters of all procedures, so it is for those who work on all.</summary>
    public bool MaySee(string authority, string who) => people.Of(authority) is var known
        && known.Find(who) is { IsEnabled: true } person
        && known.GrantsOf(person).Where(grant => grant.Place == authority).Select(grant => known.Role(grant.Role)).OfType<Role>()
            .Any(role => role.Id == Role.CaseWork.Id
                || (role.Permissions.Contains(Permission.SeeCases) && !role.Permissions.Contains(Permission.Cases)));

    public IReadOnlyList<DispatchRow> List(string authority)
    {
        RequireRead();
        var today = TodayIn(authority);
        return [.. lists.In(authority).Where(list => list.List.IsOpen || list.Day >= today.AddDays(-DaysShown))
            .Select(list => RowOf(list.Day, list.List, today))];
    }

    public async Task<DispatchDay?> FindAsync(string authority, DateOnly day)
    {
        if (await ReadAsync(authority, day) is not { } list)
        {
            return null;
        }

        var today = TodayIn(authority);
        return new(RowOf(day, list, today), today,
            [.. from letter in list.Letters
                let procedure = ProcedureOf(authority, letter.Number)
                select new DispatchLine(letter, procedure?.Title ?? [],
                    [.. letter.Encloses.Select(enclosed => CaseLabels.OfEnclosed(procedure, enclosed))],
                    letter.Refused is { } code ? Refusal.Known.GetValueOrDefault(code) : null)],
            [.. Enumerable.Range(1, list.Batches).Select(batch => new BatchRow(batch, list.In(batch).Count(),
                list.In(batch).Select(letter => letter.PostedOn).FirstOrDefault(on => on is not null),
                list.In(batch).Any(letter => letter.State is LetterState.Printed)))]);
    }

    public Task<Refusal?> PrintAsync(string authority, DateOnly day, string who, RequestId request) =>
        DoAsync(authority, day, request, new DispatchCommand.Print(new(who)));

    public async Task<DispatchBatch?> OpenAsync(string authority, DateOnly day, int batch)
    {
        if (await ReadAsync(authority, day) is not { } list || batch < 1 || batch > list.Batches)
        {
            return null;
        }

        List<(DispatchLetter Letter, byte[]? Pdf)> found = [];
        foreach (var letter in list.In(batch).Where(letter => letter.State is not LetterState.Withdrawn))
        {
            var stream = CitizenCase.StreamOf(authority, letter.Number);
            var procedure = ProcedureOf(authority, letter.Number);
            var named = letter with { Encloses = [.. letter.Encloses.Select(item => CaseLabels.OfEnclosed(procedure, item).In("de"))] };
            found.Add((named, await papers.OpenAsync(stream, await grains.GetGrain<ICaseGrain>(stream).View(), letter.Document)));
        }

        var words = new BatchWords(day, batch);
        var printed = found.Where(one => one.Pdf is not null).ToList();
        var cover = await LetterFile.WriteAsync(words.Cover(heads.Of(authority, "", ""),
            [.. found.Select(one => (one.Letter, one.Pdf is null ? 0 : LetterBatch.SheetsOf(one.Pdf)))]), seal: null);
        var pdf = LetterBatch.Write(cover, [.. printed.Select(one => one.Pdf!)], words.Title, (place, sheet, sheets) =>
            BatchWords.Mark(place, printed.Count, sheet, sheets, printed[place - 1].Letter));
        return new(new(words.FileName, pdf), [.. printed.Select(one => one.Letter.Number)]);
    }

    public async Task<Refusal?> PostAsync(string authority, DateOnly day, int batch, DateOnly? on, string who, RequestId request) =>
        on is not { } posted ? Refusal.DayMissing
        : posted < day || posted > TodayIn(authority) ? Refusal.PostingDayWrong
        : await DoAsync(authority, day, request, new DispatchCommand.Post(batch, posted, new(who)));

    public async Task<Refusal?> TakeBackAsync(string authority, DateOnly day, string number, string document, string? reason,
        string who, RequestId request)
    {
        if (string.IsNullOrWhiteSpace(reason))
        {
            return Refusal.ReasonMissing;
        }

        // A case that is destroyed takes no sentence.
        var stream = CitizenCase.StreamOf(authority, number);
        return cases.CopyOf(stream) is not { Version: > 0, State.State: var state } || state.IsEnd() ? Refusal.CaseGone
            : await DoAsync(authority, day, request, new DispatchCommand.TakeBack(number, document,
                await seals.SealNoteAsync(stream, reason.Trim()), new(who)));
    }

    private async Task<Refusal?> DoAsync(string authority, DateOnly day, RequestId request, DispatchCommand command) =>
        IsKnown(authority, day) ? (await ListOf(authority, day).Handle(request, command)).Refusal : Refusal.LetterUnknown;

    private async Task<Dispatch?> ReadAsync(string authority, DateOnly day) =>
        IsKnown(authority, day) ? await ListOf(authority, day).View() : null;

    /// <summary>A guessed day wakes no grain.</summary>
    private bool IsKnown(string authority, DateOnly day)
    {
        RequireRead();
        return lists.CopyOf(Dispatch.StreamOf(authority, day)) is { Version: > 0 };
    }

    private void RequireRead()
    {
        if (!lists.IsWhole)
        {
            throw new JournalUnavailableException("The dispatch lists are being read.");
        }
    }

    private IDispatchGrain ListOf(string authority, DateOnly day) =>
        grains.GetGrain<IDispatchGrain>(Dispatch.StreamOf(authority, day));

    private static DispatchRow RowOf(DateOnly day, Dispatch list, DateOnly today)
    {
        int Count(LetterState state) => list.Letters.Count(letter => letter.State == state);
        return new(day, Count(LetterState.Queued), Count(LetterState.Printed), Count(LetterState.Posted), Count(LetterState.CameBack),
            list.IsOpen && day < today);
    }

    private ProcedureDefinition? ProcedureOf(string authority, string number) =>
        cases.CopyOf(CitizenCase.StreamOf(authority, number)) is { State.Plan: { } plan }
            ? procedures.Find(authority, plan.Procedure, plan.Version)?.Is : null;

    private DateOnly TodayIn(string authority) => papers.Posting.TodayIn(authority, clock);
}

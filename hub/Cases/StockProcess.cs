using System.Globalization;
using Aufruf.Contracts;
using Aufruf.Domain.Cases;
using Aufruf.Domain.Deadlines;
using Aufruf.Grains.Deadlines;
using Aufruf.Grains.Journal;
using Aufruf.Grains.Subscriptions;
using Aufruf.Hub.Appointments;
using Aufruf.Hub.Deadlines;

namespace Aufruf.Hub.Cases;

/// <summary>The pieces that a case needs follow its course: reserved, given out, taken back, or free again.</summary>
internal sealed class StockProcess(StockShelf shelf, Procedures procedures, CaseSeals seals, IDeadlines deadlines, IGrainFactory grains,
    FollowUpNeeds needs, ILogger<StockProcess> log) : CaseFollowUp("stock", grains, needs, log)
{
    protected override async Task CarryOutAsync(JournalEntry entry)
    {
        var (found, authority) = (await CaseOf(entry).View(), CitizenCase.AuthorityOf(entry.Stream));
        if (found.Plan is not { } plan || procedures.Find(authority, plan.Procedure, plan.Version) is not { Is.Stock.Count: > 0 } procedure
            || await seals.OpenCaseAsync(entry.Stream, found.Answers) is not { } answers)
        {
            return;
        }

        var evaluation = procedure.Evaluate(answers, plan.Day);
        var (isOver, needs) = (StockShelf.IsOver(found), evaluation.Stock);
        if (isOver || entry.Entry.Span.IndexOf("\"answers-added\""u8) >= 0)
        {
            await ForgoAsync(entry.Stream, found, procedure, isOver ? [] : [.. needs.Select(need => need.Item)]);
        }

        foreach (var need in isOver ? [] : needs)
        {
            await FollowAsync(authority, found, need, procedure);
        }
    }

    /// <summary>Pieces that the case has asked for at any time, and does not need any more, are free again.</summary>
    private async Task ForgoAsync(string stream, CitizenCase found, KnownProcedure procedure, IReadOnlyList<string> kept)
    {
        await foreach (var entry in Journal.ReadAsync(stream, 0, CancellationToken.None))
        {
            foreach (var sealedAnswers in EntryContent<CaseEvent>.Read(entry).Events.Select(happened => happened switch
            {
                CaseEvent.CaseSubmitted e => e.Answers,
                CaseEvent.AnswersAdded e => e.Answers,
                _ => null,
            }).OfType<string>())
            {
                var answers = await seals.OpenCaseAsync(stream, sealedAnswers) ?? [];
                foreach (var need in procedure.Evaluate(answers, found.Plan!.Day).Stock.Where(need => !kept.Contains(need.Item)))
                {
                    await shelf.ReleaseAsync(CitizenCase.AuthorityOf(stream), found.Number, need);
                }
            }
        }
    }

    private async Task FollowAsync(string authority, CitizenCase found, EvaluatedStock need, KnownProcedure procedure)
    {
        var (grain, declared) = (shelf.Grain(authority, need), need.Declared);
        if (await shelf.LoanAsync(authority, found, need) is { IsOut: false } && StockShelf.IsOut(found, declared))
        {
            await grain.Handle(Bookings.RequestOf($"out {need.Item} {found.Number}"),
                new StockCommand.GiveOut(found.Number, ForGood: !declared.Returns));
            await StockReturn.SetAsync(deadlines, authority, found.Number, need, procedure.Version.TimeZone);
        }

        if (declared.Back is { } back && StockShelf.IsDone(found, back))
        {
            await grain.Handle(Bookings.RequestOf($"back {need.Item} {found.Number}"), new StockCommand.TakeBack(found.Number));
        }
    }
}

/// <summary>The day after the last one of a loan: pieces that are still out are overdue.</summary>
internal sealed class StockReturn(IGrainFactory grains) : IDeadlineHandler
{
    private const string Due = "stock-return";

    public string Kind => Due;

    public Task CarryOutAsync(Deadline deadline, RequestId request) => deadline.About.Split('/') is [var key, var number, var day]
        ? grains.GetGrain<IStockGrain>($"{Stock.StreamKind}/{key}").Handle(request,
            new StockCommand.NoteOverdue(number, DateOnly.Parse(day, CultureInfo.InvariantCulture)))
        : throw new InvalidOperationException($"'{deadline.About}' is no loan.");

    public static async Task SetAsync(IDeadlines deadlines, string authority, string number, EvaluatedStock need, string timeZone)
    {
        if (need.Until is { } until)
        {
            var (zone, next) = (TimeZoneInfo.FindSystemTimeZoneById(timeZone), until.AddDays(1));
            var local = next.ToDateTime(TimeOnly.MinValue);
            var midnight = new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime();
            await deadlines.SetAsync(authority, Bookings.RequestOf($"{Due} {authority} {need.Item} {number} {until:O}"),
                new(Due, $"{authority}.{need.Item}/{number}/{next:O}", midnight));
        }
    }
}

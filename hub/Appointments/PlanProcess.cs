using Aufruf.Contracts;
using Aufruf.Domain.Appointments;
using Aufruf.Domain.Outbox;
using Aufruf.Grains.Journal;
using Aufruf.Grains.Subscriptions;
using Aufruf.Hub.Deadlines;
using Aufruf.Hub.Offices;

namespace Aufruf.Hub.Appointments;

/// <summary>The process of plans: closes counters, carries out what was sent, and opens again, also after a crash.</summary>
internal sealed class PlanProcess(PlanRound round, PlanMails mails, IDeadlines deadlines, OfficeDirectory offices, IGrainFactory grains,
    FollowUpNeeds needs, ILogger<PlanProcess> log)
    : FollowUp("plans", Plans.StreamKind, needs, log, "plan-drawn", "plan-sent", "plan-withdrawn", "plan-offered", "plan-answered")
{
    protected override async Task CarryOutAsync(JournalEntry entry)
    {
        if (offices.Find(entry.Stream[(Plans.StreamKind.Length + 1)..]) is not { } office)
        {
            throw new InvalidOperationException($"{entry.Stream} waits for its office, which is not configured any more.");
        }

        foreach (var happened in EntryContent<PlanEvent>.Read(entry).Events)
        {
            await (happened switch
            {
                PlanEvent.PlanDrawn e => round.PrepareAsync(office, e.Id),
                PlanEvent.PlanSent e => round.CarryOutAsync(office, e.Id),
                PlanEvent.PlanOffered e => AskAsync(office, e, new(entry.Stream, entry.Version)),
                PlanEvent.PlanAnswered e => round.CarryOutAnswerAsync(office, e.Id, e.Line),
                PlanEvent.PlanWithdrawn e => round.ReopenAsync(office, e.Id),
                _ => Task.CompletedTask,
            });
        }
    }

    /// <summary>The times are held. The deadline comes first: then no citizen waits for ever.</summary>
    private async Task AskAsync(Office office, PlanEvent.PlanOffered offered, Cause cause)
    {
        if ((await round.FindAsync(office, offered.Id))?.Line(offered.Line) is { } line && line.Until == offered.Until)
        {
            await PlanOfferEnd.SetAsync(deadlines, office, offered.Id, line, offered.Until);
            if (await grains.GetGrain<ICalendarWeekGrain>(line.Place.Week.Stream).FindById(line.Place.Id)
                is { State: AppointmentState.Confirmed })
            {
                await mails.SendAsync(office, offered, line, cause);
            }
            else
            {
                await round.LapseAsync(office, offered.Id, line.Number, line.Attempt); // Cancelled or moved while its times were held.
            }
        }
    }
}

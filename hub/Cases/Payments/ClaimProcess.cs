using Aufruf.Contracts;
using Aufruf.Domain.Cases;
using Aufruf.Domain.Deadlines;
using Aufruf.Grains.Deadlines;
using Aufruf.Grains.Journal;
using Aufruf.Grains.Subscriptions;
using Aufruf.Hub.Cases.Notices;
using Aufruf.Hub.Deadlines;

namespace Aufruf.Hub.Cases.Payments;

/// <summary>The process of claims: sets the first question about each attempt. A settled claim moves its case, and its citizen gets one
/// mail.</summary>
internal sealed class ClaimProcess(CaseClaims claims, CaseMails mails, IDeadlines deadlines, FollowUpNeeds needs, ILogger<ClaimProcess> log)
    : FollowUp("claims", Claim.StreamKind, needs, log, "attempt-started", "claim-settled")
{
    protected override async Task CarryOutAsync(JournalEntry entry)
    {
        var key = ClaimKey.Parse(entry.Stream);
        foreach (var happened in EntryContent<ClaimEvent>.Read(entry).Events)
        {
            switch (happened)
            {
                case ClaimEvent.AttemptStarted e:
                    await QuestionTimes.SetAsync(deadlines, key, e.Attempt, e.At, 0);
                    break;
                case ClaimEvent.ClaimSettled:
                    await claims.SettleAsync(key.CaseStream);
                    await mails.SayPaidAsync(key, (await claims.GrainOf(key).View()).Cents, new(entry.Stream, entry.Version));
                    break;
            }
        }
    }
}

/// <summary>The process of questions: asks the provider when a question is due, and sets the next one.</summary>
/// <remarks>It follows the wheels instead of working in them, because a silent provider would hold all other deadlines up.</remarks>
internal sealed class PaymentWatch(PaymentQuestions questions, IDeadlines deadlines, IGrainFactory grains, FollowUpNeeds needs,
    ILogger<PaymentWatch> log) : FollowUp("payment questions", Wheel.StreamKind, needs, log, "deadline-met"), IDeadlineHandler
{
    public string Kind => QuestionTimes.Kind;

    /// <summary>The entry that says so is the cause of the question.</summary>
    public Task CarryOutAsync(Deadline deadline, RequestId request) => Task.CompletedTask;

    protected override bool Concerns(JournalEntry entry) =>
        base.Concerns(entry) && entry.Entry.Span.IndexOf("payment-question/"u8) >= 0;

    protected override async Task CarryOutAsync(JournalEntry entry)
    {
        foreach (var met in EntryContent<WheelEvent>.Read(entry).Events.OfType<WheelEvent.DeadlineMet>())
        {
            if (QuestionTimes.Read(met.Id) is var (key, number, step))
            {
                var claim = grains.GetGrain<IClaimGrain>(key.Stream);
                var attempt = (await claim.View()).Attempts[number - 1];
                var isAnswered = !QuestionTimes.IsAsked(attempt, step) || await questions.AskAsync(key, attempt);
                attempt = (await claim.View()).Attempts[number - 1];
                if (QuestionTimes.Next(attempt, step, isAnswered, Clock.GetUtcNow()) is { } next)
                {
                    await QuestionTimes.SetAsync(deadlines, key, number, attempt.StartedAt, next);
                }
            }
        }
    }
}

using System.Text.Json;
using Aufruf.Contracts;
using Aufruf.Domain;
using Aufruf.Domain.Cases;
using Aufruf.Grains.Journal;
using Aufruf.Hub.Cases;
using Aufruf.Hub.Cases.Notices;
using Aufruf.Hub.Cases.Payments;

namespace Aufruf.Simulation.Cases;

/// <summary>The promises about cases, each compared with the whole journal when all is at rest.</summary>
internal static class CasePromises
{
    public static async Task HoldAsync(CaseTown town, IReadOnlyList<Applicant> applicants)
    {
        NothingAcknowledgedIsLost(town, applicants);
        FileNumbersHaveNoGapAndNoDouble(town);
        EveryCaseGoesOn(town);
        TheSumsAgreeOrATaskNamesTheDifference(town);
        OneNoticePerEvent(town, applicants);
        NoPieceIsPromisedTwice(town);
        await ReplayEqualsStateAsync(town);
    }

    private static void NothingAcknowledgedIsLost(CaseTown town, IReadOnlyList<Applicant> applicants)
    {
        foreach (var applicant in applicants.Where(applicant => applicant.IsSent))
        {
            var draft = town.Truth.Drafts.GetValueOrDefault(CaseDraft.StreamOf(CaseTown.Authority, applicant.Hash));
            town.Promise(draft?.Number is { } number && town.Truth.Cases.ContainsKey(CitizenCase.StreamOf(CaseTown.Authority, number)),
                () => $"An application that was sent is no case: {applicant.Hash}");
        }

        foreach (var stream in town.Truth.Acknowledged.GroupBy(one => one.Stream))
        {
            var written = town.Disk.Read(stream.Key).Select(EntryContent.RequestOf).ToHashSet();
            town.Promise(stream.All(one => written.Contains(one.Request)), () => $"Something acknowledged is not in {stream.Key}.");
        }
    }

    private static void FileNumbersHaveNoGapAndNoDouble(CaseTown town)
    {
        foreach (var draft in town.Truth.Drafts.Where(draft => draft.Value.SentOn is not null))
        {
            town.Promise(draft.Value.Number is not null, () => $"A draft that was sent has no number: {draft.Key}");
        }

        var cases = town.Truth.Cases.Keys.Select(key => key[$"{CitizenCase.StreamKind}/".Length..]).ToLookup(
            key => key[..key.LastIndexOf('-')]);
        foreach (var (stream, sequence) in town.Truth.Sequences)
        {
            var plan = stream[$"{Sequence.StreamKind}/".Length..];
            var given = sequence.Given.Values.Order().ToList();
            town.Promise(given.SequenceEqual(Enumerable.Range(1, given.Count)), () => $"{plan}: the numbers have a gap or a double.");
            town.Promise(cases[plan].Select(key => int.Parse(key[(key.LastIndexOf('-') + 1)..],
                System.Globalization.CultureInfo.InvariantCulture)).Order().SequenceEqual(given),
                () => $"{plan}: {given.Count} numbers are given, and {cases[plan].Count()} cases have one.");
        }

        town.Promise(cases.Sum(plan => plan.Count()) == town.Truth.Sequences.Values.Sum(sequence => sequence.Given.Count),
            () => "A case has a number that was never given.");
    }

    private static void EveryCaseGoesOn(CaseTown town)
    {
        var deadlines = town.Truth.Wheels.Values.SelectMany(wheel => wheel.Open.Values).ToLookup(deadline => deadline.Id);
        foreach (var (stream, found) in town.Truth.Cases)
        {
            town.Promise(found.GoesOn, () => $"{stream} is stuck in {found.State}.");
            var key = stream[$"{CitizenCase.StreamKind}/".Length..];
            town.Promise(found.Clock is CaseClock.None
                || deadlines[$"{CaseClocks.Kind}/{key}/{found.Clock}"].Any(deadline => deadline.DueAt >= found.Until),
                () => $"Nothing ends the clock {found.Clock} of {stream}, which runs until {found.Until:u}; now it is {town.Clock.Now:u}.");
        }
    }

    private static void TheSumsAgreeOrATaskNamesTheDifference(CaseTown town)
    {
        foreach (var (stream, claim) in town.Truth.Claims)
        {
            var key = ClaimKey.Parse(stream);
            var held = town.Provider.HeldFor(key.Number, key.Claim) + claim.AtCounter;
            var owed = claim.IsCancelled || !claim.WasSettled ? 0 : claim.Cents;
            town.Promise(claim.Live is null, () => $"{stream}: an attempt is still under way.");
            town.Promise(claim.Paid == held, () => $"{stream}: {claim.Paid} counts as paid, and {held} is held.");
            town.Promise(held - claim.Refunded - owed == claim.ToRefund - claim.Missing,
                () => $"{stream}: no task names the difference of {held - claim.Refunded - owed}.");
            var found = town.Truth.Cases[key.CaseStream];
            town.Promise(claim.IsCancelled || !IsUnpaidEnd(town, key, found) || (claim.WasSettled && town.Truth.Received.Contains(
                key.CaseStream)), () => $"{stream} goes on, and its case is over: {found.State}.");
        }

        foreach (var (stream, found) in town.Truth.Cases.Where(one => one.Value.State is CaseState.AwaitingPayment))
        {
            town.Promise(town.Truth.Claims.Any(claim => ClaimKey.Parse(claim.Key).CaseStream == stream && !claim.Value.WasSettled),
                () => $"{stream} waits for a payment of {found.Number} that nobody has to make.");
        }

        var sums = town.Truth.Claims.Values.ToList();
        var all = town.Provider.Book.Where(payment => payment.State is Aufruf.Hub.Connectors.Payments.PaymentState.Paid)
            .Sum(payment => payment.Order.Cents);
        town.Promise(sums.Sum(claim => claim.Paid - claim.AtCounter) == all,
            () => $"The provider holds {all}, and the claims know another sum.");
    }

    /// <summary>It ended without a decision. One that was destroyed since says no more how it ended.</summary>
    private static bool IsUnpaidEnd(CaseTown town, ClaimKey key, CitizenCase found) =>
        (CaseClaims.IsEnded(found.State) && !found.State.IsEnd()) || (found.State.IsEnd() && !town.Truth.Received.Contains(key.CaseStream));

    private static void OneNoticePerEvent(CaseTown town, IReadOnlyList<Applicant> applicants)
    {
        var mailed = applicants.Where(applicant => applicant.HasMail)
            .Select(applicant => town.Truth.Drafts.GetValueOrDefault(CaseDraft.StreamOf(CaseTown.Authority, applicant.Hash))?.Number)
            .OfType<string>().Select(number => CitizenCase.StreamOf(CaseTown.Authority, number))
            .Where(stream => !town.Truth.Amended.Contains(stream)).ToHashSet();
        foreach (var cause in town.Truth.Settlements)
        {
            var stream = ClaimKey.Parse(cause.Stream).CaseStream;
            var mails = town.Truth.Mails.GetValueOrDefault(cause);
            town.Promise(mails == (mailed.Contains(stream) ? 1 : mails) && mails < 2, () => $"{cause}: {mails} receipts.");
        }

        foreach (var entry in town.Truth.Steps.GroupBy(step => step.Cause))
        {
            var (found, mails) = (town.Truth.Cases[entry.Key.Stream], town.Truth.Mails.GetValueOrDefault(entry.Key));
            var plan = found.Plan!;
            var declared = CaseLaw.Procedures.Find(CaseTown.Authority, plan.Procedure, plan.Version)!.Is.Notices;
            var due = entry.Select(step => CaseSteps.ReachedBy(step.Happened, found)).OfType<CaseState>()
                .Where(state => declared.Any(notice => notice.At == state)).ToList();
            town.Promise(mails <= due.Count, () => $"{entry.Key}: {mails} notices for {due.Count} events.");
            // A notice that asks for something is not sent when it is done by then.
            var sure = due.Count(state => state is not (CaseState.AwaitingPayment or CaseState.Supplement) && !state.IsEnd());
            town.Promise(!mailed.Contains(entry.Key.Stream) || mails >= sure,
                () => $"{entry.Key}: {mails} notices, and {sure} events ask for one: {string.Join(", ", due)}.");
        }
    }

    private static void NoPieceIsPromisedTwice(CaseTown town)
    {
        foreach (var (stream, stock) in town.Truth.Stocks)
        {
            var own = stock.Loans.Where(loan => loan.Value.HeldUntil is null).ToList();
            foreach (var (number, loan) in own)
            {
                town.Promise(!own.Any(other => other.Key != number && other.Value.Pieces.Overlaps(loan.Pieces)
                    && other.Value.From <= (loan.Until ?? DateOnly.MaxValue) && loan.From <= (other.Value.Until ?? DateOnly.MaxValue)),
                    () => $"{stream}: a piece of {number} is promised to another case too.");
                var found = town.Truth.Cases.GetValueOrDefault(CitizenCase.StreamOf(CaseTown.Authority, number));
                town.Promise(loan.IsOut || found?.State is not (CaseState.Withdrawn or CaseState.Lapsed or CaseState.DeemedWithdrawn
                    or CaseState.Rejected), () => $"{stream}: {number} is over and keeps its pieces.");
            }
        }
    }

    /// <summary>Each hub shows that which the entries say.</summary>
    private static async Task ReplayEqualsStateAsync(CaseTown town)
    {
        foreach (var hub in town.Up.ToArray())
        {
            var grains = hub.Get<IGrainFactory>();
            foreach (var stream in town.Truth.Cases.Keys.ToList())
            {
                Same(stream, await grains.GetGrain<ICaseGrain>(stream).View(), town.Truth.Replay<CitizenCase, CaseEvent>(stream,
                    CitizenCase.Empty, (found, happened) => found.Apply(happened)), town.Truth.Cases[stream]);
            }

            foreach (var stream in town.Truth.Claims.Keys.ToList())
            {
                Same(stream, await grains.GetGrain<IClaimGrain>(stream).View(), town.Truth.Replay<Claim, ClaimEvent>(stream,
                    Claim.Empty, (claim, happened) => claim.Apply(happened)), town.Truth.Claims[stream]);
                Same(stream, hub.Get<ClaimCopies>().CopyOf(stream)!.Value.State, town.Truth.Claims[stream]);
            }

            foreach (var stream in town.Truth.Stocks.Keys.ToList())
            {
                Same(stream, await grains.GetGrain<IStockGrain>(stream).View(), town.Truth.Stocks[stream]);
            }
        }

        void Same<T>(string stream, params T[] states)
        {
            var written = states.Select(state => JsonSerializer.Serialize(state, DomainJson.Options)).Distinct().Count();
            town.Promise(written == 1, () => $"{stream}: the state is not that of the replay.");
        }
    }
}

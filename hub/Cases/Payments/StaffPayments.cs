using Aufruf.Contracts;
using Aufruf.Domain.Cases;
using Aufruf.Domain.Outbox;
using Aufruf.Hub.Cases.Notices;
using Aufruf.Hub.Connectors.Mail;
using Aufruf.Hub.Identity;
using Aufruf.Hub.Offices;

namespace Aufruf.Hub.Cases.Payments;

/// <summary>Shows the money of a case and of a day, and records what clerks do with it.</summary>
internal sealed class StaffPayments(CaseCopies cases, CaseClaims claims, ClaimCopies copies, PaymentQuestions questions, CaseMails mails,
    Outboxes outboxes, PeopleCache people, OfficeDirectory offices, IGrainFactory grains, TimeProvider clock) : IStaffPayments
{
    // The page of the provider is open for a while. Then somebody may look why nothing was heard.
    private static readonly TimeSpan Usual = TimeSpan.FromHours(1);

    public async Task<CaseMoney?> OfAsync(string authority, string number, string who)
    {
        if (await FindAsync(authority, number, who) is not { } found)
        {
            return null;
        }

        var stream = CitizenCase.StreamOf(authority, number);
        var noWay = found.State.IsEnd() ? null : outboxes.Of(Outbox.StreamOf(authority)).Known.NoWayTo(stream,
            [.. Enum.GetValues<CaseState>().Select(CaseMails.AddresseeOf)]);
        return new([.. (await claims.ReadAsync(authority, found))
            .Select(one => (one.Key.Claim, CaseLabels.OfClaim(one.Key, one.Declared), one.Is))], ZoneOf(authority),
            noWay ?? (!found.State.IsEnd() && await mails.AddressOfAsync(stream, found) is null ? NoWay.NoAddress : null));
    }

    public async Task<Refusal?> DoAsync(string authority, string number, string who, PaymentDeed deed, RequestId request)
    {
        if (await FindAsync(authority, number, who) is not { } found)
        {
            return Refusal.CaseGone;
        }

        if (CaseRoles.Of(people.Of(authority), authority, who).Ids.Count == 0)
        {
            return Refusal.StepOfAnother;
        }

        var (key, claim, _) = (await claims.ReadAsync(authority, found)).FirstOrDefault(one => one.Key.Claim == deed.Claim);
        if (claim is null)
        {
            return Refusal.ClaimUnknown;
        }

        var clerk = new ClerkId(who);
        return deed.Kind switch
        {
            PaymentDeedKind.PaidAtCounter => await DoAsync(key, request, new ClaimCommand.PayAtCounter(clerk)),
            PaymentDeedKind.PaidBack => await DoAsync(key, request, new ClaimCommand.RecordRefund(deed.Cents ?? claim.ToRefund, clerk)),
            PaymentDeedKind.NotPaid => claim.Live is { } live
                ? await questions.ReportAsync(key, new(live.Number, AttemptState.Failed, 0, null)) : Refusal.AttemptOver,
            _ => await AskAsync(key, claim),
        };
    }

    public PaymentDay DayOf(string authority, DateOnly? day)
    {
        var zone = ZoneOf(authority);
        var shown = day ?? OnDay(clock.GetUtcNow(), zone);
        var all = copies.In(authority).OrderBy(one => one.Key.Number, StringComparer.Ordinal).ToList();
        return new(shown, zone,
            [.. all.Where(one => one.Is.SettledAt is { } at && OnDay(at, zone) == shown).Select(one => RowOf(one.Key, one.Is))],
            [.. all.Where(one => one.Is.RefundedAt is { } at && OnDay(at, zone) == shown).Select(one => RowOf(one.Key, one.Is))],
            [.. all.Where(one => one.Is.ToRefund > 0 || one.Is.Missing > 0 || WaitsSince(one.Is) is not null)
                .Select(one => RowOf(one.Key, one.Is))]);
    }

    public PaymentComparison Compare(string authority, DateOnly day, string file)
    {
        var zone = ZoneOf(authority);
        return ProviderFile.Compare(file, [.. from one in copies.In(authority)
                                              from attempt in one.Is.Attempts
                                              where attempt.State is AttemptState.Paid
                                              select new PaidAttempt(attempt.Reference, one.Key.RequestOf(attempt.Number), attempt.Cents,
                                                  one.Key.Number, OnDay(attempt.ReportedAt, zone) == day)]);
    }

    private async Task<Refusal?> DoAsync(ClaimKey key, RequestId request, ClaimCommand command) =>
        (await claims.GrainOf(key).Handle(request, command)).Refusal;

    private async Task<Refusal?> AskAsync(ClaimKey key, Claim claim)
    {
        foreach (var attempt in claim.Attempts)
        {
            await questions.AskAsync(key, attempt);
        }

        return null;
    }

    private PaymentRow RowOf(ClaimKey key, Claim claim) => new(key.Number, CaseLabels.OfClaim(key, claims.DeclaredOf(key,
        cases.CopyOf(key.CaseStream)?.State ?? CitizenCase.Empty)), claim.Cents,
        [.. claim.Attempts.Where(attempt => attempt.Cents > 0).Select(attempt => attempt.Reference ?? key.RequestOf(attempt.Number))],
        claim.AtCounter, claim.Refunded, claim.ToRefund, claim.Missing, WaitsSince(claim));

    private DateTimeOffset? WaitsSince(Claim claim) =>
        claim.Live is { } live && clock.GetUtcNow() - live.StartedAt > Usual ? live.StartedAt : null;

    /// <summary>Null: there is none, or it is none of the person's.</summary>
    private async Task<CitizenCase?> FindAsync(string authority, string number, string who)
    {
        var stream = CitizenCase.StreamOf(authority, number);
        if (cases.CopyOf(stream) is not { Version: > 0 })
        {
            return null; // A guessed number wakes no grain.
        }

        var found = await grains.GetGrain<ICaseGrain>(stream).View();
        return found.Plan is not null && CaseRoles.Of(people.Of(authority), authority, who).See(found) ? found : null;
    }

    private static DateOnly OnDay(DateTimeOffset instant, string zone) => DateOnly.FromDateTime(
        TimeZoneInfo.ConvertTime(instant, TimeZoneInfo.FindSystemTimeZoneById(zone)).DateTime);

    private string ZoneOf(string authority) => offices.All.FirstOrDefault(office => office.Authority.Id == authority)?.TimeZone ?? "UTC";
}

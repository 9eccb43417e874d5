using System.Collections.Concurrent;
using Aufruf.Contracts;
using Aufruf.Domain.Cases;
using Aufruf.Domain.Cases.Declarations;
using Aufruf.Grains;
using Aufruf.Hub.Connectors.Payments;

namespace Aufruf.Hub.Cases.Payments;

/// <summary>Shows citizens what is to be paid, begins attempts, and asks about them.</summary>
internal sealed class CasePayments(Procedures procedures, CaseClaims claims, PaymentProviders providers, PaymentQuestions questions,
    PublicAddress address, IJournal journal, IGrainFactory grains) : ICasePayments
{
    // Two presses share one attempt, and its outcome.
    private readonly ConcurrentDictionary<string, Lazy<Task<Refusal?>>> _beginning = new();

    public async Task<PaymentView?> ViewAsync(string authority, string code) =>
        await FindAsync(authority, code) is { } found ? await ViewOfAsync(authority, found) : null;

    public async Task<PaymentBegun> BeginAsync(string authority, string code, string claim, RequestId request)
    {
        if (await FindAsync(authority, code) is not { } found)
        {
            return new(null, Refusal.CaseGone);
        }

        var key = new ClaimKey(authority, found.Case.Number, claim);
        if (claim.Length > CitizenCase.LongestWord || await journal.LastVersionAsync(key.Stream) == 0)
        {
            return new(await ViewOfAsync(authority, found), Refusal.ClaimUnknown);
        }

        // The attempt has a request of its own: of several presses and hubs, only the one that began it speaks to the provider.
        var beginning = _beginning.GetOrAdd(key.Stream, _ => new(() => BeginAsync(key, found, code)));
        try
        {
            var refusal = await beginning.Value;
            return new(await ViewOfAsync(authority, found), refusal);
        }
        finally
        {
            _beginning.TryRemove(new(key.Stream, beginning));
        }
    }

    public async Task<PaymentView?> AskAsync(string authority, string code)
    {
        if (await FindAsync(authority, code) is not { } found)
        {
            return null;
        }

        foreach (var (key, claim, _) in await claims.ReadAsync(authority, found.Case))
        {
            if (claim.Live is { } attempt)
            {
                await questions.AskSoonAsync(key, attempt);
            }

            if ((await claims.GrainOf(key).View()).WasSettled)
            {
                await claims.SettleAsync(key.CaseStream); // The process of claims does it too. The citizen sees it at once.
            }
        }

        return await ViewAsync(authority, code);
    }

    private sealed record Found(CitizenCase Case, KnownProcedure Procedure);

    private async Task<Refusal?> BeginAsync(ClaimKey key, Found found, string code)
    {
        var grain = claims.GrainOf(key);
        var claim = await grain.View();
        if (claim is { IsCancelled: false, Live: { State: AttemptState.Redirected, Page: not null } })
        {
            return null; // The citizen goes on with it.
        }

        if (claims.DeclaredOf(key, found.Case)?.Collect is not Collect.Online || providers.Of(key.Authority) is not { } provider)
        {
            return Refusal.PaymentOffline;
        }

        var began = await grain.Handle(new(Guid.CreateVersion7()), new ClaimCommand.StartAttempt(providers.NameOf(key.Authority) ?? ""));
        if (began.Refusal is { } refusal)
        {
            return refusal;
        }

        var attempt = began.Events.OfType<ClaimEvent.AttemptStarted>().Single();
        claim = await grain.View(); // A decision may have set another amount just before. From here on the amount at the provider counts.
        var title = found.Procedure.Is.Title.In("de");
        var answer = await provider.BeginAsync(new(key.RequestOf(attempt.Attempt), attempt.At, claim.Cents, claim.Purpose, title,
            new($"{address.Citizens ?? address.OnThisMachine}/case/{code}/paid"),
            [new("1", title, claim.Cents, claim.Account.Length > 0 ? claim.Account : null)]), CancellationToken.None);
        await questions.HearAsync(key, attempt.Attempt, answer);
        return answer is PaymentAnswer.Refused ? Refusal.PaymentFailed : null;
    }

    private async Task<PaymentView> ViewOfAsync(string authority, Found found)
    {
        var state = await grains.GetGrain<ICaseGrain>(CitizenCase.StreamOf(authority, found.Case.Number)).View();
        var all = await claims.ReadAsync(authority, found.Case);
        return new(state.Number, found.Procedure.Is.Title, state.State, state.State is CaseState.AwaitingPayment ? state.Until : null,
            found.Procedure.Version.TimeZone, providers.Has(authority), [.. all.Select(one => ViewOf(one.Key, one.Is, one.Declared))]);
    }

    /// <remarks>The page of a payment for a cancelled claim is shown no more. Money that comes all the same goes back.</remarks>
    private static ClaimView ViewOf(ClaimKey key, Claim claim, DeclaredClaim? declared) => new(key.Claim, claim.Cents, claim.State,
        claim is { IsCancelled: false, Live: null } && claim.Paid == claim.Refunded, declared?.Collect is Collect.Online,
        claim is { IsCancelled: false, Attempts: [.., var last] } ? last.State : null, claim.IsCancelled ? null : claim.Live?.Page,
        claim.ToRefund, claim.Refunded)
    {
        Label = declared?.Label is null ? null : CaseLabels.OfClaim(key, declared),
    };

    /// <summary>A guessed code wakes no grain.</summary>
    private async Task<Found?> FindAsync(string authority, string code)
    {
        var stream = CaseDraft.StreamOf(authority, AppointmentSecrets.HashOf(code));
        if (await journal.LastVersionAsync(stream) == 0
            || (await grains.GetGrain<ICaseDraftGrain>(stream).View()).Number is not { } number)
        {
            return null;
        }

        var found = await grains.GetGrain<ICaseGrain>(CitizenCase.StreamOf(authority, number)).View();
        return found.Plan is { } plan && procedures.Find(authority, plan.Procedure, plan.Version) is { } procedure
            ? new(found, procedure) : null;
    }
}

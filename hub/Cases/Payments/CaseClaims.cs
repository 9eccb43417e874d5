using Aufruf.Contracts;
using Aufruf.Domain.Cases;
using Aufruf.Domain.Cases.Declarations;
using Aufruf.Grains;
using Aufruf.Grains.Journal;
using Aufruf.Hub.Appointments;

namespace Aufruf.Hub.Cases.Payments;

/// <summary>The claims of cases: opened in the state that the procedure names, cancelled with a case that ends unpaid.</summary>
/// <remarks>Each step is known when it comes again.</remarks>
internal sealed class CaseClaims(Procedures procedures, CaseSeals seals, ClaimCopies copies, IJournal journal, IGrainFactory grains)
{
    /// <summary>Before the citizen sees the page that asks for the money. The process of cases does it again after a crash.</summary>
    public async Task OpenFirstAsync(string stream)
    {
        if ((await Case(stream).View()).State is CaseState.AwaitingPayment)
        {
            await OpenAsync(stream, CaseState.AwaitingPayment);
        }
    }

    /// <summary>Opens the claims of a state before a decision. An amount that was claimed stays, whatever is corrected later.</summary>
    public async Task OpenAsync(string stream, CaseState at)
    {
        var found = await Case(stream).View();
        if (IsEnded(found.State) || await EvaluateAsync(stream, found) is not { } evaluation)
        {
            return; // A crash may have delayed this step until the case was over.
        }

        var due = evaluation.Claims(at);
        foreach (var claim in due)
        {
            var key = KeyOf(stream, found, claim);
            await DoAsync(key, "open", claim.Cents, 0, Opening(key, found, claim.Declared, claim.Cents), Refusal.ClaimFixed);
        }

        if (at is CaseState.AwaitingPayment && due.Count == 0)
        {
            await SettleAsync(stream);
        }
    }

    /// <summary>Claims that which is owed by a decision, or in a state that follows from it. Another amount than before counts.</summary>
    /// <param name="entry">Of the decision or the state.</param>
    /// <exception cref="InvalidOperationException">The hub has just started, and may not know all claims of the case yet.</exception>
    public async Task ClaimAsync(string stream, CaseState at, long entry)
    {
        RequireWhole();
        var found = await Case(stream).View();
        if (IsEnded(found.State) || await EvaluateAsync(stream, found) is not { } evaluation)
        {
            return;
        }

        var owed = evaluation.Claims(at).ToDictionary(claim => KeyOf(stream, found, claim), claim => (claim.Declared, claim.Cents));
        foreach (var (key, _, declared) in await ReadAsync(CitizenCase.AuthorityOf(stream), found))
        {
            if (declared?.At == at)
            {
                owed.TryAdd(key.With(part: 1), (declared, 0)); // It is owed no more.
            }
        }

        foreach (var (key, (declared, cents)) in owed)
        {
            var claims = await ReadAsync(key);
            foreach (var (part, amount) in ClaimAmounts.Of(claims, cents).Index())
            {
                await SetAsync(key.With(part + 1), claims.ElementAtOrDefault(part) ?? Claim.Empty, found, declared, amount, entry);
            }
        }
    }

    /// <summary>Lets the case go on once all is paid that had to be paid before.</summary>
    public async Task SettleAsync(string stream)
    {
        var found = await Case(stream).View();
        if (found.State is not CaseState.AwaitingPayment || await EvaluateAsync(stream, found) is not { } evaluation)
        {
            return;
        }

        foreach (var claim in evaluation.Claims(CaseState.AwaitingPayment))
        {
            if (!(await GrainOf(KeyOf(stream, found, claim)).View()).WasSettled)
            {
                return;
            }
        }

        // A case that lapsed meanwhile refuses it, and its claims are cancelled.
        await Case(stream).Handle(Bookings.RequestOf($"settle {stream}"), new CaseCommand.Settle());
    }

    /// <summary>The case ended. Open claims are cancelled, and so are those that were paid too late to be of use.</summary>
    /// <remarks>A decision that was taken back before such an end stands no more. That which was paid for it goes back.</remarks>
    /// <exception cref="InvalidOperationException">The hub has just started, and may not know all claims of the case yet.</exception>
    public async Task EndAsync(string stream)
    {
        RequireWhole();
        var wasReceived = false;
        await foreach (var entry in journal.ReadAsync(stream, 0, CancellationToken.None))
        {
            wasReceived |= EntryContent<CaseEvent>.Read(entry).Events.Any(e => e is CaseEvent.CaseMoved { To: CaseState.Received });
        }

        var found = await Case(stream).View();
        foreach (var (key, claim, declared) in await ReadAsync(CitizenCase.AuthorityOf(stream), found))
        {
            if (!claim.WasSettled || !wasReceived || (IsOfDecision(declared) && !found.State.IsEnd()))
            {
                await GrainOf(key).Handle(Bookings.RequestOf($"cancel {key.Stream}"), new ClaimCommand.CancelClaim());
            }
        }
    }

    /// <summary>An earlier decision claimed money, and the present one is against the application. That which was paid goes back.</summary>
    /// <exception cref="InvalidOperationException">The hub has just started, and may not know all claims of the case yet.</exception>
    public async Task ForgoAsync(string stream, long decided)
    {
        RequireWhole();
        foreach (var (key, _, declared) in await ReadAsync(CitizenCase.AuthorityOf(stream), await Case(stream).View()))
        {
            if (IsOfDecision(declared))
            {
                await GrainOf(key).Handle(Bookings.RequestOf($"cancel {key.Stream} {decided}"), new ClaimCommand.CancelClaim());
            }
        }
    }

    /// <summary>All claims of a case, as they are now. A guessed name wakes no grain.</summary>
    public async Task<IReadOnlyList<(ClaimKey Key, Claim Is, DeclaredClaim? Declared)>> ReadAsync(string authority, CitizenCase found)
    {
        var declared = DeclaredOf(authority, found);
        List<(ClaimKey, Claim, DeclaredClaim?)> all = [];
        foreach (var key in declared.Where(claim => claim.Years is null).Select(claim => new ClaimKey(authority, found.Number, claim.Id))
            .Union(copies.Of(authority, found.Number)).OrderBy(key => key.Claim, StringComparer.Ordinal))
        {
            if (await journal.LastVersionAsync(key.Stream) > 0)
            {
                all.Add((key, await GrainOf(key).View(), Find(declared, key)));
            }
        }

        return all;
    }

    /// <summary>A claim as its case's procedure declares it; null: no more.</summary>
    public DeclaredClaim? DeclaredOf(ClaimKey key, CitizenCase found) => Find(DeclaredOf(key.Authority, found), key);

    private IReadOnlyList<DeclaredClaim> DeclaredOf(string authority, CitizenCase found) =>
        found.Plan is { } plan ? procedures.Find(authority, plan.Procedure, plan.Version)?.Is.Claims ?? [] : [];

    private static DeclaredClaim? Find(IReadOnlyList<DeclaredClaim> declared, ClaimKey key) => declared.FirstOrDefault(key.IsOf);

    private static bool IsOfDecision(DeclaredClaim? declared) =>
        declared?.At is CaseState.Decided or CaseState.Dispatched or CaseState.Announced;

    /// <summary>The claims for the same thing, the first one first.</summary>
    private async Task<IReadOnlyList<Claim>> ReadAsync(ClaimKey key)
    {
        List<Claim> claims = [];
        while (await journal.LastVersionAsync(key.With(claims.Count + 1).Stream) > 0)
        {
            claims.Add(await GrainOf(key.With(claims.Count + 1)).View());
        }

        return claims;
    }

    private Task SetAsync(ClaimKey key, Claim claim, CitizenCase found, DeclaredClaim declared, long cents, long entry) =>
        cents == 0 ? DoAsync(key, "cancel", cents, entry, new ClaimCommand.CancelClaim())
        : claim.Id.Length == 0 || (claim.IsCancelled && claim.Paid == claim.Refunded && claim.Live is null)
            ? DoAsync(key, "open", cents, entry, Opening(key, found, declared, cents))
            : DoAsync(key, "amend", cents, entry, new ClaimCommand.AmendClaim(cents));

    private static ClaimCommand.OpenClaim Opening(ClaimKey key, CitizenCase found, DeclaredClaim declared, long cents) =>
        new(key.Claim, cents, found.Number, declared.Account ?? "");

    private async Task DoAsync(ClaimKey key, string what, long cents, long entry, ClaimCommand command, Refusal? usual = null)
    {
        if ((await GrainOf(key).Handle(Bookings.RequestOf($"{what} {key.Stream} {cents} {entry}"), command)).Refusal is { } refusal
            && refusal != usual)
        {
            throw new InvalidOperationException($"{key.Stream}: {refusal.English}");
        }
    }

    public IClaimGrain GrainOf(ClaimKey key) => grains.GetGrain<IClaimGrain>(key.Stream);

    /// <summary>Null: its answers are destroyed.</summary>
    public async Task<Evaluation?> EvaluateAsync(string stream, CitizenCase found)
    {
        if (found.Plan is not { } plan || found.Answers.Length == 0)
        {
            return null;
        }

        var procedure = procedures.Find(CitizenCase.AuthorityOf(stream), plan.Procedure, plan.Version)
            ?? throw new InvalidOperationException($"{stream}: its procedure cannot be read.");
        return await seals.OpenCaseAsync(stream, found.Answers) is { } answers ? procedure.Evaluate(answers, plan.Day) : null;
    }

    /// <summary>It ended without a decision: nothing is claimed any more.</summary>
    public static bool IsEnded(CaseState state) =>
        state is CaseState.Withdrawn or CaseState.Lapsed or CaseState.DeemedWithdrawn or CaseState.Rejected || state.IsEnd();

    private void RequireWhole()
    {
        if (!copies.IsWhole)
        {
            throw new InvalidOperationException("The claims are being read.");
        }
    }

    private ICaseGrain Case(string stream) => grains.GetGrain<ICaseGrain>(stream);

    private static ClaimKey KeyOf(string stream, CitizenCase found, EvaluatedClaim claim) => new(
        CitizenCase.AuthorityOf(stream), found.Number,
        claim.Year is { } year ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{claim.Id}-{year}") : claim.Id);
}

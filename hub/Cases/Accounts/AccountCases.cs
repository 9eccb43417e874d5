using Aufruf.Contracts;
using Aufruf.Domain.Cases;
using Aufruf.Domain.Cases.Declarations;
using Aufruf.Grains;
using Aufruf.Hub.Cases.Notices;
using Aufruf.Hub.Identity.Accounts;
using Aufruf.Hub.Identity.Providers;
using Microsoft.Extensions.Options;

namespace Aufruf.Hub.Cases.Accounts;

/// <summary>Begins and sends the applications of citizens with an account, and shows them their cases.</summary>
internal sealed class AccountCases(CitizenCases cases, AccountDrafts drafts, Procedures procedures, Residents residents, CaseSeals seals,
    OpenForms forms, PersonFiles persons, CaseCodes codes, Letterheads heads, AppointmentSecrets secrets, ProviderReach reach,
    IOptions<HubOptions> hub, IGrainFactory grains, TimeProvider clock) : ICitizenAccounts
{
    public string? NameOf(string authority) => hub.Value.Accounts.GetValueOrDefault(authority)?.Name;

    public async Task<CaseBegun> BeginAsync(CitizenAccount account, string procedure, string language, RequestId request)
    {
        var authority = account.Authority;
        if (procedures.OnlineIn(authority).FirstOrDefault(known => known.Is.Id == procedure) is not
            { Is: { Identity: IdentityNeeded.Account, Trust: { } needed } } offered || language.Length > CitizenCases.LongestLanguage)
        {
            return new(null, Refusal.ProcedureNotOffered);
        }

        if (account.Trust < needed)
        {
            return new(null, Refusal.AccountTooWeak);
        }

        var (code, until) = (secrets.CodeOf(authority, request), clock.GetUtcNow().AddDays(offered.Is.DraftDays));
        var hash = AppointmentSecrets.HashOf(code);
        if (await persons.AddDraftAsync(authority, account.Person, hash, until) is { } full)
        {
            return new(null, full); // Without a begun draft the reference leads nowhere, and ends by itself.
        }

        var answers = await seals.SealDraftAsync(CaseDraft.StreamOf(authority, hash), until,
            AccountAnswers.Of(offered.Is, account.Data, residents.Has(authority, account.Data)));
        var answer = await forms.Draft(authority, code).Handle(request,
            new CaseDraftCommand.Begin(procedure, offered.Version.Number, language, until)
            {
                Account = new(account.Person, account.Trust),
                Answers = answers,
            });
        return answer.Refusal is { } refusal ? new(null, refusal) : new(code);
    }

    public Task<FormAnswer> SubmitAsync(CitizenAccount account, string code, int revision, RequestId request) =>
        cases.SubmitAsync(account.Authority, code, revision, account, request);

    public Task<Refusal?> DiscardAsync(CitizenAccount account, string code, RequestId request) =>
        drafts.DiscardAsync(account, code, request);

    public Task<Refusal?> RestoreAsync(CitizenAccount account, string code, RequestId request) =>
        drafts.RestoreAsync(account, code, request);

    public async Task<PersonView> ViewAsync(CitizenAccount account)
    {
        var authority = account.Authority;
        var file = await persons.Of(authority, account.Person).View();
        List<(PersonCase Case, KnownProcedure? Procedure)> own = [];
        foreach (var number in file.Cases.OrderByDescending(known => known.Value).ThenBy(known => known.Key).Select(known => known.Key))
        {
            own.Add(await OwnAsync(authority, number));
        }

        return new(await drafts.ListAsync(account, file), [.. own.Select(one => one.Case)],
            [.. from look in file.Looks.Reverse()
                let seen = own.FirstOrDefault(one => one.Case.Number == look.Number)
                select new PersonLookView(look.SeenAt, look.Number, seen.Case.Title, seen.Procedure is { } known
                    ? heads.Of(authority, known.Is.Unit, "").Unit : "", seen.Case.TimeZone)]);
    }

    public Task<string?> SignOutAddressAsync(string authority, string back) => hub.Value.Accounts.ContainsKey(authority)
        ? reach.SignOutAddressAsync(AccountSetup.SchemeOf(authority), authority, back) : Task.FromResult<string?>(null);

    private async Task<(PersonCase, KnownProcedure?)> OwnAsync(string authority, string number)
    {
        var found = await grains.GetGrain<ICaseGrain>(CitizenCase.StreamOf(authority, number)).View();
        var procedure = found.Plan is { } plan ? procedures.Find(authority, plan.Procedure, plan.Version) : null;
        return (new(number, procedure?.Is.Title ?? [], found.SeenState, procedure?.SaysOf(found, found.SeenState), found.Until,
            procedure?.Version.TimeZone ?? "UTC", (await codes.OfAsync(authority, number))?.Code), procedure);
    }
}

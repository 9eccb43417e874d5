using Aufruf.Contracts;
using Aufruf.Domain.Identity;
using Aufruf.Hub.Offices;
using Microsoft.Extensions.Options;

namespace Aufruf.Hub.Identity;

/// <summary>Signs people in by password and code, and keeps their accounts.</summary>
internal sealed class StaffAccounts(PeopleGate people, Passwords passwords, SecondFactor codes, OfficeDirectory offices,
    StaffAddress address, IOptions<HubOptions> options, TimeProvider clock) : IStaffAccounts
{
    // A working day. It does not grow: after it the password is asked for again.
    internal static readonly TimeSpan SessionLength = TimeSpan.FromHours(10);

    public IReadOnlyList<string> Authorities =>
        [.. offices.All.Select(office => office.Authority.Id).Concat(people.Authorities).Distinct().Order(StringComparer.Ordinal)];

    /// <remarks>Another hub may have begun the session a moment ago. A cookie that was not made here asks nothing of the journal.</remarks>
    public async ValueTask<SignedIn?> FindAsync(SessionPass session)
    {
        if (people.Find(session) is { } known)
        {
            return known;
        }

        await people.ReadAsync(session.Authority);
        return people.Find(session);
    }

    public Person? Find(string authority, string name) => people.Of(authority).Find(name);

    public SignInWay? WayOf(SessionPass session) =>
        Find(session.Authority, session.Name)?.Sessions.GetValueOrDefault(session.Hash)?.Way;

    public bool HasRole(string authority, string name) =>
        people.Of(authority) is var all && all.Find(name) is { } person && all.GrantsOf(person).Any();

    public async Task<EntryAnswer> EnterAsync(string authority, string name, string password)
    {
        var person = await KnownAsync(authority, name);
        if (!await IsRightAsync(authority, person, password) || person is null)
        {
            return new();
        }

        return person.Totp is null ? await BeginAsync(authority, person, SignInWay.Password, step: null)
            : new(Half: codes.Half(authority, name));
    }

    public async Task<EntryAnswer> EnterCodeAsync(string half, string code)
    {
        if (codes.OfHalf(half) is not var (authority, name) || await KnownAsync(authority, name) is not { } person
            || person.IsLockedAt(clock.GetUtcNow()))
        {
            return new();
        }

        if (await codes.StepAsync(authority, person, code) is not { } step)
        {
            await people.HandleAsync(authority, new PeopleCommand.CountFailure(name));
            return new();
        }

        return await BeginAsync(authority, person, SignInWay.PasswordAndCode, step);
    }

    public Task LockAsync(SessionPass session) =>
        people.HandleAsync(session.Authority, new PeopleCommand.LockSession(session.Name, session.Hash));

    public async Task<bool> UnlockAsync(SessionPass session, string password) =>
        await IsRightAsync(session.Authority, Find(session.Authority, session.Name), password)
        && await people.HandleAsync(session.Authority, new PeopleCommand.UnlockSession(session.Name, session.Hash)) is null;

    public Task LeaveAsync(SessionPass session) => EndSessionAsync(session, session.Hash);

    public async Task<bool> ChangePasswordAsync(SessionPass session, string old, string password) =>
        await IsRightAsync(session.Authority, Find(session.Authority, session.Name), old)
        && await people.HandleAsync(session.Authority,
            new PeopleCommand.ChangePassword(session.Name, await passwords.HashAsync(password), session.Hash)) is null;

    public TotpOffer OfferTotp(SessionPass session) => codes.Offer(session);

    public async Task<bool> TurnOnTotpAsync(SessionPass session, string offer, string code) =>
        await codes.AcceptAsync(session, offer, code) is { } accepted
        && await people.HandleAsync(session.Authority,
            new PeopleCommand.TurnOnTotp(session.Name, accepted.SealedSecret, accepted.LastStep)) is null;

    public async Task<bool> TurnOffTotpAsync(SessionPass session, string password) =>
        await IsRightAsync(session.Authority, Find(session.Authority, session.Name), password)
        && await people.HandleAsync(session.Authority, new PeopleCommand.TurnOffTotp(session.Name, session.Name)) is null;

    public Task<bool> IsPasswordAsync(SessionPass session, string password) =>
        IsRightAsync(session.Authority, Find(session.Authority, session.Name), password);

    public string PasskeyHost => address.Host;

    public Task<Refusal?> RenamePasskeyAsync(SessionPass session, string passkey, string label) =>
        people.HandleAsync(session.Authority, new PeopleCommand.RenamePasskey(session.Name, passkey, label));

    public Task<Refusal?> RemovePasskeyAsync(SessionPass session, string passkey) =>
        people.HandleAsync(session.Authority, new PeopleCommand.RemovePasskey(session.Name, passkey, session.Hash, session.Name));

    public async Task<KeyAnswer> MakeKeyAsync(SessionPass session, string password, string label, DateTimeOffset until)
    {
        var person = Find(session.Authority, session.Name);
        if (person is { PasswordHash: not null } && !await IsRightAsync(session.Authority, person, password))
        {
            return new();
        }

        var key = Secret.New(session.Authority, session.Name);
        var refusal = await people.HandleAsync(session.Authority,
            new PeopleCommand.MakeKey(session.Name, key.Hash, label, until, session.Name));
        return refusal is null ? new(key.Token) : new(null, refusal);
    }

    public Task EndSessionAsync(SessionPass session, string hash) =>
        people.HandleAsync(session.Authority, new PeopleCommand.EndSession(session.Name, hash, session.Name));

    public Task EndOthersAsync(SessionPass session) =>
        people.HandleAsync(session.Authority, new PeopleCommand.EndAllSessions(session.Name, session.Hash, session.Name));

    public async Task<bool> IsFirstLinkAsync(string authority, string code) =>
        (authority == People.NewTown ? Authorities.Count == 0 : Authorities.Contains(authority))
        && await people.ReadAsync(authority) is { ByName.Count: 0 } nobody && IsGood(nobody.FirstLink, code);

    public async Task<Refusal?> CreateFirstAsync(string authority, string code, string town, string name, string displayName,
        string password)
    {
        if (!await IsFirstLinkAsync(authority, code))
        {
            return Refusal.LinkInvalid;
        }

        if (authority == People.NewTown && people.Of(authority).FirstLink is { } link)
        {
            await people.HandleAsync(town, new PeopleCommand.OfferFirst(link.Hash, link.Until));
        }

        return await people.HandleAsync(town, new PeopleCommand.CreateFirst(SessionPass.HashOf(code), name, displayName,
            await passwords.HashAsync(password), town)
        { Works = options.Value.Demo });
    }

    public async Task<Person?> OfLinkAsync(string authority, string name, string code) =>
        await KnownAsync(authority, name) is { IsEnabled: true } person && IsGood(person.Link, code) ? person : null;

    public async Task<Refusal?> SetPasswordAsync(string authority, string name, string code, string password) =>
        await OfLinkAsync(authority, name, code) is null ? Refusal.LinkInvalid
            : await people.HandleAsync(authority, new PeopleCommand.SetPassword(name, SessionPass.HashOf(code),
                await passwords.HashAsync(password)));

    private bool IsGood(OneTimeLink? link, string code) => link is not null && link.Until > clock.GetUtcNow()
        && System.Security.Cryptography.CryptographicOperations.FixedTimeEquals(
            System.Text.Encoding.ASCII.GetBytes(link.Hash), System.Text.Encoding.ASCII.GetBytes(SessionPass.HashOf(code)));

    private async Task<Person?> KnownAsync(string authority, string name) =>
        Authorities.Contains(authority) ? (await people.ReadAsync(authority)).Find(name) : null;

    /// <summary>A wrong password is counted. A locked or disabled person is answered like a wrong password, and as late.</summary>
    private async Task<bool> IsRightAsync(string authority, Person? person, string password)
    {
        var isRight = await passwords.IsRightAsync(person, password);
        if (person is not { IsEnabled: true } || person.IsLockedAt(clock.GetUtcNow()))
        {
            return false;
        }

        if (!isRight)
        {
            await people.HandleAsync(authority, new PeopleCommand.CountFailure(person.Name));
        }

        return isRight;
    }

    private async Task<EntryAnswer> BeginAsync(string authority, Person person, SignInWay way, long? step)
    {
        var session = new SessionPass(authority, person.Name, SessionPass.NewCode());
        var refusal = await people.HandleAsync(authority,
            new PeopleCommand.BeginSession(person.Name, session.Hash, way, clock.GetUtcNow() + SessionLength, step));
        return refusal is null ? new(session) : new();
    }
}

using Aufruf.Contracts;
using Aufruf.Domain.Identity;
using Aufruf.Portal.Citizens.Applying;
using Aufruf.Portal.Identity;
using Microsoft.AspNetCore.Mvc;

namespace Aufruf.Portal.Staff.People;

/// <summary>One person: roles, sessions and keys, a new link, log-off, lock and unlock.</summary>
[Needs(Permission.SeePeople, AuthenticationSchemes = StaffAccess.Scheme)]
public sealed class PersonPage(IStaffPeople people, IStaffProviders providers, TimeProvider clock) : PeopleFormPage(people, providers)
{
    [FromRoute] public string Name { get; set; } = "";

    /// <summary>Null: there is no such person.</summary>
    public Person? Shown => Known.Find(Name);

    public IActionResult OnGet() => IsOpen && Shown is not null ? Page() : NotFound();

    [HandlerNeeds(Permission.People)]
    public Task<IActionResult> OnPostGrantAsync([FromForm] string? role, [FromForm] string? place) =>
        ChangeAsync(new PeopleCommand.Grant(Name, role ?? "", place ?? "", SignedInAs), "changed", "place");

    [HandlerNeeds(Permission.People)]
    public Task<IActionResult> OnPostTakeAsync([FromForm] string? role, [FromForm] string? place) =>
        ChangeAsync(new PeopleCommand.TakeAway(Name, role ?? "", place ?? "", SignedInAs), "changed");

    [HandlerNeeds(Permission.People)]
    public Task<IActionResult> OnPostSubstituteAsync([FromForm] string? substitute, [FromForm] string? away) =>
        ChangeAsync(SubstituteForm.CommandOf(Name, substitute, away, SignedInAs, clock), "changed", SubstituteForm.Field);

    [HandlerNeeds(Permission.People)]
    public Task<IActionResult> OnPostDisableAsync() => ChangeAsync(new PeopleCommand.Disable(Name, SignedInAs), "changed");

    [HandlerNeeds(Permission.People)]
    public Task<IActionResult> OnPostEnableAsync() => ChangeAsync(new PeopleCommand.Enable(Name, SignedInAs), "changed");

    [HandlerNeeds(Permission.People)]
    public Task<IActionResult> OnPostUnlockAsync() => ChangeAsync(new PeopleCommand.Unlock(Name, SignedInAs), "changed");

    /// <summary>The next account of the provider with this name is the person's.</summary>
    [HandlerNeeds(Permission.People)]
    public Task<IActionResult> OnPostProviderAsync() => ChangeAsync(new PeopleCommand.AwaitProvider(Name, SignedInAs), "changed");

    /// <summary>The person has lost the app or the phone.</summary>
    [HandlerNeeds(Permission.People)]
    public Task<IActionResult> OnPostTotpOffAsync() => ChangeAsync(new PeopleCommand.TurnOffTotp(Name, SignedInAs), "changed");

    /// <summary>The person has lost the device. Sessions that began with a passkey end.</summary>
    [HandlerNeeds(Permission.People)]
    public Task<IActionResult> OnPostPasskeyAsync([FromForm] string? passkey) =>
        ChangeAsync(new PeopleCommand.RemovePasskey(Name, passkey ?? "", Kept: null, SignedInAs), "passkey-removed");

    [HandlerNeeds(Permission.People)]
    public Task<IActionResult> OnPostEndAsync([FromForm] string? session) =>
        ChangeAsync(new PeopleCommand.EndSession(Name, session ?? "", SignedInAs), "ended");

    [HandlerNeeds(Permission.People)]
    public async Task<IActionResult> OnPostLogOffAsync() => !MayChange || Shown is null ? NotFound()
        : await People.LogOffAsync(Authority, Name, SignedInAs) == 0 ? Back("loggedoff") : Back("counter-open");

    [HandlerNeeds(Permission.People)]
    public async Task<IActionResult> OnPostLinkAsync()
    {
        if (!MayChange || Shown is null)
        {
            return NotFound();
        }

        var (refusal, link) = await People.OfferLinkAsync(Authority, Name, SignedInAs);
        Show(link);
        return refusal is null ? Page() : Refuse(PageField.Main, refusal);
    }

    private async Task<IActionResult> ChangeAsync(PeopleCommand command, string done, string field = PageField.Main) =>
        !MayChange ? NotFound()
        : await People.HandleAsync(Authority, command) is not { } refusal ? Back(done)
        : Shown is null ? NotFound() : Refuse(field, refusal);

    private LocalRedirectResult Back(string done) => LocalRedirect($"/staff/{Authority}/people/{Name}?{Lang}&done={done}");
}

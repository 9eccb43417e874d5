using Aufruf.Contracts;
using Aufruf.Domain.Identity;
using Aufruf.Portal.Identity;
using Microsoft.AspNetCore.Mvc;

namespace Aufruf.Portal.Staff.People;

/// <summary>The people of an authority, and the invitation of another one.</summary>
[Needs(Permission.SeePeople, AuthenticationSchemes = StaffAccess.Scheme)]
public sealed class PeoplePage(IStaffPeople people, IStaffProviders providers) : PeopleFormPage(people, providers)
{
    public string Name { get; private set; } = "";

    public string DisplayName { get; private set; } = "";

    /// <summary>The first role of the invited person, and where it holds.</summary>
    public string Role { get; private set; } = Domain.Identity.Role.Clerk.Id;

    public string Place { get; private set; } = "";

    public IEnumerable<Person> All => Known.ByName.Values.OrderBy(person => person.DisplayName, StringComparer.CurrentCulture);

    public IActionResult OnGet() => IsOpen ? Page() : NotFound();

    [HandlerNeeds(Permission.People)]
    public async Task<IActionResult> OnPostInviteAsync([FromForm] string? name, [FromForm] string? displayName, [FromForm] string? role,
        [FromForm] string? place)
    {
        if (!MayChange)
        {
            return NotFound();
        }

        (Name, DisplayName, Role, Place) = (name?.Trim() ?? "", displayName?.Trim() ?? "", role ?? "", place ?? "");
        var (refusal, link) = await People.HireAsync(Authority, Name, DisplayName, new(Role, Place), SignedInAs);
        Show(link);
        return refusal is null ? Page() : Refuse(IsOfRole(refusal) ? "place" : "name", refusal);
    }

    private static bool IsOfRole(Domain.Refusal refusal) =>
        refusal == Domain.Refusal.PlaceUnknown || refusal == Domain.Refusal.RoleUnknown || refusal == Domain.Refusal.BeyondOwnRights;
}

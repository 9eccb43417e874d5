using Aufruf.Contracts;
using Aufruf.Domain.Identity;
using Aufruf.Portal.Identity;
using Microsoft.AspNetCore.Mvc;

namespace Aufruf.Portal.Staff.People;

/// <summary>Which role has which permission: the table that hub/permissions.md shows too.</summary>
[Needs(Permission.SeePeople, AuthenticationSchemes = StaffAccess.Scheme)]
public sealed class PermissionsPage(IStaffPeople people, IStaffProviders providers) : PeopleFormPage(people, providers)
{
    public static IEnumerable<Permission> All => Enum.GetValues<Permission>().Where(Role.Grantable.Contains);

    public IActionResult OnGet() => IsOpen ? Page() : NotFound();
}

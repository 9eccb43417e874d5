using Aufruf.Contracts;
using Aufruf.Domain.Identity;
using Aufruf.Portal.Identity;
using Microsoft.AspNetCore.Mvc;

namespace Aufruf.Portal.Staff.People;

/// <summary>The town's table: which value of the provider gives which role, and where.</summary>
[Needs(Permission.SeePeople, AuthenticationSchemes = StaffAccess.Scheme)]
public sealed class ProviderPage(IStaffPeople people, IStaffProviders providers) : PeopleFormPage(people, providers)
{
    public string Value { get; private set; } = "";

    public string Role { get; private set; } = Domain.Identity.Role.Clerk.Id;

    public string Place { get; private set; } = "";

    public IActionResult OnGet() => IsOpen ? Page() : NotFound();

    [HandlerNeeds(Permission.People)]
    public Task<IActionResult> OnPostMapAsync([FromForm] string? value, [FromForm] string? role, [FromForm] string? place)
    {
        (Value, Role, Place) = (value?.Trim() ?? "", role ?? "", place ?? "");
        return ChangeAsync(new PeopleCommand.MapClaim(Value, Role, Place, SignedInAs));
    }

    [HandlerNeeds(Permission.People)]
    public Task<IActionResult> OnPostUnmapAsync([FromForm] string? value, [FromForm] string? role, [FromForm] string? place) =>
        ChangeAsync(new PeopleCommand.UnmapClaim(value ?? "", role ?? "", place ?? "", SignedInAs));

    private async Task<IActionResult> ChangeAsync(PeopleCommand command) =>
        !MayChange ? NotFound()
        : await People.HandleAsync(Authority, command) is { } refusal
            ? Refuse(refusal.Code == Domain.Refusal.PlaceUnknown.Code ? "place" : "value", refusal)
        : LocalRedirect($"/staff/{Authority}/provider?{Lang}&done=changed");
}

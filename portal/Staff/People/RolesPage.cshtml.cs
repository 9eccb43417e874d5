using Aufruf.Contracts;
using Aufruf.Domain.Identity;
using Aufruf.Portal.Identity;
using Microsoft.AspNetCore.Mvc;

namespace Aufruf.Portal.Staff.People;

/// <summary>The roles of an authority: the fixed ones, and the own ones, which can be made, changed and removed.</summary>
[Needs(Permission.SeePeople, AuthenticationSchemes = StaffAccess.Scheme)]
public sealed class RolesPage(IStaffPeople people, IStaffProviders providers) : PeopleFormPage(people, providers)
{
    [FromQuery(Name = "role")] public string? Asked { get; set; }

    /// <summary>The role in the form; empty: a new one.</summary>
    public string RoleId => Asked ?? "";

    public string Id { get; private set; } = "";

    public string German { get; private set; } = "";

    public string English { get; private set; } = "";

    public IReadOnlySet<Permission> Chosen { get; private set; } = new HashSet<Permission>();

    /// <summary>The people who would lose something, before it is saved; null: there is nothing to ask.</summary>
    public RoleLoss? Loss { get; private set; }

    public bool IsNew => !Known.OwnRoles.ContainsKey(RoleId);

    public int HoldersOf(string role) => Known.HoldersOf(role).Count();

    public string Words(Permission permission) => Texts[$"permission.{permission.ToString().ToLowerInvariant()}"];

    public IActionResult OnGet()
    {
        if (!IsOpen)
        {
            return NotFound();
        }

        if (Known.OwnRoles.TryGetValue(RoleId, out var role))
        {
            (Id, German, English) = (role.Id, role.Name.GetValueOrDefault("de", ""), role.Name.GetValueOrDefault("en", ""));
            Chosen = role.Permissions;
        }

        return Page();
    }

    /// <param name="id">Of a new role. That of a known one stays.</param>
    /// <param name="hit">The number of people that the page has named; null: it has named nobody.</param>
    [HandlerNeeds(Permission.People)]
    public async Task<IActionResult> OnPostSaveAsync([FromForm] string? id, [FromForm] string? german, [FromForm] string? english,
        [FromForm] Permission[]? permissions, [FromForm] int? hit)
    {
        if (!MayChange)
        {
            return NotFound();
        }

        (Id, German, English) = (IsNew ? id?.Trim() ?? "" : RoleId, german?.Trim() ?? "", english?.Trim() ?? "");
        Chosen = (permissions ?? []).ToHashSet();
        if (IsNew && Known.Role(Id) is not null)
        {
            return Refuse("id", "role.known", 409);
        }

        var loss = RoleLoss.Of(Known, Id, Chosen);
        if (!loss.IsKnown(hit))
        {
            Loss = loss;
            return Page();
        }

        return await People.HandleAsync(Authority, new PeopleCommand.DefineRole(Id, NameOf(), [.. Chosen.Order()], SignedInAs))
            is { } refusal ? Refuse(refusal == Domain.Refusal.RoleMalformed ? "id" : "permissions", refusal) : Back("changed");
    }

    [HandlerNeeds(Permission.People)]
    public async Task<IActionResult> OnPostRemoveAsync() => !MayChange ? NotFound()
        : await People.HandleAsync(Authority, new PeopleCommand.RemoveRole(RoleId, SignedInAs)) is { } refusal
            ? RefuseRemoval(refusal) : Back("role-removed");

    private IActionResult RefuseRemoval(Domain.Refusal refusal)
    {
        OnGet();
        return Refuse("role", refusal);
    }

    private Domain.Offices.Texts NameOf()
    {
        var name = new Domain.Offices.Texts { ["de"] = German };
        if (English.Length > 0)
        {
            name["en"] = English;
        }

        return name;
    }

    private LocalRedirectResult Back(string done) => LocalRedirect($"/staff/{Authority}/roles?{Lang}&done={done}");
}

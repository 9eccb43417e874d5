using Aufruf.Contracts;
using Microsoft.AspNetCore.Mvc;

namespace Aufruf.Portal.Staff;

/// <summary>The staff's start page: a person sees what is open to them; a token leads to the reports of its office.</summary>
public sealed class StaffHomePage(IStaffPeople people) : StaffPage
{
    /// <summary>The authority, and its offices.</summary>
    public IEnumerable<RolePlace> Places =>
        people.PlacesOf(Authority, Texts.Language).Where(place => place.Key.Count(c => c == '.') == 1);

    public string Authority => Person?.Session.Authority ?? "";

    public bool MaySeePeople => May(Domain.Identity.Permission.SeePeople, Authority);

    public IActionResult OnGet() => Pass is { } pass ? LocalRedirect($"/staff/{pass.Office}/reports{Request.QueryString}") : Page();
}

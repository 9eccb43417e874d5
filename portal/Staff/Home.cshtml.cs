using Microsoft.AspNetCore.Mvc;

namespace Aufruf.Portal.Staff;

/// <summary>The staff's door: today it leads to the reports of one's own office.</summary>
public sealed class StaffHomePage : StaffPage
{
    public IActionResult OnGet() => LocalRedirect($"/staff/{Pass?.Office}/reports{Request.QueryString}");
}

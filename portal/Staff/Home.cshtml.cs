using Microsoft.AspNetCore.Mvc;

namespace Aufruf.Portal.Staff;

/// <summary>The staff's start page leads to the reports of the clerk's own office.</summary>
public sealed class StaffHomePage : StaffPage
{
    public IActionResult OnGet() => LocalRedirect($"/staff/{Pass?.Office}/reports{Request.QueryString}");
}

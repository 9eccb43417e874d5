using Aufruf.Contracts;
using Aufruf.Domain.Identity;
using Aufruf.Portal.Citizens;
using Aufruf.Portal.Identity;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace Aufruf.Portal.Staff.Cases;

/// <summary>The open tasks of a person's roles: mine, free, due and late ones.</summary>
[Needs(Permission.SeeCases, AuthenticationSchemes = StaffAccess.Scheme)]
public sealed class WorkPage(IStaffCases cases) : StaffPage
{
    [FromRoute(Name = "authority")] public string Authority { get; set; } = "";

    public WorkList Work { get; private set; } = new([], 0, "UTC");

    public WorkChoice Choice { get; private set; }

    public IActionResult OnGet([FromQuery] string? show)
    {
        if (!May(Domain.Identity.Permission.SeeCases, Authority))
        {
            return NotFound();
        }

        Choice = Enum.TryParse<WorkChoice>(show, ignoreCase: true, out var known) ? known : WorkChoice.All;
        Work = cases.List(Authority, SignedInAs, Choice);
        Response.StatusCode = Work.IsBeingRead ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK;
        return Page();
    }

    public string TaskOf(WorkRow row) => row.Label?.In(Texts.Language) ?? Texts[$"work.task.{row.Task}"];

    public string Day(DateTimeOffset instant) => Texts.Day(CitizenPage.DayAt(instant, Work.TimeZone));
}

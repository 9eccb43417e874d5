using System.Globalization;
using System.Text;
using Aufruf.Contracts;
using Aufruf.Domain.Identity;
using Aufruf.Portal.Identity;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace Aufruf.Portal.Staff.Payments;

/// <summary>The payments of a day beside the provider's file, and all that is open. Nothing is changed here.</summary>
[Needs(Permission.SeeCases, AuthenticationSchemes = StaffAccess.Scheme)]
public sealed class DayPage(IStaffPayments payments) : StaffPage
{
    // Some 1,500 payments; the hub takes no larger form.
    private const int LargestFile = 60 * 1024;

    [FromRoute(Name = "authority")] public string Authority { get; set; } = "";

    public PaymentDay Day { get; private set; } = new(default, "UTC", [], [], []);

    /// <summary>Null: no file was sent.</summary>
    public PaymentComparison? Compared { get; private set; }

    public bool IsFileMissing { get; private set; }

    public string ShownDay => Day.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public IActionResult OnGet([FromQuery] string? day) => Load(day) ? Page() : NotFound();

    /// <summary>To compare the file is work, although it changes nothing.</summary>
    public bool MayCompare => May(Domain.Identity.Permission.Cases, Authority);

    [HandlerNeeds(Domain.Identity.Permission.Cases)]
    public async Task<IActionResult> OnPostAsync(IFormFile? file, [FromForm] string? day)
    {
        if (!MayCompare || !Load(day))
        {
            return NotFound();
        }

        if (file is not { Length: > 0 and <= LargestFile })
        {
            (IsFileMissing, Response.StatusCode) = (true, StatusCodes.Status400BadRequest);
            return Page();
        }

        using var reader = new StreamReader(file.OpenReadStream(), Encoding.UTF8);
        Compared = payments.Compare(Authority, Day.Day, await reader.ReadToEndAsync(HttpContext.RequestAborted));
        return Page();
    }

    public string At(DateTimeOffset instant) => TimeZoneInfo.ConvertTime(instant, TimeZoneInfo.FindSystemTimeZoneById(Day.TimeZone))
        .ToString(Texts.Language == "de" ? "d.M.yyyy HH:mm" : "d MMM yyyy HH:mm", Texts.Culture);

    private bool Load(string? day)
    {
        if (!May(Domain.Identity.Permission.SeeCases, Authority))
        {
            return false;
        }

        Day = payments.DayOf(Authority, DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None,
            out var asked) ? asked : null);
        return true;
    }
}

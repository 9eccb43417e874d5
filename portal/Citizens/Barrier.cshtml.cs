using Aufruf.Contracts;
using Aufruf.Domain;
using Aufruf.Domain.Outbox;
using Aufruf.Portal.Citizens.Mine;
using Aufruf.Portal.Content;
using Aufruf.Portal.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace Aufruf.Portal.Citizens;

/// <summary>A form to report a barrier. It asks for no name, and an address only for the answer.</summary>
[EnableRateLimiting(CallerRates.BookAppointment)]
public sealed class BarrierPage(ContentFolder content, IBarrierReports reports, ReportLimit limit) : CitizenPage
{
    private const int LongestText = 3000, LongestLine = 300;

    [BindProperty] public string? Text { get; set; }
    [BindProperty] public string? Where { get; set; }
    [BindProperty] public string? Aids { get; set; }
    [BindProperty] public string? Mail { get; set; }

    /// <summary>A report would reach somebody.</summary>
    public bool IsOpen { get; private set; }

    /// <summary>Of the report; null: none was sent yet.</summary>
    public string? Number { get; private set; }

    public IReadOnlyList<DataField> Fields => [new("text", "text", null, Text, IsLong: true), new("where", "text", "off", Where),
        new("aids", "text", "off", Aids), new("mail", "email", "email", Mail)];

    public async Task OnGetAsync() => IsOpen = await reports.IsOpenAsync(content.Now.Authority);

    public async Task<IActionResult> OnPostAsync([FromForm] string? form, [FromForm] string? altcha)
    {
        (Text, Where, Aids, Mail) = (Text?.Trim() ?? "", Where?.Trim() ?? "", Aids?.Trim() ?? "", Mail?.Trim() ?? "");
        await OnGetAsync();
        if (Text.Length == 0)
        {
            return Again("text", Texts["barrier.missing"]);
        }

        if (Text.Length > LongestText || Where.Length > LongestLine || Aids.Length > LongestLine)
        {
            return Again(Text.Length > LongestText ? "text" : Where.Length > LongestLine ? "where" : "aids", Texts["barrier.long"]);
        }

        if (Mail.Length > 0 && !CitizenEntry.IsMail(Mail))
        {
            return Again("mail", Texts["data.mail.wrong"]);
        }

        if (!limit.Allows(HttpContext, altcha))
        {
            return Again("text", Refusal.TooManyReports);
        }

        var answer = await reports.SendAsync(new(content.Now.Authority, Text, Where, Aids, Mail, Texts.Language),
            FormId.RequestOf(form, Text, Where, Aids, Mail));
        Number = answer.Number;
        return answer.Refusal is { } refusal ? Again("text", refusal) : Page();
    }
}

using Aufruf.Portal.Staff.Cases;
using Aufruf.Portal.Texts;

namespace Aufruf.Portal.Staff.Payments;

/// <summary>The case whose money is shown, and to whom.</summary>
public sealed record MoneyFrame(string Authority, string Number, string Who, bool MayChange, PortalTexts Texts)
{
    public MoneyFrame(StaffCasePage page) : this(page.Authority, page.Number, page.SignedInAs, page.MayChange, page.Texts)
    {
    }

    public string Here => $"/staff/{Authority}/cases/{Number}/payments?lang={Texts.Language}";

    public string At(DateTimeOffset instant, string timeZone) =>
        TimeZoneInfo.ConvertTime(instant, TimeZoneInfo.FindSystemTimeZoneById(timeZone))
            .ToString(Texts.Language == "de" ? "d.M.yyyy HH:mm" : "d MMM yyyy HH:mm", Texts.Culture);
}

using Aufruf.Contracts;
using Aufruf.Portal.Content;

namespace Aufruf.Portal.Citizens;

/// <summary>The offices with their hours and their waits.</summary>
public sealed class OfficesPage(ContentFolder content, IOfficePages offices) : CitizenPage
{
    public TownContent Town { get; } = content.Now;

    public IReadOnlyList<OfficeNow> Offices { get; private set; } = [];

    public async Task OnGetAsync() => Offices = await offices.NowAsync(Town.Authority);

    /// <summary>Those for which a ticket can be taken now.</summary>
    public static IReadOnlyList<ServiceNow> ServicesOf(OfficeNow office) => [.. office.Services.Where(service => service.IsGiven)];
}

using Aufruf.Domain.Identity;
using Aufruf.Portal.Identity;

namespace Aufruf.Portal.Staff;

/// <summary>Leads on after the provider's sign-in. The session's cookie comes only on a way that begins at our own page.</summary>
[Needs(Permission.Public)]
[WhileLocked]
public sealed class EnteredPage : StaffFormPage
{
    public string To => Request.Query["to"].ToString() is { Length: > 0 } asked && Url.IsLocalUrl(asked) ? asked : "/staff?" + Lang;
}

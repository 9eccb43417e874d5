using Aufruf.Domain.Identity;
using Aufruf.Portal.Identity;

namespace Aufruf.Portal.Staff.Fleet;

/// <summary>A new screen enters its code here. Its script exchanges the code for the credential.</summary>
[Needs(Permission.Public)]
public sealed class PairPage : StaffPage;

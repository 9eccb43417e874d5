using Aufruf.Contracts;

namespace Aufruf.Portal.Staff;

/// <summary>The staff's start page: a person sees what is open to them.</summary>
public sealed class StaffHomePage(IStaffPeople people) : StaffPage
{
    /// <summary>The authority, and its offices.</summary>
    public IEnumerable<RolePlace> Places =>
        people.PlacesOf(Authority, Texts.Language).Where(place => place.Key.Count(c => c == '.') == 1);

    public string Authority => Person?.Session.Authority ?? "";

    /// <summary>In the whole authority.</summary>
    public bool MayMakeOffice => May(Domain.Identity.Permission.Configure, Authority);

    public bool MaySeePeople => May(Domain.Identity.Permission.SeePeople, Authority);
}

using Aufruf.Contracts;
using Aufruf.Domain.Identity;
using Aufruf.Portal.Citizens;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc;

namespace Aufruf.Portal.Staff.People;

/// <summary>A page about the people of one authority. Another authority is answered like one that does not exist.</summary>
public abstract class PeopleFormPage(IStaffPeople people, IStaffProviders providers) : StaffFormPage
{
    [FromRoute(Name = "authority")] public string Authority { get; set; } = "";

    /// <summary>The one-time link that was made just now: it is shown once.</summary>
    public string? Link { get; private set; }

    public IHtmlContent LinkPicture => KioskCode.Of(Link ?? "");

    public Domain.Identity.People Known => People.Of(Authority);

    /// <summary>The town's provider of sign-ins; null: it has none.</summary>
    public string? Issuer => providers.IssuerOf(Authority);

    public IReadOnlyList<RolePlace> Places => People.PlacesOf(Authority, Texts.Language);

    public bool IsOpen => May(Domain.Identity.Permission.SeePeople, Authority);

    public bool MayChange => May(Domain.Identity.Permission.People, Authority);

    protected IStaffPeople People { get; } = people;

    public string NameOf(string place) => Places.FirstOrDefault(known => known.Key == place)?.Name ?? place;

    public string RoleName(string id) => Known.Role(id)?.Name.In(Texts.Language) ?? id;

    public string StateOf(Person person) => Texts[person.State switch
    {
        PersonState.Disabled => "person.disabled",
        PersonState.Invited => "person.invited",
        PersonState.Locked => "person.locked",
        PersonState.In => "person.in",
        _ => "person.out",
    }];

    protected void Show(string? link) => Link = link is null ? null : $"{Request.Scheme}://{Request.Host}{link}";
}

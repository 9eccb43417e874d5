using System.Globalization;
using Aufruf.Contracts;
using Aufruf.Domain.Identity;
using Aufruf.Portal.Identity;
using Microsoft.AspNetCore.Mvc;

namespace Aufruf.Portal.Staff.Dispatching;

/// <summary>A page about letters on their way to the post.</summary>
[Needs(Permission.SeeCases, AuthenticationSchemes = StaffAccess.Scheme)]
public abstract class DispatchBasePage(IStaffDispatch dispatch) : StaffPage
{
    private const string Form = "yyyy-MM-dd";

    [FromRoute(Name = "authority")] public string Authority { get; set; } = "";

    protected IStaffDispatch Dispatch => dispatch;

    /// <summary>A person who works on some procedures alone sees no letters of the others.</summary>
    protected bool MaySee => May(Domain.Identity.Permission.SeeCases, Authority) && dispatch.MaySee(Authority, SignedInAs);

    public string Say(DateOnly day) => Texts.Day(day);

    protected static DateOnly? DayOf(string? text) =>
        DateOnly.TryParseExact(text, Form, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}

using Aufruf.Portal.Staff;
using Aufruf.Tests.Running;
using Microsoft.Playwright;

namespace Aufruf.Tests.Browser;

/// <summary>The ways of a person into the staff's pages and the desk.</summary>
internal static class DeskSignIn
{
    /// <summary>With a session that is there already: most tests need no proof of a password.</summary>
    /// <param name="path">A page of the staff, or of the desk.</param>
    /// <param name="by">Where the browser reaches the hub; its own address when null.</param>
    /// <param name="person">The first clerk when null.</param>
    public static async Task<Window> EnterAsync(this Window window, TestHub hub, string path, Uri? by = null, StaffPerson? person = null)
    {
        await window.Page.Context.AddCookiesAsync([new Cookie
        {
            Name = StaffAccess.Cookie,
            Value = await hub.SessionAsync(person ?? StaffPerson.FirstClerk),
            Url = (by ?? hub.Address).AbsoluteUri,
        }]);
        return await window.GoAsync(by ?? hub.Address, path);
    }

    /// <summary>On the page that asks for the name.</summary>
    public static async Task SignInAsync(this Window window, string name = TestHub.FirstClerk, string password = StaffPerson.Password)
    {
        await window.At("#name").FillAsync(name);
        await window.At("#password").FillAsync(password);
        await window.At(".narrow form button").ClickAsync();
    }
}

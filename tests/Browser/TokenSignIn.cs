namespace Aufruf.Tests.Browser;

/// <summary>The sign-in page of the staff, as hands use it.</summary>
internal static class TokenSignIn
{
    /// <summary>The field for a token is folded away until a wrong one was entered.</summary>
    public static async Task FillTokenAsync(this Window window, string token)
    {
        await window.SeesAsync(".other-way summary");
        if (!await window.At("#token").IsVisibleAsync())
        {
            await window.At(".other-way summary").ClickAsync();
        }

        await window.At("#token").FillAsync(token);
    }
}

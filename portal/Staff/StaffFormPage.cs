using Aufruf.Domain;
using Aufruf.Portal.Staff.Accounts;
using Microsoft.AspNetCore.Mvc;

namespace Aufruf.Portal.Staff;

/// <summary>A page of the staff with a form: what was wrong is said beside its field.</summary>
public abstract class StaffFormPage : StaffPage
{
    /// <summary>ASVS 5, 6.2.1: at least 8. Twelve make lists of known passwords useless here.</summary>
    public const int ShortestPassword = 12;

    public const int LongestPassword = 128;

    /// <summary>The field with the fault, and a sentence; null: there is none.</summary>
    public (string Field, string Sentence)? Wrong { get; private set; }

    /// <summary>The sentence about a change that was made; null: nothing yet.</summary>
    public string? Done => Request.Query["done"].ToString() is { Length: > 0 and < 30 } key && Texts.Keys.Contains($"done.{key}")
        ? Texts[$"done.{key}"] : null;

    public string Lang => $"lang={Texts.Language}";

    public FormField Field(string name, string label, string type = "text", string filled = "off", string? hint = null, string value = "",
        int longest = LongestPassword) => new(name, Texts[label])
        {
            Type = type,
            Filled = filled,
            Hint = hint is null ? null : Texts[hint],
            Value = value,
            Longest = longest,
            Error = Wrong is { } wrong && wrong.Field == name ? wrong.Sentence : null,
        };

    protected IActionResult Refuse(string field, string key, int status = 400) => Say(field, Texts[key], status);

    protected IActionResult Refuse(string field, Refusal why) => Say(field, why.Texts.In(Texts.Language), 409);

    protected static string? WhyNoPassword(string? password, string name) =>
        password is not { Length: >= ShortestPassword and <= LongestPassword } ? "password.short"
        : password.Contains(name, StringComparison.OrdinalIgnoreCase) && name.Length > 2 ? "password.name" : null;

    private Microsoft.AspNetCore.Mvc.RazorPages.PageResult Say(string field, string sentence, int status)
    {
        (Wrong, Response.StatusCode) = ((field, sentence), status);
        return Page();
    }
}

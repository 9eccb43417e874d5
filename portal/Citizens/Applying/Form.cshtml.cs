using Aufruf.Contracts;
using Aufruf.Portal.Content;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace Aufruf.Portal.Citizens.Applying;

/// <summary>One page of a form. It is kept on the server whether its answers are right or not.</summary>
public sealed class FormPage(ContentFolder content, ICitizenCases cases) : CasePage(content, cases)
{
    private const string Later = "later";

    [FromRoute(Name = "step")] public string? Wanted { get; set; }

    public FormPageView Now { get; private set; } = null!;

    /// <summary>From 1.</summary>
    public int Number => Form!.Pages.ToList().IndexOf(Now) + 1;

    public string Here => Step(Now, ("check", IsFromCheck ? "yes" : null));

    /// <summary>The page before, or the one that the citizen came from.</summary>
    public string Back => IsFromCheck ? Mine("/check") : Number > 1 ? Step(Form!.Pages[Number - 2]) : Mine();

    /// <summary>The answers have led to further questions on this page.</summary>
    public bool HasMore => Request.Query["more"].Count > 0;

    /// <summary>The page takes a file.</summary>
    public bool HasFile => FormFiles.AreIn(Now);

    private bool IsFromCheck => Request.Query["check"].Count > 0;

    public async Task<IActionResult> OnGetAsync() => await FormAsync() is not { } form ? await SentOrGoneAsync()
        : Find(form, Wanted) ? Page() : LocalRedirect(Next(form, null));

    public async Task<IActionResult> OnPostAsync([FromForm(Name = PageField.Form)] string? form,
        [FromForm(Name = PageField.Do)] string? act, [FromForm(Name = PageField.Asked)] string[]? asked,
        [FromForm(Name = PageField.Remove)] string[]? remove)
    {
        if (await FormAsync() is not { } before)
        {
            return await SentOrGoneAsync();
        }

        if (!Find(before, Wanted))
        {
            return LocalRedirect(Next(before, null));
        }

        // The hub takes those that the page has, and leaves the others.
        var typed = Request.Form.Where(field => field.Key.Length < 200).ToDictionary(field => field.Key, field => field.Value.ToString());
        var answer = await Cases.SaveAsync(Town.Authority, Code, Now.Id, typed,
            FormId.RequestOf(form, [Now.Id, .. typed.Where(field => field.Key != PageField.Form).OrderBy(field => field.Key)
                .SelectMany(field => (string[])[field.Key, field.Value])]));
        if (answer.Refusal is null)
        {
            answer = await FormFiles.ChangeAsync(Request, Now, answer, form, remove ?? [],
                (path, request) => Cases.DetachAsync(Town.Authority, Code, path, request),
                (file, request) => Cases.AttachAsync(Town.Authority, Code, file, request),
                (path, refusal) => Errors.Add((path, Texts.Of(refusal))));
        }

        if (answer.Form is not { } saved)
        {
            return await SentOrGoneAsync();
        }

        Form = saved;
        if (act == Later && answer.Refusal is null && Errors.Count == 0)
        {
            return LocalRedirect(Mine());
        }

        if (!Find(saved, Wanted))
        {
            return LocalRedirect(Next(saved, null));
        }

        foreach (var fault in saved.Faults.Where(fault => (asked ?? []).Any(path => IsOf(fault.Field, path)
            && !Errors.Any(error => error.Field == path))))
        {
            Errors.Add((Anchor(fault.Field), CaseWords.Of(this, fault)));
        }

        if (answer.Refusal is { } refusal)
        {
            return Again(PageField.Main, refusal);
        }

        if (Errors.Count > 0)
        {
            Response.StatusCode = StatusCodes.Status400BadRequest;
            return Page();
        }

        return LocalRedirect(Now.IsDone ? IsFromCheck && saved.IsComplete ? Mine("/check") : Next(saved, Now)
            : Step(Now, ("more", "yes"), ("check", IsFromCheck ? "yes" : null)));
    }

    /// <summary>The page after this one, or the first that is open; after the last one the check.</summary>
    /// <remarks>A form that was just begun starts at its first page, also where an account has answered all of it.</remarks>
    private string Next(FormView form, FormPageView? after)
    {
        if (after is null && form is { Revision: 0, Amends: null, Pages: [{ } first, ..] })
        {
            return Step(first);
        }

        var rest = after is null ? form.Pages : form.Pages.SkipWhile(page => page.Id != after.Id).Skip(1).ToList();
        return (after is null ? rest.FirstOrDefault(page => !page.IsDone) : rest is [var next, ..] ? next : null) is { } page
            ? Step(page) : Mine("/check");
    }

    private bool Find(FormView form, string? step)
    {
        Now = form.Pages.FirstOrDefault(page => page.Id == step)!;
        return Now is not null;
    }

    /// <summary>The first part of a field that has parts. An answer of the account stands as one.</summary>
    private string Anchor(string path) => Now.Fields.FirstOrDefault(field => field.From is not null && IsOf(path, field.Path))?.Path
        ?? (Now.Fields.FirstOrDefault(field => field.Path == path)?.Parts is [var first, ..] ? $"{path}.{first.Id}" : path);

    private static bool IsOf(string fault, string path) => fault == path || fault.StartsWith($"{path}.", StringComparison.Ordinal);
}

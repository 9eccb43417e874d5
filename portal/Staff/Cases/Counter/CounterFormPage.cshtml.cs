using Aufruf.Contracts;
using Aufruf.Portal.Citizens;
using Aufruf.Portal.Citizens.Applying;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace Aufruf.Portal.Staff.Cases.Counter;

/// <summary>One page of a form in the hands of a clerk. It is kept whether its answers are right or not.</summary>
public sealed class CounterFormPage(ICounterCases cases) : CounterPage(cases)
{
    private const string Later = "later";

    [FromRoute(Name = "step")] public string? Wanted { get; set; }

    public FormPageView Now { get; private set; } = null!;

    /// <summary>From 1.</summary>
    public int Number => Form!.Pages.ToList().IndexOf(Now) + 1;

    public string Back => Number > 1 ? $"{Step(Form!.Pages[Number - 2])}?{Lang}" : Start;

    /// <summary>The answers have led to further questions on this page.</summary>
    public bool HasMore => Request.Query["more"].Count > 0;

    public Task<IActionResult> OnGetAsync() => InDraftAsync(form =>
        Task.FromResult(Find(form) ? Page() : (IActionResult)LocalRedirect(NextOf(form, null))));

    public Task<IActionResult> OnPostAsync([FromForm(Name = PageField.Form)] string? form, [FromForm(Name = PageField.Do)] string? act,
        [FromForm(Name = PageField.Asked)] string[]? asked, [FromForm(Name = PageField.Remove)] string[]? remove) =>
        InDraftAsync(async before =>
        {
            if (!Find(before))
            {
                return LocalRedirect(NextOf(before, null));
            }

            var typed = Request.Form.Where(field => field.Key.Length < 200)
                .ToDictionary(field => field.Key, field => field.Value.ToString());
            var answer = await Cases.SaveAsync(Authority, Code, Now.Id, typed, FormId.RequestOf(form, [Now.Id, .. typed
                .Where(field => field.Key is not (PageField.Form or "__RequestVerificationToken")).OrderBy(field => field.Key)
                .SelectMany(field => (string[])[field.Key, field.Value])]));
            if (answer.Refusal is null)
            {
                answer = await FormFiles.ChangeAsync(Request, Now, answer, form, remove ?? [],
                    (path, request) => Cases.DetachAsync(Authority, Code, path, request),
                    (file, request) => Cases.AttachAsync(Authority, Code, file, request),
                    (path, refusal) => Errors.Add((path, Texts.Of(refusal))));
            }

            if (answer.Form is not { } saved)
            {
                return await SentOrGoneAsync();
            }

            Form = saved;
            if (act == Later && answer.Refusal is null && Errors.Count == 0)
            {
                return LocalRedirect($"/staff/{Authority}/cases?{Lang}");
            }

            return Find(saved) ? After(saved, answer, asked ?? []) : LocalRedirect(NextOf(saved, null));
        });

    /// <summary>The page again with its faults, or the next one.</summary>
    private IActionResult After(FormView saved, FormAnswer answer, string[] asked)
    {
        foreach (var fault in saved.Faults.Where(fault => asked.Any(path => fault.Field == path
            || fault.Field.StartsWith($"{path}.", StringComparison.Ordinal)) && !Errors.Any(error => error.Field == fault.Field)))
        {
            Errors.Add((AnchorOf(fault.Field), CaseWords.Of(this, fault)));
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

        return LocalRedirect(Now.IsDone ? NextOf(saved, Now) : $"{Step(Now)}?{Lang}&more=yes");
    }

    /// <summary>The page after this one, or the first that is open; after the last one the check.</summary>
    private string NextOf(FormView form, FormPageView? after)
    {
        var next = after is null ? form.Pages.FirstOrDefault(page => !page.IsDone)
            : form.Pages.SkipWhile(page => page.Id != after.Id).Skip(1).FirstOrDefault();
        return $"{(next is null ? Here("/check") : Step(next))}?{Lang}";
    }

    private bool Find(FormView form)
    {
        Now = form.Pages.FirstOrDefault(page => page.Id == Wanted)!;
        return Now is not null;
    }

    /// <summary>The first part of a field that has parts.</summary>
    private string AnchorOf(string path) =>
        Now.Fields.FirstOrDefault(field => field.Path == path)?.Parts is [var first, ..] ? $"{path}.{first.Id}" : path;
}

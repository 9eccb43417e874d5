using System.Collections.Immutable;
using Aufruf.Contracts;
using Aufruf.Domain.Cases;
using Aufruf.Domain.Cases.Declarations;
using Aufruf.Hub.Connectors;

namespace Aufruf.Hub.Cases;

/// <summary>Files in a form: judged by their content, looked at by the scanner, sealed beside the answers, moved with them.</summary>
internal sealed class CaseUploads(OpenForms forms, CaseFiles files, VirusScanner scanner)
{
    public async Task<FormAnswer> AttachAsync(string authority, string code, UploadedFile file, RequestId request)
    {
        if (await forms.FindAsync(authority, code) is not { } open)
        {
            return new(null, await forms.WhyNotAsync(authority, code));
        }

        if (Field(open, file.Field) is not { } field)
        {
            return new(open.View, Refusal.FileUnsupported);
        }

        var (mime, refusal) = FileKind.Of(file.Content);
        refusal ??= !field.Mime.Contains(mime) ? Refusal.FileUnsupported
            : FileAnswer.WhyNot(file.Content.Length, field.MaxMiB, FilesOf(open.Procedure.Is).Where(path => path != file.Field)
                .Select(path => FileAnswer.Parse(open.Answers.GetValueOrDefault(path))).OfType<FileAnswer>());
        var scan = refusal is null ? await scanner.ScanAsync(file.Content) : ScanResult.Unknown;
        if (refusal is not null || scan is ScanResult.Infected)
        {
            return new(open.View, refusal ?? Refusal.FileInfected);
        }

        var hash = await files.KeepAsync(open.Stream, file.Content, open.Draft.Until);
        var given = new FileAnswer(hash, file.Content.Length, mime!, FileAnswer.Clean(file.Name, mime!));
        var waits = FileAnswer.WaitsOf(file.Field);
        var old = FileAnswer.Parse(open.Answers.GetValueOrDefault(file.Field));
        var answer = await forms.ChangeAsync(authority, code, request, now => scan is ScanResult.Unknown
            ? now.Answers.SetItem(file.Field, given.ToString()).SetItem(waits, hash)
            : now.Answers.SetItem(file.Field, given.ToString()).Remove(waits));
        await ForgetUnusedAsync(authority, code, file.Field, open.Stream, old?.Hash, hash);
        return answer;
    }

    public async Task<FormAnswer> DetachAsync(string authority, string code, string field, RequestId request)
    {
        var open = await forms.FindAsync(authority, code);
        var old = open is not null && IsFile(open, field) ? FileAnswer.Parse(open.Answers.GetValueOrDefault(field)) : null;
        if (open is null || old is null)
        {
            return new(open?.View, open is null ? await forms.WhyNotAsync(authority, code) : null);
        }

        var answer = await forms.ChangeAsync(authority, code, request,
            now => now.Answers.Remove(field).Remove(FileAnswer.WaitsOf(field)));
        await ForgetUnusedAsync(authority, code, field, open.Stream, old.Hash);
        return answer;
    }

    /// <summary>Seals the shown files anew under the case. That which is hidden stays behind; files of the case stay as they are.</summary>
    public async Task<ImmutableDictionary<string, string>> MoveAsync(string from, string to, KnownProcedure procedure,
        IReadOnlyDictionary<string, string> answers, DateOnly day)
    {
        var shown = procedure.Evaluate(answers, day).Pages.SelectMany(page => page.Fields).ToHashSet();
        var moved = answers.ToImmutableDictionary().RemoveRange(procedure.Is.Pages.SelectMany(page => page.Fields)
            .Where(field => field.Type is not FieldType.File && !shown.Contains(field.Path)).SelectMany(CaseForms.PathsOf));
        foreach (var path in FilesOf(procedure.Is).Where(moved.ContainsKey))
        {
            var waits = FileAnswer.WaitsOf(path);
            if (!shown.Contains(path) || FileAnswer.Parse(moved[path]) is not { } file)
            {
                moved = moved.Remove(path).Remove(waits);
            }
            else if (await files.OpenAsync(from, file.Hash) is { } content)
            {
                var hash = await files.KeepAsync(to, content);
                moved = moved.SetItem(path, (file with { Hash = hash }).ToString());
                moved = moved.ContainsKey(waits) ? moved.SetItem(waits, hash) : moved;
            }
        }

        return moved;
    }

    public static IEnumerable<string> FilesOf(ProcedureDefinition procedure) =>
        procedure.Pages.SelectMany(page => page.Fields).Where(field => field.Type is FieldType.File).Select(field => field.Path);

    /// <summary>A repeat, or another window, may have kept any of them.</summary>
    private async Task ForgetUnusedAsync(string authority, string code, string field, string stream, params string?[] hashes)
    {
        if (await forms.FindAsync(authority, code) is not { } open || open.Stream != stream)
        {
            return;
        }

        var kept = FileAnswer.Parse(open.Answers.GetValueOrDefault(field))?.Hash;
        foreach (var hash in hashes.OfType<string>().Where(hash => hash != kept))
        {
            await files.ForgetAsync(stream, hash);
        }
    }

    private static bool IsFile(OpenForm open, string path) => FilesOf(open.Procedure.Is).Contains(path);

    private static Field? Field(OpenForm open, string path) => open.Procedure.Is.Pages.SelectMany(page => page.Fields)
        .FirstOrDefault(field => field.Type is FieldType.File && field.Path == path);
}

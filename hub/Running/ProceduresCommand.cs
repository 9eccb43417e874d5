using System.Collections.Immutable;
using System.Globalization;
using Aufruf.Domain.Cases.Declarations;
using Aufruf.Hub.Cases;

namespace Aufruf.Hub.Running;

/// <summary>"procedures check": looks for that which would fail a citizen or a clerk, and lets random citizens fill the forms in.</summary>
internal static class ProceduresCommand
{
    private const string Usage = """
        Usage: procedures check [FILE...] [--seed N] [--Hub:Procedures=FOLDER]   changes nothing
        Without a file it checks the whole folder. Tables and templates stand in "library" beside a file, or in the folder.
        """;

    private const int Done = 0, Refused = 1, NotUnderstood = 2;

    /// <returns>0; 1: a file has faults; 2: the command cannot be carried out.</returns>
    public static int Run(string[] args, TimeProvider clock, TextWriter output)
    {
        string[] words = [.. args.TakeWhile(word => !word.StartsWith("--", StringComparison.Ordinal))];
        try
        {
            var settings = CommandSettings.Read(args[words.Length..]);
            var folder = settings["Hub:Procedures"] ?? new HubOptions().Procedures;
            var seed = int.TryParse(settings["seed"], NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? Math.Max(1, n) : 1;
            return words is not ["check", .. var named] ? SayNo(output, Usage)
                : (named.Length > 0 ? [.. named] : ProcedureFolder.Files(folder).ToList()) is not { Count: > 0 } files
                    ? SayNo(output, $"{folder}: no procedure is there.")
                : Check(folder, files, seed, clock, output);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            return SayNo(output, error.Message);
        }
    }

    private static int Check(string folder, List<string> files, int seed, TimeProvider clock, TextWriter output)
    {
        var known = ProcedureFolder.Read(files.Select(file => Path.GetDirectoryName(file) is { Length: > 0 } own ? own : ".")
            .Prepend(folder));
        if (known.Towns is not [var first, ..])
        {
            return SayNo(output, $"{folder}: has no file in \"towns\", so nobody knows for whom the forms are.");
        }

        var texts = files.ConvertAll(file => (File: file, Text: File.ReadAllText(file)));
        var library = known.Library with { Procedures = Ids(texts.Select(t => t.Text), known.Library) };
        var code = Done;
        foreach (var (file, text) in texts)
        {
            var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(clock.GetUtcNow(),
                TimeZoneInfo.FindSystemTimeZoneById(first.TimeZone)).DateTime);
            var faults = Linter.Check(text, library, today, first.Is, seed);
            foreach (var fault in faults)
            {
                output.WriteLine(ProcedureFolder.Sentence(file, fault));
            }

            foreach (var remark in faults.Count == 0 && ProcedureReader.Read(text, library).Procedure is { } read
                ? LabelRules.RemarksOn(read) : [])
            {
                output.WriteLine($"Remark: {ProcedureFolder.Sentence(file, remark)}");
            }

            code = faults.Count > 0 ? Refused : code;
            output.WriteLine(faults.Count > 0 ? $"{file}: {faults.Count} faults."
                : $"{file}: is in order. {Walk.Citizens} citizens came through, seeds {seed} to {seed + Walk.Citizens - 1}.");
        }

        return code;

        ImmutableHashSet<string>? Ids(IEnumerable<string> some, Library of) =>
            [.. some.Concat(ProcedureFolder.Files(folder).Select(File.ReadAllText))
                .Select(text => ProcedureReader.Read(text, of).Procedure?.Id).OfType<string>()];
    }

    private static int SayNo(TextWriter output, string sentence)
    {
        output.WriteLine(sentence);
        return NotUnderstood;
    }
}

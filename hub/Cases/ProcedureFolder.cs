using System.Collections.Immutable;
using Aufruf.Domain.Cases.Declarations;

namespace Aufruf.Hub.Cases;

/// <summary>A folder of declarations: one file a procedure, "library" with tables and templates, "towns" with authorities.
/// </summary>
internal sealed record ProcedureFolder(Library Library, ImmutableDictionary<string, string> Parts, IReadOnlyList<ProcedureTown> Towns)
{
    public static readonly ProcedureFolder Nothing = new(Library.Empty, ImmutableDictionary<string, string>.Empty, []);

    public static IEnumerable<string> Files(string folder) => Directory.Exists(folder)
        ? Directory.GetFiles(folder, "*.json").Order(StringComparer.Ordinal) : [];

    /// <summary>The folders laid over one another: a later one adds to those before it.</summary>
    /// <exception cref="InvalidDataException">The sentences for the operator.</exception>
    public static ProcedureFolder Read(params IEnumerable<string> folders)
    {
        var (all, wrong) = (Nothing, new List<string>());
        foreach (var folder in folders.Distinct())
        {
            foreach (var file in Files(Path.Combine(folder, "library")))
            {
                var text = File.ReadAllText(file);
                var library = all.Library.With(text, out var faults);
                wrong.AddRange(faults.Select(fault => Sentence(file, fault)));
                all = all with { Library = library, Parts = all.Parts.SetItem(Path.GetFileNameWithoutExtension(file), text) };
            }

            all = all with { Towns = [.. all.Towns, .. Files(Path.Combine(folder, "towns")).Select(ProcedureTown.Read)] };
        }

        return wrong.Count > 0 ? throw new InvalidDataException(string.Join(Environment.NewLine, wrong)) : all;
    }

    /// <summary>The files of the library that a declaration refers to, so that its version is whole without the folder.</summary>
    public IReadOnlyList<string> PartsOf(ProcedureDefinition procedure) =>
    [
        .. procedure.Editions.Concat(procedure.Documents.Select(document => document.Template))
            .Concat(procedure.Flow.Decide.Remedy is { } remedy ? [remedy] : []).Distinct().Order(StringComparer.Ordinal)
            .Select(name => Parts.GetValueOrDefault(name)).OfType<string>(),
    ];

    /// <summary>"permit.json, line 12: flow: ... Remedy: ...".</summary>
    public static string Sentence(string file, Fault fault) => fault.Line == 0
        ? $"{file}: {fault.Says.In("en")} {fault.Remedy.In("en")}"
        : $"{file}, line {fault.Line}: {fault.Path}: {fault.Says.In("en")} {fault.Remedy.In("en")}";
}

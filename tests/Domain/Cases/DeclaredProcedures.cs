using Aufruf.Domain.Cases;
using Aufruf.Domain.Cases.Declarations;
using Aufruf.Domain.Cases.Expressions;
using Aufruf.Tests.Running;

namespace Aufruf.Tests.Domain.Cases;

/// <summary>The declarations of the house and those of the tests, with their library.</summary>
internal static class DeclaredProcedures
{
    public static DateOnly Today { get; } = new(2026, 11, 27);

    public static Town Alsdorf { get; } = new("Alsdorf", ["52477"]);

    public static string Folder { get; } = Repository.PathOf("hub", "procedures");

    private static readonly string TestsFolder = Repository.PathOf("tests", "Domain", "Cases", "Procedures");

    public static Library OfTheHouse { get; } = LibraryOf(Folder, TestsFolder);

    public static IEnumerable<string> Files => Directory.GetFiles(Folder, "*.json").Order(StringComparer.Ordinal);

    public static string TestFile(string name) => File.ReadAllText(Path.Combine(TestsFolder, name + ".json"));

    public static string JsonOf(string procedure) => File.ReadAllText(Path.Combine(Folder, procedure + ".json"));

    public static ProcedureDefinition Of(string json)
    {
        var (procedure, faults) = ProcedureReader.Read(json, OfTheHouse);
        Assert.True(procedure is not null, string.Join(Environment.NewLine, faults));
        return procedure;
    }

    public static ProcedureDefinition Dogs { get; } = Of(JsonOf("dog-registration"));

    private static Library LibraryOf(params string[] folders)
    {
        var library = Library.Empty;
        foreach (var file in folders.SelectMany(folder => Directory.GetFiles(Path.Combine(folder, "library"))))
        {
            library = library.With(File.ReadAllText(file), out var faults);
            Assert.True(faults.Count == 0, $"{file}: {string.Join(' ', faults)}");
        }

        return library;
    }

    /// <summary>The first dog of the golden rows: whelped on 10 January, in the household since 20 March.</summary>
    public static Dictionary<string, string> DogAnswers => new()
    {
        ["name.given"] = "Zoë",
        ["name.family"] = "Müller",
        ["born"] = "1990-02-28",
        ["address.street"] = "Hubertusstraße",
        ["address.number"] = "17",
        ["address.postcode"] = "52477",
        ["address.town"] = "Alsdorf",
        ["call"] = "Bello",
        ["whelped"] = "2026-01-10",
        ["breed"] = "labrador",
        ["large"] = "false",
        ["since"] = "20.3.2026",
        ["others"] = "0",
        ["relief"] = "none",
        ["debit"] = "false",
    };

    public static Evaluation Evaluate(ProcedureDefinition procedure, Dictionary<string, string> answers) =>
        Evaluation.Of(procedure, answers, Today, Alsdorf);
}

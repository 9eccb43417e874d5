using System.Globalization;
using Aufruf.Contracts;
using Aufruf.Domain.Cases;
using Aufruf.Domain.Cases.Declarations;
using Aufruf.Portal.Texts;

namespace Aufruf.Portal.Citizens.Applying;

/// <summary>Sentences and answers of a form in the reader's language.</summary>
public static class CaseWords
{
    private const long MiB = 1024 * 1024;

    /// <summary>A procedure has its sentences in German and English. The others read a general one.</summary>
    public static string Of(IFormReader on, FieldFault fault) => fault.Code == "required" ? on.Texts["case.required"]
        : fault.Code == FieldFault.NotInAccount ? on.Texts["own.lacks"]
        : fault.Sentence.TryGetValue(on.Texts.Language, out var own) ? own
        : on.Texts.Language == PortalTexts.Easy && fault.Sentence.TryGetValue("de", out var german) ? german : on.Texts["case.fault"];

    /// <summary>That which was typed, as it is read back. Null: nothing.</summary>
    public static string? Of(IFormReader on, FieldView field)
    {
        if (field.Type is FieldType.File)
        {
            return field.File is { } file ? $"{file.Name} ({Size(on, file.Bytes)}){Of(on, file.Check)}" : null;
        }

        var typed = field.Parts.Count > 0
            ? string.Join(' ', field.Parts.Select(part => field.Values.GetValueOrDefault($"{field.Path}.{part.Id}")).OfType<string>())
            : field.Values.GetValueOrDefault(field.Path) ?? "";
        return string.IsNullOrWhiteSpace(typed) ? null : field.Type switch
        {
            FieldType.Bool => on.Texts[typed == "true" ? "case.yes" : "case.no"],
            FieldType.Code when field.Choices.FirstOrDefault(choice => choice.Id == typed) is { } chosen => on.Say(chosen.Label).Text,
            FieldType.Date when DateOnly.TryParseExact(typed, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None,
                out var day) =>
                day.ToString("d.M.yyyy", CultureInfo.InvariantCulture),
            _ => typed,
        };
    }

    /// <summary>The types of files that a field takes, and the largest size.</summary>
    public static string Types(IFormReader on, FieldView field) => on.Texts.Say("case.file.hint",
        ("types", string.Join(", ", field.Mime.Select(mime => mime[(mime.LastIndexOf('/') + 1)..].ToUpperInvariant()))),
        ("n", field.MaxMiB ?? 0));

    /// <summary>In KiB or MiB.</summary>
    public static string Size(IFormReader on, long bytes) => bytes < MiB
        ? string.Create(on.Texts.Culture, $"{(bytes + 1023) / 1024:N0} KiB")
        : string.Create(on.Texts.Culture, $"{bytes / (double)MiB:N1} MiB");

    /// <summary>The word of the scanner; empty: the file is good.</summary>
    public static string Of(IFormReader on, FileCheck check) => check switch
    {
        FileCheck.Waits => $", {on.Texts["case.file.waits"]}",
        FileCheck.Infected => $", {on.Texts["case.file.infected"]}",
        _ => "",
    };

    /// <summary>A date with its year, because a clock of a case may run into the next one.</summary>
    public static string Day(IFormReader on, DateTimeOffset instant, string timeZone) =>
        CitizenPage.DayAt(instant, timeZone).ToString("d. MMMM yyyy", on.Texts.Culture);
}

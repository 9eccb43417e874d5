using System.Globalization;
using Aufruf.Contracts;
using Aufruf.Domain.Cases;
using Aufruf.Domain.Cases.Declarations;
using Aufruf.Domain.Cases.Expressions;
using Aufruf.Portal.Texts;

namespace Aufruf.Portal.Citizens.Applying;

/// <summary>Sentences and answers of a form in the reader's language.</summary>
public static class CaseWords
{
    private const long MiB = 1024 * 1024;
    private const int IbanGroup = 4;

    /// <summary>The engine's sentences are there in every language. A procedure has its own in German and English.</summary>
    public static string Of(IFormReader on, FieldFault fault)
    {
        var engines = fault.IsDeclared ? null : on.Texts.Find($"fault.{fault.Code}");
        return (engines ?? (fault.Sentence.TryGetValue(on.Texts.Language, out var own) ? own
            : on.Texts.Language == PortalTexts.Easy && fault.Sentence.TryGetValue("de", out var german) ? german : on.Texts["case.fault"]))
            .Replace("{sign}", fault.Sign, StringComparison.Ordinal);
    }

    /// <summary>That which was typed, or follows from it, as people read it. Null: nothing.</summary>
    public static string? Of(PortalTexts words, FieldView field)
    {
        if (field.Type is FieldType.File)
        {
            return field.File is { } file ? $"{file.Name} ({Size(words, file.Bytes)}){Of(words, file.Check)}" : null;
        }

        var typed = field.Parts.Count > 0 ? Joined(field) : field.Values.GetValueOrDefault(field.Path) ?? "";
        return string.IsNullOrWhiteSpace(typed) ? null : field.Type switch
        {
            FieldType.Bool => words[typed == "true" ? "case.yes" : "case.no"],
            FieldType.Code when field.Choices.FirstOrDefault(choice => choice.Id == typed) is { Label: var label } =>
                label.TryGetValue(words.Language, out var own) ? own : label.In("de"),
            FieldType.Date when Reading.Day(typed) is { } day => words.Day(day),
            FieldType.Datetime when DateTime.TryParseExact(typed.Trim(), "yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture,
                DateTimeStyles.None, out var moment) => $"{words.Day(DateOnly.FromDateTime(moment))}, {moment:HH:mm}",
            FieldType.Money when Reading.Number(typed) is { } euros => words.Euros((long)(euros * 100)),
            FieldType.Number when Reading.Number(typed) is { } number => number.ToString("0.##########", words.Culture),
            FieldType.Iban => string.Join(' ', Reading.Compact(typed).Chunk(IbanGroup).Select(group => new string(group))),
            _ => typed,
        };
    }

    /// <summary>A doctorate stands before its name, and a town behind a comma.</summary>
    private static string Joined(FieldView field)
    {
        string?[] Parts(params string[] parts) => [.. parts.Select(part => field.Values.GetValueOrDefault($"{field.Path}.{part}"))];
        string Line(params string[] parts) => string.Join(' ', Parts(parts).Where(part => !string.IsNullOrWhiteSpace(part)));
        return field.Type is FieldType.Address
            ? string.Join(", ", ((string[])[Line("street", "number", "extra"), Line("postcode", "town")]).Where(line => line.Length > 0))
            : field.Type is FieldType.PersonName ? Line("doctorate", "given", "family") : Line([.. field.Parts.Select(part => part.Id)]);
    }

    /// <summary>The types of files that a field takes, and the largest size.</summary>
    public static string Types(IFormReader on, FieldView field) => on.Texts.Say("case.file.hint",
        ("types", string.Join(", ", field.Mime.Select(mime => mime[(mime.LastIndexOf('/') + 1)..].ToUpperInvariant()))),
        ("n", field.MaxMiB ?? 0));

    /// <summary>In KiB or MiB.</summary>
    public static string Size(PortalTexts words, long bytes) => bytes < MiB
        ? string.Create(words.Culture, $"{(bytes + 1023) / 1024:N0} KiB")
        : string.Create(words.Culture, $"{bytes / (double)MiB:N1} MiB");

    /// <summary>The word of the scanner; empty: the file is good.</summary>
    public static string Of(PortalTexts words, FileCheck check) => check switch
    {
        FileCheck.Waits => $", {words["case.file.waits"]}",
        FileCheck.Infected => $", {words["case.file.infected"]}",
        _ => "",
    };

    /// <summary>The engine's sentence about a state, with the last day that counts.</summary>
    /// <param name="until">Null: no clock runs, or the office is late.</param>
    public static string OfState(PortalTexts words, CaseState state, DateTimeOffset? until, string timeZone) =>
        until is null && state is CaseState.Received or CaseState.InProgress ? words["case.late"]
        : words.Say($"case.state.{state.ToString().ToLowerInvariant()}", ("date", until is { } end ? LastDay(words, state, end, timeZone)
            : ""));

    /// <summary>The last day on which the citizen can still do something, or the office does it.</summary>
    public static string LastDay(PortalTexts words, CaseState state, DateTimeOffset until, string timeZone) =>
        CitizenPage.DayAt(until, timeZone).AddDays(state.Clock().EndsAfterLastDay() ? -1 : 0).ToString("d. MMMM yyyy", words.Culture);

    /// <summary>A date with its year, because a clock of a case may run into the next one.</summary>
    public static string Day(IFormReader on, DateTimeOffset instant, string timeZone) =>
        CitizenPage.DayAt(instant, timeZone).ToString("d. MMMM yyyy", on.Texts.Culture);
}

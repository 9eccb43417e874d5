using System.Text.Json.Serialization;

namespace Aufruf.Contracts;

/// <summary>An editor of a mail must mend this.</summary>
/// <param name="Line">Of the text, the first is 1.</param>
/// <param name="Name">The placeholder, the language or the mail; null: the line says it.</param>
/// <param name="Known">The names that may stand there.</param>
public sealed record MailFault(MailFaultKind Kind, int Line, string? Name = null, string? Known = null)
{
    /// <summary>In English, as for those who write files.</summary>
    public string Sentence => $"line {Line}: " + Kind switch
    {
        MailFaultKind.NoMail => $"there is no mail of this name. Use one of {Known}, such as mails/booked.de.md.",
        MailFaultKind.Language => $"'{Name}' is no language of the portal. Name the file with one of {Known}.",
        MailFaultKind.NoPlaceholder => $"{{{Name}}} is no placeholder of this mail. It knows {Known}.",
        MailFaultKind.NotAlone => $"{{{Name}}} must stand on a line of its own.",
        MailFaultKind.Already => $"{{{Name}}} stands in the built-in mail already. Remove this line, or the line 'extends: yes'.",
        MailFaultKind.InAddress => "a placeholder cannot stand in the address of a link. Write the address out.",
        MailFaultKind.Picture => "a mail loads no picture from elsewhere. Remove it.",
        _ => $"{{{Name}}} is missing. Write it on a line of its own, or write 'extends: yes' between the dashes to keep the "
            + "built-in mail.",
    };
}

[JsonConverter(typeof(JsonStringEnumConverter<MailFaultKind>))]
public enum MailFaultKind
{
    [JsonStringEnumMemberName("no-mail")] NoMail,
    [JsonStringEnumMemberName("language")] Language,
    [JsonStringEnumMemberName("no-placeholder")] NoPlaceholder,
    [JsonStringEnumMemberName("not-alone")] NotAlone,
    [JsonStringEnumMemberName("already")] Already,
    [JsonStringEnumMemberName("in-address")] InAddress,
    [JsonStringEnumMemberName("picture")] Picture,
    [JsonStringEnumMemberName("missing")] Missing,
}

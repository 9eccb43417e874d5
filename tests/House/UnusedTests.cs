using System.Text.Json;
using System.Text.RegularExpressions;
using Aufruf.Domain.Queues;
using Aufruf.Tests.Running;

namespace Aufruf.Tests.House;

/// <summary>A text that no screen shows and a style that no page has are deleted.</summary>
public partial class UnusedTests
{
    private static readonly string Screens = Text("displays/", ".ts", ".html");
    private static readonly string Portal = Text("portal/", ".cs", ".cshtml");
    private static readonly string Mails = Text("hub/Appointments/", ".cs") + Text("hub/Cases/Notices/", ".cs");

    [Fact]
    public void Every_text_of_the_screens_is_shown() => Assert.Empty(
        Unused(KeysOf("displays/shared/texts/de/"), Screens, ScreenTemplate()));

    [Theory]
    [InlineData("de.json")]
    [InlineData("booking.de.json")]
    [InlineData("case.de.json")]
    [InlineData("own.de.json")]
    [InlineData("pay.de.json")]
    [InlineData("mail.de.json")]
    [InlineData("staff.de.json")]
    [InlineData("office.de.json")]
    [InlineData("work.de.json")]
    [InlineData("dispatch.de.json")]
    [InlineData("cash.de.json")]
    [InlineData("people.de.json")]
    [InlineData("provider.de.json")]
    [InlineData("town.de.json")]
    [InlineData("procedure.de.json")]
    public void Every_text_of_the_portal_is_shown(string file) => Assert.Empty(
        Unused(JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllText(Repository.PathOf("portal", "Texts", file)))!.Keys,
            $"{Portal} {Mails} {string.Join(' ', Enum.GetNames<TicketState>().Select(s => $"\"{s.ToLowerInvariant()}\""))}",
            PortalTemplate()));

    [Fact]
    public void Every_class_and_id_in_a_style_sheet_is_in_a_page() => Assert.Empty(
        from file in HouseFiles.All
        where file.StartsWith("displays/", StringComparison.Ordinal) && file.EndsWith(".css", StringComparison.Ordinal)
        from Match rule in Selector().Matches(Comment().Replace(File.ReadAllText(Repository.PathOf(file)), ""))
        from Match name in ClassOrId().Matches(rule.Value)
        where !Regex.IsMatch(Screens + Portal, $@"(?<![\w-]){name.Groups[1].Value}(?![\w-])") && !IsComposed(name.Groups[1].Value)
        select $"{file}: {name.Value}");

    /// <summary>Keys without a literal, a stem of a counted text, or a template such as `desk.state.${mode}`.</summary>
    private static IEnumerable<string> Unused(IEnumerable<string> keys, string source, Regex template)
    {
        var whole = Literal().Matches(source).Select(m => m.Groups[1].Value).ToHashSet();
        var patterns = template.Matches(source).Select(m => m.Groups[1].Value).Where(t => t.Contains('.', StringComparison.Ordinal))
            .Select(t => new Regex($"^{string.Join(@"[\w-]+", Hole().Split(t).Select(Regex.Escape))}$"))
            .Concat(whole.Where(w => w.EndsWith('.')).Select(w => new Regex($@"^{Regex.Escape(w)}[\w-]+$"))).ToArray();
        return keys.Where(key => !whole.Contains(key) && !whole.Contains(CountForm().Replace(key, ""))
            && !patterns.Any(p => p.IsMatch(key)));
    }

    private static IEnumerable<string> KeysOf(string folder) => HouseFiles.All.Where(f => f.StartsWith(folder, StringComparison.Ordinal))
        .SelectMany(HouseFiles.Lines).Select(line => Key().Match(line)).Where(m => m.Success).Select(m => m.Groups[1].Value);

    /// <summary>Written as "fill-{fill}".</summary>
    private static bool IsComposed(string name) => name.IndexOf('-', StringComparison.Ordinal) is > 0 and var dash
        && Portal.Contains($"\"{name[..(dash + 1)]}{{", StringComparison.Ordinal);

    private static string Text(string room, params string[] kinds) => string.Join('\n', HouseFiles.All
        .Where(f => f.StartsWith(room, StringComparison.Ordinal) && kinds.Contains(Path.GetExtension(f))
            && !f.Contains("/texts/", StringComparison.Ordinal))
        .Select(f => File.ReadAllText(Repository.PathOf(f))));

    [GeneratedRegex(@"^  ""([\w.-]+)"":")]
    private static partial Regex Key();

    [GeneratedRegex(@"""([\w.-]+)""")]
    private static partial Regex Literal();

    [GeneratedRegex(@"`([\w.-]+\$\{[^`]*)`")]
    private static partial Regex ScreenTemplate();

    [GeneratedRegex(@"\$""([\w.-]*\{[^""]*)""")]
    private static partial Regex PortalTemplate();

    [GeneratedRegex(@"\$?\{[^}]*\}")]
    private static partial Regex Hole();

    [GeneratedRegex(@"\.(none|one|other)$")]
    private static partial Regex CountForm();

    [GeneratedRegex(@"/\*.*?\*/", RegexOptions.Singleline)]
    private static partial Regex Comment();

    [GeneratedRegex(@"[^{};]+(?=\{)")]
    private static partial Regex Selector();

    [GeneratedRegex(@"[.#]([A-Za-z][\w-]*)")]
    private static partial Regex ClassOrId();
}

using Aufruf.Portal.Content;
using Aufruf.Tests.Running;

namespace Aufruf.Tests.Portal;

public sealed class ContentFolderTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly ListLogger<ContentFolder> _log = new();

    public void Dispose() => _folder.Dispose();

    private ContentFolder Open() => new(_folder.Path, _log);

    private void Write(string file, string text)
    {
        var path = _folder.File(file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    [Fact]
    public void An_editors_change_is_seen_without_a_restart()
    {
        Write("town.de.md", "---\nauthority: alsdorf\ntitle: Stadt Alsdorf\n---\n");
        Write("services/ausweis.de.md", "---\ntitle: Ausweis\nbring: Foto\nbring: alter Ausweis\n---\nText");
        var folder = Open();
        Assert.Equal(("alsdorf", "Ausweis"), (folder.Now.Authority, folder.Now.Service("ausweis")?.In("de").Title));
        Assert.Equal(["Foto", "alter Ausweis"], folder.Now.Service("ausweis")!.In("de").Fields["bring"]);
        Write("services/ausweis.de.md", "---\ntitle: Personalausweis\n---\nAnderer Text");
        Write("services/hund.de.md", "Ohne Felder, mit **Betonung**.");
        Assert.Equal("Personalausweis", folder.Now.Service("ausweis")?.In("de").Title);
        Assert.Equal("<p>Ohne Felder, mit <strong>Betonung</strong>.</p>\n", folder.Now.Service("hund")?.In("de").Html);
        File.Delete(_folder.File("services/hund.de.md"));
        Assert.Null(folder.Now.Service("hund"));
    }

    [Fact]
    public void A_missing_translation_is_the_german_text_and_says_so()
    {
        Write("services/ausweis.de.md", "---\ntitle: Ausweis\n---\n");
        Write("services/ausweis.en.md", "---\ntitle: Identity card\n---\n");
        var service = Open().Now.Service("ausweis")!;
        Assert.Equal(("en", "de", "de"), (service.In("en").Language, service.In("ar").Language, service.In("de-simple").Language));
    }

    [Fact]
    public void Html_and_scripts_of_a_file_are_shown_as_text_and_a_strange_address_is_no_link()
    {
        Write("services/ausweis.de.md", "---\nonline: javascript:alert(1)\n---\n<script>alert(1)</script>\n\n<b onclick=\"x\">Hallo</b>");
        var service = Open().Now.Service("ausweis")!;
        Assert.Null(service.Online);
        Assert.DoesNotContain("<script", service.In("de").Html, StringComparison.Ordinal);
        Assert.DoesNotContain("<b ", service.In("de").Html, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_that_is_away_leaves_the_texts_as_they_were_and_is_named_once_in_the_log()
    {
        Write("town.de.md", "---\nauthority: alsdorf\n---\n");
        var folder = Open();
        Assert.Equal("alsdorf", folder.Now.Authority);
        Directory.Move(_folder.Path, _folder.Path + "-away");
        Assert.Equal(("alsdorf", "alsdorf"), (folder.Now.Authority, folder.Now.Authority));
        Assert.Single(_log.Lines);
        Directory.Move(_folder.Path + "-away", _folder.Path);
        Write("town.de.md", "---\nauthority: eschweiler\n---\n");
        Assert.Equal("eschweiler", folder.Now.Authority);
    }
}

using Aufruf.Domain.Appointments;
using Aufruf.Grains;
using Aufruf.Hub;
using Aufruf.Hub.Appointments;
using Aufruf.Hub.Connectors.Mail;
using Aufruf.Portal.Content;
using Aufruf.Tests.Running;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aufruf.Tests.Hub;

/// <summary>An office writes its own mails in files. A file with a fault never keeps a mail from its citizen.</summary>
public sealed class MailTemplateTests : IDisposable
{
    private const string BuiltIn = "Sie haben Ihren Termin bestätigt. Er steht fest.";

    private readonly TempFolder _folder = new();
    private readonly ListLogger<MailTemplates> _log = new();
    private readonly MailTemplates _templates;
    private readonly NoticeWriter _writer;

    public MailTemplateTests()
    {
        Put("town.de.md", "---\nauthority: town\n---\n");
        var content = new ContentFolder(_folder.Path, NullLogger<ContentFolder>.Instance);
        _templates = new(content, _log);
        _writer = new(new PublicAddress("https://aufruf.example"), content, _templates, new MailOptions());
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_template_takes_the_place_of_the_built_in_words_and_says_where_its_parts_stand()
    {
        Put("mails/booked.de.md", "---\nsubject: Bis {when}\n---\n# Schön\n\nLiebe/r **{name}**, {services} in {minutes}.\n\n"
            + "{links}\n\n{facts}\nSiehe [Anfahrt](https://town.example/weg) und 2 \\* 3.");
        var mail = Write("de", "Anna <i>{code}</i> **Ünal** & Co");
        Assert.Equal("Bis Dienstag, 24. November, 09:00 Uhr", mail.Subject);
        Assert.DoesNotContain(BuiltIn, mail.Text, StringComparison.Ordinal);
        Assert.Contains("Schön\n\nLiebe/r Anna <i>{code}</i> **Ünal** & Co, Ausweis in 20 Minuten.", mail.Text, StringComparison.Ordinal);
        Assert.Contains("Siehe Anfahrt: https://town.example/weg und 2 * 3.", mail.Text, StringComparison.Ordinal);
        Assert.Contains("<strong>Anna &lt;i&gt;{code}&lt;/i&gt; **&#220;nal** &amp; Co</strong>", mail.Html, StringComparison.Ordinal);
        Assert.Contains("<a href=\"https://town.example/weg\">Anfahrt</a> und 2 * 3.", mail.Html, StringComparison.Ordinal);
        Assert.True(mail.Text.IndexOf("/cancel", StringComparison.Ordinal) < mail.Text.IndexOf("Markt 1", StringComparison.Ordinal));
        Assert.Contains("Absender: Bürgeramt, Markt 1.", mail.Text, StringComparison.Ordinal);
        Assert.NotNull(mail.Calendar);
        Assert.Empty(_log.Lines);
    }

    [Fact]
    public void Added_words_stand_in_the_built_in_mail_and_in_german_where_there_is_no_translation()
    {
        Put("mails/booked.de.md", "---\nextends: yes\n---\nBitte klingeln Sie.");
        Put("mails/booked.tr.md", "---\nextends: yes\n---\nLütfen zili çalın.");
        var german = Write("de");
        Assert.Contains($"{BuiltIn}\n\nBitte klingeln Sie.\n\n", german.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("<div lang=\"de\"", german.Html, StringComparison.Ordinal);
        Assert.Contains("Lütfen zili çalın.", Write("tr").Text, StringComparison.Ordinal);
        Assert.Contains("<div lang=\"de\" dir=\"auto\">\n<p>Bitte klingeln Sie.</p>", Write("uk").Html, StringComparison.Ordinal);
    }

    [Fact]
    public void A_whole_mail_without_translation_is_the_built_in_one_in_the_citizens_language()
    {
        Put("mails/booked.de.md", "---\n---\nHallo {name}\n{facts}\n{links}");
        Assert.Contains("Hallo Anna", Write("de").Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Hallo", Write("en").Text, StringComparison.Ordinal);
        Assert.Contains("Anna", Write("en").Text, StringComparison.Ordinal);
    }

    [Fact]
    public void An_offices_own_template_comes_before_that_of_all_offices_and_a_change_counts_at_once()
    {
        Put("mails/booked.de.md", "Alle\n{facts}\n{links}");
        Put("mails/rathaus/booked.de.md", "Rathaus\n{facts}\n{links}");
        Put("mails/annahaus/booked.de.md", "Annahaus\n{facts}\n{links}");
        Assert.Contains("Rathaus\n", Write("de").Text, StringComparison.Ordinal);
        File.Delete(_folder.File("mails/rathaus/booked.de.md"));
        Assert.Contains("Alle\n", Write("de").Text, StringComparison.Ordinal);
        Put("mails/booked.de.md", "Alle gemeinsam\n{facts}\n{links}");
        Assert.Contains("Alle gemeinsam\n", Write("de").Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("booked.de.md", "---\nsubject: {wen}\n---\n{facts}\n{links}", "line 2: {wen} is no placeholder of this mail.")]
    [InlineData("booked.de.md", "Hallo\n{facts}", "line 2: {links} is missing. Write it on a line of its own")]
    [InlineData("booked.de.md", "Hallo\n\nHier: {facts}\n{links}", "line 3: {facts} must stand on a line of its own.")]
    [InlineData("booked.de.md", "---\nextends: yes\n---\n{facts}", "line 4: {facts} stands in the built-in mail already.")]
    [InlineData("booked.de.md", "[x](https://a.example/{code})\n{facts}\n{links}", "line 1: a placeholder cannot stand in the address")]
    [InlineData("booked.de.md", "![x](https://a.example/)\n{facts}\n{links}", "line 1: a mail loads no picture from elsewhere.")]
    [InlineData("confirm.de.md", "{name}\n{facts}\n{confirm}", "line 1: {name} is no placeholder of this mail.")]
    [InlineData("boked.de.md", "", "line 1: there is no mail of this name. Use one of confirm, booked,")]
    [InlineData("booked.fr.md", "{facts}\n{links}", "line 1: 'fr' is no language of the portal.")]
    public void A_fault_is_said_once_with_its_line_and_a_remedy_and_the_built_in_mail_is_sent(string file, string text, string fault)
    {
        Put($"mails/{file}", text);
        Assert.Contains(BuiltIn, Write("de").Text, StringComparison.Ordinal);
        Assert.Contains(BuiltIn, Write("de").Text, StringComparison.Ordinal);
        var line = Assert.Single(_log.Lines, said => said.Contains(fault, StringComparison.Ordinal));
        Assert.StartsWith($"mails/{file}, line", line, StringComparison.Ordinal);
        Assert.EndsWith("The built-in mail is sent", line, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_kind_of_mail_has_a_template_of_its_own_name_and_every_writer_asks_for_it()
    {
        string[] names = [.. Enum.GetValues<NoticeKind>().Select(MailTemplate.NameOf), .. Enum.GetValues<WishMail>()
            .Select(MailTemplate.NameOf), MailTemplate.Invited, MailTemplate.PlanOffer];
        Assert.Distinct(names);
        Assert.All(names, name => Assert.True(MailTemplate.Has(name), $"{name} has no form in MailTemplate."));
        Assert.Equal(names.Order(StringComparer.Ordinal), MailTemplate.Names.Split(", ").Order(StringComparer.Ordinal));
        var readme = File.ReadAllText(Repository.PathOf("hub", "README.md"));
        Assert.All(names, name => Assert.Contains($"`{name}`", readme, StringComparison.Ordinal));
        Assert.Empty(from file in Directory.GetFiles(Repository.PathOf("hub", "Appointments"), "*.cs")
                     let text = File.ReadAllText(file)
                     where text.Contains("new MailBody(", StringComparison.Ordinal)
                         && !text.Contains("templates.Find(", StringComparison.Ordinal)
                     select Path.GetFileName(file));
    }

    [Fact]
    public void A_wish_has_the_offices_words_too_and_always_the_links_that_answer_and_stop()
    {
        Put("mails/wish-offer.de.md",
            "---\nsubject: Frei {when}\n---\nHallo {name}, {office} hält {services} frei bis {until}.\n\n{facts}\n{links}");
        Put("mails/wish-ended.de.md", "---\nextends: yes\n---\nRufen Sie uns gern an.");
        var writer = new WishWriter(new PublicAddress("https://aufruf.example"), _templates, new MailOptions());
        var offer = writer.Write(WishMail.Offer, Wish("de"), new("Anna", "anna@example.org"), "c0de");
        Assert.Equal("Frei Dienstag, 24. November, 09:00 Uhr", offer.Subject);
        Assert.Contains("Hallo Anna, Bürgeramt hält Ausweis frei bis Dienstag, 24. November, 09:00 Uhr.", offer.Text,
            StringComparison.Ordinal);
        Assert.Contains($"https://aufruf.example/w/town/{Wish("de").Id}/c0de/stop?lang=de", offer.Text, StringComparison.Ordinal);
        Assert.Contains("Rufen Sie uns gern an.", writer.Write(WishMail.Ended, Wish("uk"), new("Anna", "a@b.example"), "c0de").Text,
            StringComparison.Ordinal);
        Assert.DoesNotContain("Hallo", writer.Write(WishMail.Offer, Wish("en"), new("Anna", "a@b.example"), "c0de").Text,
            StringComparison.Ordinal);
        Put("mails/wish-offer.de.md", "Hallo\n{facts}");
        Assert.DoesNotContain("Hallo", writer.Write(WishMail.Offer, Wish("de"), new("Anna", "a@b.example"), "c0de").Text,
            StringComparison.Ordinal);
        Assert.Single(_log.Lines, said => said.Contains("{links} is missing", StringComparison.Ordinal));
    }

    private static Aufruf.Contracts.WishView Wish(string language)
    {
        var office = new Aufruf.Contracts.WishOffice(
            "town.rathaus", SmallOffice.Both("Bürgeramt", "Citizens’ office"), "Markt 1", "Europe/Berlin");
        return new(SmallOffice.Nine, "town", "Europe/Berlin", new(Id.Value),
            [new(SmallOffice.Passport, SmallOffice.Both("Ausweis", "Passport"), 1)], AppointmentKind.AtCounter, [office], [],
            SmallOffice.Day, SmallOffice.Day, language, default, null, SmallOffice.Nine.AddDays(1),
            [new(1, office, SmallOffice.Nine.AddDays(1), 20, SmallOffice.Nine.AddDays(1), default)], null);
    }

    private PlainMail Write(string language, string name = "Anna") => _writer.Write(new(NoticeKind.Booked,
        new(SmallOffice.Nine, CalendarWeekKey.Of(SmallOffice.Office, "service", SmallOffice.Day), Id, Id, "abcd2345efgh", "town.rathaus",
            SmallOffice.Both("Bürgeramt", "Citizens’ office"), "Markt 1", "Europe/Berlin", ["de"], SmallOffice.Nine.AddDays(1), 20,
            [new(SmallOffice.Passport, SmallOffice.Both("Ausweis", "Passport"), 1)], AppointmentKind.AtCounter, language,
            AppointmentState.Confirmed, null, null, new(name, "anna@example.org"), 0, null, null), Channel.Public));

    private static readonly AppointmentId Id = new(Guid.Parse("0193579a-51c0-7000-8000-00000000002a"));

    private void Put(string file, string text)
    {
        var path = _folder.File(file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}

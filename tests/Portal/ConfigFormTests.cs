using Aufruf.Contracts;
using System.Text.Json.Nodes;
using Aufruf.Hub.Offices;
using Aufruf.Portal.Administration;
using Aufruf.Portal.Texts;
using Aufruf.Tests.Running;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Aufruf.Tests.Portal;

/// <summary>The forms of the administration are made of the schema of an office file, and change nothing by themselves.</summary>
public class ConfigFormTests
{
    private static readonly SchemaPart Schema = SchemaPart.Root(OfficeFile.SchemaText);

    public static TheoryData<string> Offices => ["alsdorf.rathaus.json", "with-hours/alsdorf.rathaus.json"];

    [Theory]
    [InlineData("de")]
    [InlineData("en")]
    public void Every_part_and_every_choice_of_the_schema_has_a_label(string language)
    {
        var (texts, words) = (PortalTexts.ForStaff([language]), new ConfigWords(PortalTexts.ForStaff([language]), Schema));
        var parts = PartsOf(Schema, []).ToList();
        Assert.True(parts.Count > 100, $"{parts.Count} parts are found.");
        Assert.Empty(parts.Where(part => texts.Find($"conf.{part.Owner.Name}.{part.Name}") is null
            && texts.Find($"conf.{part.Name}") is null)
            .Select(part => $"conf.{part.Owner.Name}.{part.Name}"));
        Assert.Empty(parts.SelectMany(part => new[] { part.Part, part.Part.Items, part.Part.Values }.OfType<SchemaPart>())
            .SelectMany(part => part.Options).Where(option => texts.Find($"conf.option.{option}") is null).Distinct());
        Assert.Empty(parts.Where(part => part.Part.Type is "string" or "integer" or "number" && part.Part.Options.Count == 0
            && words.Hint(part.Owner, part.Name, part.Part) is null).Select(part => $"{part.Owner.Name}.{part.Name} has no hint"));
    }

    [Theory]
    [InlineData("de")]
    [InlineData("en")]
    public void Every_label_belongs_to_a_part_of_the_schema(string language)
    {
        string[] others = ["form", "fault", "option", "language"];
        var parts = PartsOf(Schema, []).SelectMany(part => new[] { part.Name, $"{part.Owner.Name}.{part.Name}" }).ToHashSet();
        Assert.DoesNotContain(PortalTexts.ForStaff([language]).Keys.Where(key => key.StartsWith("conf.", StringComparison.Ordinal)),
            key => key.Count(c => c == '.') > 1 && !others.Contains(key.Split('.')[1])
                && !parts.Contains(key[5..].Replace(".hint", "", StringComparison.Ordinal)));
    }

    [Theory, MemberData(nameof(Offices))]
    public void A_form_that_is_sent_back_unchanged_changes_nothing_at_any_place(string file)
    {
        var text = ConfigPlace.Write(Demo(file));
        var places = 0;
        foreach (var at in PlacesIn(Demo(file)))
        {
            var place = ConfigPlace.Find(Demo(file), Schema, at);
            Assert.NotNull(place);
            new ConfigInput(Sent(FormOf(place))).Into(place, idIsFixed: false);
            Assert.Equal(text, ConfigPlace.Write(place.Root));
            places++;
        }

        Assert.True(places > 20, $"{places} places are found.");
    }

    [Theory, MemberData(nameof(Offices))]
    public void A_form_of_which_half_arrives_keeps_the_other_half(string file)
    {
        var text = ConfigPlace.Write(Demo(file));
        foreach (var at in PlacesIn(Demo(file)))
        {
            foreach (var half in (int[])[0, 1])
            {
                var place = ConfigPlace.Find(Demo(file), Schema, at)!;
                // A list arrives whole or not at all: its hidden field stands before its boxes.
                var sent = Sent(FormOf(place)).Where((field, i) => i % 2 == half && !field.Key.Contains(':', StringComparison.Ordinal));
                new ConfigInput(new FormCollection(sent.ToDictionary())).Into(place, idIsFixed: false);
                Assert.Equal(text, ConfigPlace.Write(place.Root));
            }
        }
    }

    [Theory]
    [InlineData("usualMinutes", "zehn", "\"zehn\"")]
    [InlineData("usualMinutes", " 12 ", "12")]
    [InlineData("usualMinutes", "99999999999999999999", "\"99999999999999999999\"")]
    [InlineData("letter", "ß", "\"ß\"")]
    [InlineData("dailyCap", "", null)]
    [InlineData("icon", "car", "\"car\"")]
    [InlineData("name/tr", "Kimlik", "{\"de\":\"Ausweis und Pass\",\"en\":\"Identity card and passport\",\"tr\":\"Kimlik\"}")]
    public void A_value_is_kept_as_it_was_entered_also_a_wrong_one(string field, string entered, string? kept)
    {
        var place = ConfigPlace.Find(Demo("alsdorf.rathaus.json"), Schema, "areas/0/services/0")!;
        new ConfigInput(new FormCollection(new() { [field] = entered })).Into(place, idIsFixed: true);
        Assert.Equal(kept, place.Node[field.Split('/')[0]]?.ToJsonString(
            new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }));
    }

    [Fact]
    public void A_wrong_value_stands_in_its_field_with_a_sentence_in_the_readers_language()
    {
        var root = Demo("alsdorf.rathaus.json");
        root["areas"]![0]!["services"]![0]!["usualMinutes"] = "zehn";
        root["areas"]![0]!["services"]![0]!.AsObject().Remove("letter");
        var form = FormOf(ConfigPlace.Find(root, Schema, "areas/0/services/0")!);
        var minutes = Assert.Single(form.Fields, field => field.Name == "usualMinutes");
        Assert.Equal("zehn", minutes.Value);
        Assert.EndsWith("Übliche Dauer in Minuten: passt nicht. Erwartet: Ganze Zahl von 1 bis 240.", Assert.Single(minutes.Faults).Text,
            StringComparison.Ordinal);
        var letter = Assert.Single(form.Fields, field => field.Name == "letter");
        Assert.EndsWith("Buchstabe der Nummern: fehlt.", Assert.Single(letter.Faults).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("de", "„nirgends“ ist kein Anliegen des Wartebereichs „erdgeschoss“; möglich sind: ")]
    [InlineData("en", "'nirgends' is not a service of area 'erdgeschoss'; expected one of ")]
    public void A_broken_rule_is_said_in_the_readers_language(string language, string sentence)
    {
        var root = Demo("alsdorf.rathaus.json");
        root["areas"]![0]!["counters"]![0]!["services"]![0] = "nirgends";
        var fault = Assert.Single(OfficeFile.Check(ConfigPlace.Write(root)).Faults);
        Assert.Contains(sentence, new ConfigWords(PortalTexts.ForStaff([language]), Schema).Of(fault, root).Text, StringComparison.Ordinal);
        Assert.StartsWith("'nirgends' is not a service", fault.Sentence, StringComparison.Ordinal); // Files and logs speak English.
    }

    [Fact]
    public void Rows_are_added_removed_and_moved_and_a_new_one_has_a_page_of_its_own()
    {
        var root = Demo("alsdorf.rathaus.json");
        var area = ConfigPlace.Find(root, Schema, "areas/0")!;
        Assert.Equal("areas/0/services/6", ConfigRows.Change(area, "add:services"));
        Assert.NotNull(ConfigPlace.Find(root, Schema, "areas/0/services/6"));
        Assert.Null(ConfigRows.Change(area, "up:services/1"));
        Assert.Equal("abholung", (string?)root["areas"]![0]!["services"]![0]!["id"]);
        ConfigRows.Change(area, "down:services/0");
        ConfigRows.Change(area, "remove:services/6");
        ConfigRows.Change(ConfigPlace.Find(root, Schema, "areas/0/boards/0")!, "add:notes");
        Assert.Equal(3, root["areas"]![0]!["boards"]![0]!["notes"]!.AsArray().Count);
        Assert.Equal("hours", ConfigRows.Change(ConfigPlace.Find(root, Schema, "")!, "add:hours"));
        ConfigRows.Change(ConfigPlace.Find(root, Schema, "")!, "remove:hours");
        ConfigRows.Change(ConfigPlace.Find(root, Schema, "areas/0/boards/0")!, "remove:notes/2");
        Assert.Equal(ConfigPlace.Write(Demo("alsdorf.rathaus.json")), ConfigPlace.Write(root));
        foreach (var odd in (string?[])[null, "", "save", "up:", "up:services/0",
            "down:services/5", "remove:services/99", "add:none/x", "x:y"])
        {
            ConfigRows.Change(area, odd);
        }

        Assert.Equal(ConfigPlace.Write(Demo("alsdorf.rathaus.json")), ConfigPlace.Write(root));
    }

    private static ConfigForm FormOf(ConfigPlace place)
    {
        var words = new ConfigWords(PortalTexts.ForStaff(["de"]), Schema);
        return new(place, words, new(place, [], "de"), OfficeFile.Check(ConfigPlace.Write(place.Root)).Faults, idIsFixed: false);
    }

    /// <summary>The fields that a browser sends of this form.</summary>
    private static FormCollection Sent(ConfigForm form)
    {
        var sent = new Dictionary<string, StringValues>();
        void Add(ConfigField field)
        {
            switch (field.Kind)
            {
                case FieldKind.Checks:
                    sent[ConfigInput.Shown + field.Name] = "1";
                    if (field.Options.Any(option => option.IsChosen))
                    {
                        sent[field.Name] = field.Options.Where(option => option.IsChosen).Select(option => option.Value).ToArray();
                    }

                    break;
                case FieldKind.Rows:
                    sent[ConfigInput.Shown + field.Name] = $"{field.Children.Count}";
                    break;
                case FieldKind.Text or FieldKind.Prose or FieldKind.Date:
                    sent[field.Name] = field.Value.Replace("\n", "\r\n", StringComparison.Ordinal);
                    break;
                case FieldKind.Choice:
                    sent[field.Name] = field.Options.Single(option => option.IsChosen).Value;
                    break;
            }

            if (field.Kind is FieldKind.Group or FieldKind.Rows)
            {
                field.Children.Concat(field.More).ToList().ForEach(Add);
            }
        }

        form.Fields.ToList().ForEach(Add);
        return new(sent);
    }

    private static JsonObject Demo(string file) => OfficeDraftText.Read(OfficeForm.Write(OfficeFile.Parse(file,
        File.ReadAllBytes(Repository.PathOf(["hub", "demo", .. file.Split('/')]))).Office!))!;

    private static IEnumerable<string> PlacesIn(JsonObject root) => PlacesIn(root, Schema, "");

    private static IEnumerable<string> PlacesIn(JsonNode node, SchemaPart part, string at) =>
    [
        at,
        .. from inner in part.Parts
           where inner.Part.HasOwnPage && node[inner.Name] is not null
           let here = at.Length == 0 ? inner.Name : $"{at}/{inner.Name}"
           from place in inner.Part.IsListOfPages
               ? node[inner.Name]!.AsArray().SelectMany((row, i) => PlacesIn(row!, inner.Part.Items!, $"{here}/{i}"))
               : PlacesIn(node[inner.Name]!, inner.Part, here)
           select place,
    ];

    private static IEnumerable<(SchemaPart Owner, string Name, SchemaPart Part)> PartsOf(SchemaPart owner, HashSet<string> seen) =>
        !seen.Add(owner.Name) ? [] : owner.Parts.SelectMany(part => PartsOf(part.Part.Items ?? part.Part, seen)
            .Prepend((owner, part.Name, part.Part)));
}

using System.Text;
using Aufruf.Edge;
using Aufruf.Edge.Protocol;
using CsCheck;

namespace Aufruf.Tests.Edge;

public sealed class EscPosTests
{
    private static readonly PrinterProfile Profile = new("test");

    private static byte[] Job(Slip? slip = null) => new SlipLayout(Profile).Bytes(slip ?? Device.Slip(), "0001"u8);

    private static PrintedSlip? Print(IEnumerable<byte[]> chunks)
    {
        var tokenizer = new EscPosTokenizer();
        var page = new EscPosPage();
        PrintedSlip? slip = null;
        foreach (var token in chunks.SelectMany(c => tokenizer.Feed(c)))
        {
            slip = page.Take(token) ?? slip;
        }

        Assert.Empty(page.Odd);
        return slip;
    }

    [Fact]
    public void A_slip_says_office_service_number_area_and_how_many_are_ahead()
    {
        var text = Print([Job()])?.Text ?? "";
        foreach (var words in new[] { "Rathaus Alsdorf", "Ausweis und Pass", "Ihre Nummer", "A042", "Erdgeschoss", "Vor Ihnen: 4",
            "Wartezeit auf dem Handy", "23.11.2026  10:15 Uhr", "[QR https://aufruf.example/t/7Q3F]" })
        {
            Assert.Contains(words, text, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("KOPIE", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_slip_that_may_have_been_printed_before_says_copy() =>
        Assert.Contains("KOPIE", Print([Job(Device.Slip(copy: true))])?.Text, StringComparison.Ordinal);

    [Fact]
    public void An_english_slip_has_english_words() =>
        Assert.Contains("Ahead of you: 4", Print([Job(Device.Slip() with { Language = "en" })])?.Text, StringComparison.Ordinal);

    [Fact]
    public void A_slip_of_an_appointment_has_the_booked_time()
    {
        var booked = new DateTimeOffset(2026, 11, 23, 9, 10, 0, TimeSpan.FromHours(1));
        Assert.Contains("Ihr Termin: 09:10 Uhr", Print([Job(Device.Slip() with { Booked = booked })])?.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Ihr Termin", Print([Job()])?.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_network_may_chunk_a_job_anywhere()
    {
        var job = Job();
        var whole = Print([job])?.Text;
        Gen.Int[1, job.Length - 1].Array[0, 12].Sample(cuts =>
        {
            var bounds = cuts.Append(0).Append(job.Length).Distinct().Order().ToList();
            Assert.Equal(whole, Print(bounds.Zip(bounds.Skip(1), (a, b) => job[a..b]))?.Text);
        });
    }

    [Fact]
    public void Any_bytes_at_all_do_not_break_the_tokenizer_and_their_chunking_does_not_matter() =>
        Gen.Select(Gen.Byte.Array[0, 200], Gen.Int[0, 200]).Sample((bytes, cut) =>
        {
            var whole = new EscPosTokenizer().Feed(bytes);
            var parts = new EscPosTokenizer();
            var at = Math.Min(cut, bytes.Length);
            static string Names(IEnumerable<EscPosToken> tokens) =>
                string.Join(' ', tokens.Select(t => t.Op is EscPosOp.Text ? "" : $"{t.Op}:{Convert.ToHexString(t.Data)}")
                    .Where(t => t.Length > 0));
            Assert.Equal(Names(whole), Names(parts.Feed(bytes.AsSpan(0, at)).Concat(parts.Feed(bytes.AsSpan(at)))));
        });

    [Fact]
    public void German_letters_and_the_euro_sign_have_their_place_in_code_page_858() =>
        Assert.Equal("84 94 81 8E 99 9A E1 D5", string.Join(' ', Cp858.Bytes("äöüÄÖÜß€").Select(b => b.ToString("X2", null))));

    [Fact]
    public void What_the_code_page_lacks_is_written_as_people_write_without_it()
    {
        Assert.Equal("STRASSE \"so\" Sisli 'x' - ...", Cp858.Text(Cp858.Bytes("STRAẞE „so“ Şişli ‚x‘ – …")));
        Assert.Equal("?", Cp858.Text(Cp858.Bytes("日")));
        Assert.True(Cp858.Lacks("日"));
        Assert.Equal("Büro · 1", Cp858.Text(Cp858.Bytes("Bu\u0308ro · 1")));
        Assert.Equal("Kadioglu RN ODz", Cp858.Text(Cp858.Bytes("Kadıoğlu ŘŇ ŐĐẑ")));
    }

    // The Latin letters of DIN 91379, group "bll". The others of the standard stand between U+00C0 and U+017F.
    private const string Letters = "ƏƗƠơƯưƷǍǎǏǐǑǒǓǔǕǖǗǘǙǚǛǜǞǟǢǣǤǥǦǧǨǩǪǫǬǭǮǯǰǴǵǸǹǺǻǼǽǾǿȒȓȘșȚțȞȟȧȨȩȪȫȬȭȮȯȰȱȲȳəɨʒ"
        + "ḂḃḆḇḊḋḌḍḎḏḐḑḜḝḞḟḠḡḢḣḤḥḦḧḨḩḪḫḯḰḱḲḳḴḵḶḷḺḻṀṁṂṃṄṅṆṇṈṉṒṓṔṕṖṗṘṙṚṛṞṟṠṡṢṣṪṫṬṭṮṯẀẁẂẃẄẅẆẇẌẍẎẏẐẑẒẓẔẕẖẗẘẙẞ"
        + "ẠạẢảẤấẦầẨẩẪẫẬậẮắẰằẲẳẴẵẶặẸẹẺẻẼẽẾếỀềỂểỄễỆệỈỉỊịỌọỎỏỐốỒồỔổỖỗỘộỚớỜờỞởỠỡỢợỤụỦủỨứỪừỬửỮữỰựỲỳỴỵỶỷỸỹ";

    [Fact]
    public void No_latin_letter_of_a_name_becomes_a_question_mark()
    {
        var letters = Enumerable.Range(0xC0, 0xC0).Select(code => (char)code).Concat(Letters).Select(c => $"{c}")
            .Concat(["A̋", "C̀", "C̄", "K͟h", "M̂", "z̄", "ç̆"]);
        Assert.Equal([], letters.Where(Cp858.Lacks));
        Assert.All(letters, letter => Assert.DoesNotContain("?", Cp858.Text(Cp858.Bytes(letter)), StringComparison.Ordinal));
    }

    [Fact]
    public void A_printer_that_begins_with_chinese_characters_prints_umlauts_all_the_same()
    {
        var page = new EscPosPage(chinese: true);
        var slip = new EscPosTokenizer().Feed(Job(Device.Slip() with { Area = "Büro für Pässe" })).Select(page.Take).OfType<PrintedSlip>();
        Assert.Contains("Büro für Pässe", Assert.Single(slip).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_slip_that_cannot_show_a_letter_or_its_code_says_so()
    {
        var layout = new SlipLayout(Profile with { Dots = 384 });
        Assert.Null(layout.Shortcoming(Device.Slip()));
        Assert.Equal("letters-replaced", layout.Shortcoming(Device.Slip() with { Service = "护照" }));
        Assert.Equal("letters-replaced", layout.Shortcoming(Device.Slip() with { Service = "جواز سفر" }));
        Assert.Equal("code-too-large", layout.Shortcoming(Device.Slip() with { StatusUrl = new string('x', 600) }));
    }

    [Theory]
    [InlineData(384, "Паспорт")]
    [InlineData(576, "Διαβατήριο και ταυτότητα")]
    [InlineData(384, "Посвідка на проживання – Ґ, Ї, Є, ř")]
    [InlineData(384, "Εξουσιοδότησηγιατηνπαραλαβή")]
    public void Cyrillic_and_Greek_are_printed_as_pictures_within_the_paper(int dots, string service)
    {
        var (slip, plain) = (Printed(dots, Device.Slip() with { Service = service }), Printed(dots, Device.Slip() with { Service = "?" }));
        var drawn = slip.Marks.OfType<PaperMark.Raster>().ToList();
        Assert.NotEmpty(drawn);
        Assert.All(drawn, line => Assert.InRange(line.BytesPerRow * 8, 1, dots));
        Assert.All(drawn, line => Assert.InRange(line.Bits.Sum(b => System.Numerics.BitOperations.PopCount(b)), 300, 20_000));
        Assert.DoesNotContain("?", slip.Text, StringComparison.Ordinal);
        Assert.Null(new SlipLayout(Profile with { Dots = dots }).Shortcoming(Device.Slip() with { Service = service }));
        Assert.Empty(plain.Marks.OfType<PaperMark.Raster>()); // All others stay letters, which the printer draws faster and sharper.
    }

    [Fact]
    public void A_word_that_is_wider_than_the_paper_is_broken_with_a_hyphen() =>
        Assert.Contains("Aufenthaltsermä-\nchtigungen", string.Join('\n', Lines(384,
            Device.Slip() with { Service = "Aufenthaltsermächtigungen" })), StringComparison.Ordinal);

    private static string[] Lines(int dots, Slip slip) => Printed(dots, slip).Text.Split('\n');

    private static PrintedSlip Printed(int dots, Slip slip)
    {
        var page = new EscPosPage(dots);
        return new EscPosTokenizer().Feed(new SlipLayout(Profile with { Dots = dots }).Bytes(slip, "0001"u8)).Select(page.Take)
            .OfType<PrintedSlip>().Single();
    }

    [Fact]
    public void The_code_on_a_slip_fits_paper_of_58_and_80_mm_however_long_its_address_is()
    {
        foreach (var (dots, longest) in new[] { (384, 504), (576, 1264) })
        {
            foreach (var length in new[] { 30, 70, 84, 85, 152, 181, 251, 400, longest })
            {
                var url = "https://" + new string('a', length - 8);
                Assert.Contains($"[QR {url}]", Lines(dots, Device.Slip() with { StatusUrl = url }));
            }

            Assert.DoesNotContain(Lines(dots, Device.Slip() with { StatusUrl = new string('a', longest + 1) }),
                line => line.StartsWith("[QR", StringComparison.Ordinal));
        }

        var page = new EscPosPage(384);
        Assert.All(new EscPosTokenizer().Feed(new EscPos().Qr(new string('a', 180), 7).ToArray()), token => page.Take(token));
        Assert.Contains("427 dots does not fit 384", Assert.Single(page.Odd), StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_cannot_smuggle_a_command_into_the_printer()
    {
        var slip = Print([Job(Device.Slip() with { Area = "Saal\u001DVA\n\u0010\u0004\u0001" })]);
        Assert.Contains("Saal VA", slip?.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new byte[] { 0x12, 0x12, 0x12, 0x12 }, PrinterCondition.Ready)]
    [InlineData(new byte[] { 0x12, 0x12, 0x12, 0x1E }, PrinterCondition.NearEnd)]
    [InlineData(new byte[] { 0x1A, 0x32, 0x12, 0x7E }, PrinterCondition.PaperOut)]
    [InlineData(new byte[] { 0x1A, 0x16, 0x12, 0x12 }, PrinterCondition.CoverOpen)]
    [InlineData(new byte[] { 0x1A, 0x52, 0x1A, 0x12 }, PrinterCondition.CutterError)]
    public void The_four_answers_of_a_printer_give_its_condition(byte[] answers, PrinterCondition condition)
    {
        var printer = new PrinterAnswers();
        printer.Asked();
        Assert.Equal(PrinterCondition.Unknown, printer.Condition);
        printer.Take(answers);
        Assert.Equal(condition, printer.Condition);
    }

    [Fact]
    public void Confirmations_and_automatic_status_are_told_apart_byte_by_byte()
    {
        var printer = new PrinterAnswers();
        List<string?> confirmed = [];
        printer.Confirmed += confirmed.Add;
        foreach (var value in (byte[])[0x18, 0x00, 0x0C, 0x00, 0x37, 0x22, .. "0042"u8, 0x00, 0x10, 0x00, 0x00, 0x00])
        {
            printer.Take([value]);
        }

        Assert.Equal(["0042"], confirmed);
        Assert.Equal(PrinterCondition.Ready, printer.Condition);
    }

    [Fact]
    public void Every_number_fits_the_paper()
    {
        foreach (var (dots, number) in new[] { (576, "A042"), (384, "A042"), (576, "AB1042"), (384, "7") })
        {
            var job = new SlipLayout(Profile with { Dots = dots }).Bytes(Device.Slip(number), "0001"u8);
            var lines = Print([job])?.Marks.OfType<PaperMark.Line>().Select(l => l.Runs.Sum(r => r.Text.Length * r.Width * 12)) ?? [];
            Assert.All(lines, width => Assert.InRange(width, 1, dots));
            Assert.Contains(number, Encoding.ASCII.GetString(job), StringComparison.Ordinal);
        }
    }
}

using Aufruf.Domain;
using Aufruf.Domain.Cases;
using Aufruf.Tests.Running;

namespace Aufruf.Tests.Domain.Cases;

/// <summary>A file is what its content is. Its name is a word for people.</summary>
public sealed class FileKindTests
{
    [Fact]
    public void Each_type_is_known_by_its_content_and_a_half_copied_file_is_broken()
    {
        Assert.Equal((FileKind.Pdf, null), FileKind.Of(SampleFiles.Pdf));
        Assert.Equal((FileKind.Jpeg, null), FileKind.Of(SampleFiles.Jpeg));
        Assert.Equal((FileKind.Png, null), FileKind.Of(SampleFiles.Png));
        Assert.All([SampleFiles.Pdf, SampleFiles.Jpeg, SampleFiles.Png],
            whole => Assert.Equal((null, Refusal.FileBroken), FileKind.Of(SampleFiles.HalfOf(whole))));
        Assert.Equal((null, Refusal.FileHeic), FileKind.Of(SampleFiles.Heic));
        Assert.Equal((null, Refusal.FileUnsupported), FileKind.Of("<svg onload='alert(1)'>"u8));
        Assert.Equal((null, Refusal.FileBroken), FileKind.Of([]));
    }

    [Fact]
    public void Any_beginning_of_a_file_is_whole_or_refused_and_never_a_failure()
    {
        foreach (var whole in (byte[][])[SampleFiles.Pdf, SampleFiles.Jpeg, SampleFiles.Png, SampleFiles.Heic])
        {
            Assert.All(Enumerable.Range(0, whole.Length), length =>
            {
                var (mime, refusal) = FileKind.Of(whole.AsSpan(0, length));
                Assert.True(mime is null != refusal is null);
            });
        }
    }

    [Theory]
    [InlineData("Nachweis.pdf", "Nachweis.pdf")]
    [InlineData("C:\\Users\\anna\\Nachweis.PDF", "Nachweis.pdf")]
    [InlineData("../../etc/passwd", "passwd.pdf")]
    [InlineData("Foto.jpg", "Foto.pdf")]
    [InlineData("Bescheid vom 3.4", "Bescheid vom 3.4.pdf")]
    [InlineData("a\u0000b\r\nc\u202Egpj.pdf", "abcgpj.pdf")]
    [InlineData("\"a;b\".pdf", "ab.pdf")]
    [InlineData("...", "file.pdf")]
    [InlineData("", "file.pdf")]
    [InlineData("Bescheinigung für Zoë.pdf", "Bescheinigung für Zoë.pdf")]
    public void A_name_has_neither_path_nor_hidden_signs_and_ends_as_its_type(string sent, string kept) =>
        Assert.Equal(kept, FileAnswer.Clean(sent, FileKind.Pdf));

    [Fact]
    public void A_file_fits_into_its_field_and_all_files_into_the_application()
    {
        const long mib = 1024 * 1024;
        var four = Enumerable.Repeat(new FileAnswer("h", 10 * mib, FileKind.Pdf, "a.pdf"), 4).ToList();
        Assert.Null(FileAnswer.WhyNot(10 * mib, 10, four));
        Assert.Equal(Refusal.FilesTooLarge, FileAnswer.WhyNot(1, 10, [.. four, four[0]]));
        Assert.Equal(Refusal.FileTooLarge, FileAnswer.WhyNot((2 * mib) + 1, 2, []));
        Assert.Equal(Refusal.FileTooLarge, FileAnswer.WhyNot((10 * mib) + 1, 30, [])); // No field takes more.
    }

    [Fact]
    public void A_long_name_is_cut_and_an_answer_is_read_back()
    {
        var file = new FileAnswer(new('a', 64), 17, FileKind.Jpeg, FileAnswer.Clean(new string('ä', 900) + ".jpeg", FileKind.Jpeg));
        Assert.Equal(FileAnswer.LongestName + ".jpeg".Length, file.Name.Length);
        Assert.Equal(file, FileAnswer.Parse(file.ToString()));
        Assert.Null(FileAnswer.Parse("none"));
    }
}

using Aufruf.Hub.Running;
using Aufruf.Tests.Running;

namespace Aufruf.Tests.Hub.Cases;

/// <summary>"procedures check" says line and remedy, and changes nothing.</summary>
public sealed class ProceduresCommandTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private static (int Code, string Words) Run(params string[] words)
    {
        using var output = new StringWriter();
        var code = ProceduresCommand.Run([.. words, $"--Hub:Procedures={Repository.PathOf("hub", "procedures")}"], TimeProvider.System,
            output);
        return (code, output.ToString());
    }

    [Fact]
    public void All_procedures_of_the_house_are_in_order_and_the_seeds_of_their_citizens_are_said()
    {
        var (code, words) = Run("check");
        Assert.Equal((0, 12), (code, words.Split("is in order").Length - 1));
        Assert.Contains("200 citizens came through, seeds 1 to 200.", words, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_beside_its_own_library_is_checked_too()
    {
        var (code, words) = Run("check", Repository.PathOf("tests", "Domain", "Cases", "Procedures", "resident-parking.json"),
            "--seed", "500");
        Assert.Equal(0, code);
        Assert.Contains("seeds 500 to 699.", words, StringComparison.Ordinal);
    }

    [Fact]
    public void A_fault_has_its_line_and_a_remedy_and_the_others_are_checked_all_the_same()
    {
        var good = File.ReadAllText(Repository.PathOf("hub", "procedures", "dog-registration.json"));
        var wrong = _folder.Write("wrong.json", good.Replace("\"large or dangerous\"", "\"large or later\"", StringComparison.Ordinal));
        var right = _folder.Write("right.json", good);
        var (code, words) = Run("check", wrong, right);
        Assert.Equal(1, code);
        Assert.Matches(@"wrong\.json, line \d+: tasks\[1\]\.if: .+\. .+\.", words);
        Assert.Contains("right.json: is in order.", words, StringComparison.Ordinal);
    }

    [Fact]
    public void Other_words_are_answered_with_the_usage()
    {
        Assert.Equal(2, Run("chekc").Code);
        Assert.Equal(2, Run("check", "no-such.json").Code);
    }
}

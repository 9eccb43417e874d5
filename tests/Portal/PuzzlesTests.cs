using System.Globalization;
using System.Text;
using Aufruf.Portal.Web;
using Aufruf.Tests.Running;

namespace Aufruf.Tests.Portal;

/// <summary>A puzzle is solved once, in its time, where it was given.</summary>
public class PuzzlesTests
{
    private readonly WallClock _clock = new();
    private readonly Puzzles _puzzles;

    public PuzzlesTests() => _puzzles = new(_clock);

    [Fact]
    public void A_solution_counts_once()
    {
        var (first, second) = (PuzzleSolver.Solve(_puzzles.New()), PuzzleSolver.Solve(_puzzles.New()));
        Assert.Equal([true, false, true, false], new[] { first, first, second, first }.Select(_puzzles.Take));
    }

    [Fact]
    public void A_puzzle_ends_and_its_time_cannot_be_changed()
    {
        var puzzle = _puzzles.New();
        var number = PuzzleSolver.NumberOf(puzzle);
        _clock.Step = Puzzles.Life + TimeSpan.FromSeconds(2);
        Assert.False(_puzzles.Take(PuzzleSolver.Write(puzzle, number)));
        // A digit of the number moved to the end of the time would make it later.
        var digits = number.ToString(CultureInfo.InvariantCulture);
        var spliced = puzzle with { Salt = puzzle.Salt.TrimEnd('&') + digits[..1] };
        Assert.False(_puzzles.Take(PuzzleSolver.Write(spliced, int.Parse("0" + digits[1..], CultureInfo.InvariantCulture))));
        _clock.Step = default;
        Assert.True(_puzzles.Take(PuzzleSolver.Write(puzzle, number)));
    }

    [Fact]
    public void Another_process_takes_no_solution_of_this_one_so_several_hubs_take_it_once()
    {
        var solution = PuzzleSolver.Solve(_puzzles.New());
        Assert.Equal([false, true], new[] { new Puzzles(_clock), _puzzles }.Select(hub => hub.Take(solution)));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("!")]
    [InlineData("bm8=")]
    [InlineData("e30=")]
    [InlineData("bnVsbA==")]
    public void A_text_that_is_no_solution_is_none(string? text) => Assert.False(_puzzles.Take(text));

    [Fact]
    public void A_forged_puzzle_a_wrong_number_and_an_endless_text_are_no_solution()
    {
        var puzzle = _puzzles.New();
        var number = PuzzleSolver.NumberOf(puzzle);
        Assert.False(_puzzles.Take(PuzzleSolver.Write(puzzle, number + 1)));
        Assert.False(_puzzles.Take(PuzzleSolver.Write(puzzle with { Signature = new string('0', 64) }, number)));
        Assert.False(_puzzles.Take(PuzzleSolver.Write(puzzle with { Algorithm = "MD5" }, number)));
        Assert.False(_puzzles.Take(Convert.ToBase64String(Encoding.UTF8.GetBytes(new string('x', 10_000)))));
        Assert.True(_puzzles.Take(PuzzleSolver.Write(puzzle, number)));
    }
}

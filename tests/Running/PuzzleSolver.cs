using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Aufruf.Portal.Web;

namespace Aufruf.Tests.Running;

/// <summary>A program that does the work.</summary>
internal static class PuzzleSolver
{
    public static string Solve(Puzzle puzzle) => Write(puzzle, NumberOf(puzzle));

    public static int NumberOf(Puzzle puzzle) => Enumerable.Range(0, puzzle.MaxNumber + 1).First(number => Convert.ToHexStringLower(
        SHA256.HashData(Encoding.UTF8.GetBytes(puzzle.Salt + number.ToString(CultureInfo.InvariantCulture)))) == puzzle.Challenge);

    public static string Write(Puzzle puzzle, int number) => Convert.ToBase64String(JsonSerializer.SerializeToUtf8Bytes(
        new { puzzle.Algorithm, puzzle.Challenge, number, puzzle.Salt, puzzle.Signature, took = 12 }, JsonSerializerOptions.Web));
}

using System.Globalization;

namespace Aufruf.Tests.Hub.Letters;

/// <summary>The characters that German authorities must be able to write, and the letters that need more than one character.</summary>
/// <remarks>Source: DIN 91379, 2022-08, type C without control characters. All numbers are hexadecimal.</remarks>
internal static class Din91379
{
    private const string Ranges = """
        20-7E A0-AC AE-17E 187-188 18F 197 1A0-1A1 1AF-1B0 1B7 1CD-1DC 1DE-1DF 1E2-1F0 1F4-1F5 1F8-1FF 212-213 218-21B 21E-21F
        227-233 259 268 292 2B9-2BA 2BE-2BF 2C8 2CC 1E02-1E03 1E06-1E07 1E0A-1E11 1E17 1E1C-1E2B 1E2F-1E37 1E3A-1E3B 1E40-1E49
        1E52-1E5B 1E5E-1E63 1E6A-1E6F 1E80-1E87 1E8C-1E97 1E9E 1EA0-1EF9 2019 2021 20AC
        """;

    /// <summary>A letter, then the marks that it bears. Marks of one letter are joined by a plus.</summary>
    private const string Marked = """
        41 30B; 43 300 304 306 308 315 323 326 328+306; 44 302; 46 300 304; 47 300; 48 304 326 331; 4A 301 30C
        4B 300 302 304 307 315 31B 326 35F+48 35F+68; 4C 302 325 325+304 326; 4D 300 302 306 310; 4E 302 304 306 326
        50 300 304 315 323; 52 306 325 325+304; 53 300 304 31B+304 331; 54 300 304 308 315 31B; 55 307; 5A 300 304 306 308 327
        61 30B; 63 300 304 306 308 315 323 326 328+306; 64 302; 66 300 304; 67 300; 68 304 326; 6A 301
        6B 300 302 304 307 315 31B 326 35F+68; 6C 302 325 325+304 326; 6D 300 302 306 310; 6E 302 304 306 326; 70 300 304 315 323
        72 306 325 325+304; 73 300 304 31B+304 331; 74 300 304 315 31B; 75 307; 7A 300 304 306 308 327; C7 306; DB 304; E7 306; FB 304
        FF 301; 10C 315 323; 10D 315 323; 113 30D; 12A 301; 12B 301; 14D 30D; 17D 326 327; 17E 326 327; 1E32 304; 1E33 304; 1E62 304
        1E63 304; 1E6C 304; 1E6D 304; 1EA0 308; 1EA1 308; 1ECC 308; 1ECD 308; 1EE4 304 308; 1EE5 304 308
        """;

    private static readonly char[] Ends = [';', '\n'];

    public static IReadOnlyList<string> Letters { get; } = [.. Singles(), .. Sequences()];

    private static IEnumerable<string> Singles() => Ranges.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
        .Select(range => range.Split('-').Select(Number).ToArray())
        .SelectMany(range => Enumerable.Range(range[0], range[^1] - range[0] + 1)).Select(char.ConvertFromUtf32);

    private static IEnumerable<string> Sequences() =>
        from line in Marked.Split(Ends, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        let parts = line.Split(' ')
        from marks in parts.Skip(1)
        select string.Concat(marks.Split('+').Prepend(parts[0]).Select(each => char.ConvertFromUtf32(Number(each))));

    private static int Number(string hex) => int.Parse(hex, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}

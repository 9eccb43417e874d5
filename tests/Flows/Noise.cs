using System.Text;
using Aufruf.Tests.Running;

namespace Aufruf.Tests.Flows;

/// <summary>Seeded nonsense: the same seed, the same nonsense.</summary>
internal static class Noise
{
    private static readonly string[] Values =
    [
        "null", "true", "-1", "1e999", "99999999999999999999999999", "-9223372036854775808", "9223372036854775807", "0.1", "\"\"",
            "\"\\ud800\"", "\"\\u0000\"", "\"ÄÖÜ\"",
        "[]", "{}", "[[[[]]]]", "\"00000000-0000-0000-0000-000000000000\"", "\"9999-12-31T23:59:59.9999999+14:00\"",
            "\"0001-01-01T00:00:00-14:00\"", "\"synced\"", "\"button.press\"",
        "{\"button\":\"next\",\"seen\":9223372036854775807}", "{\"button\":null}", "{\"button\":\"\\ud800\",\"seen\":null}",
            "{\"condition\":\"paper-out\"}", "{\"condition\":7}",
    ];

    public static byte[] Payload(Random random, byte[] good) => random.Next(9) switch
    {
        0 => Bytes(random, random.Next(2000)),
        1 => good[..random.Next(good.Length)],
        2 => Flipped(random, good),
        3 => Encoding.UTF8.GetBytes(new string('[', random.Next(1, 5000))),
        4 => Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("{\"data\":", 200)) + "1" + new string('}', 200)),
        5 => Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(good).Replace("{", "{\"v\":1,\"v\":1,\"id\":\"x\",", StringComparison.Ordinal)),
        6 => [],
        _ => Swapped(random, Encoding.UTF8.GetString(good)),
    };

    public static HttpMethod Method(Random random) => random.Next(6) switch
    {
        0 => HttpMethod.Get,
        1 => HttpMethod.Put,
        2 => new HttpMethod("BREW"),
        _ => HttpMethod.Post,
    };

    public static string Address(Random random, TestHub hub) => random.Next(14) switch
    {
        0 => $"/api/v1/areas/{TestHub.Area}/counters/3/{Word(random)}",
        1 => $"/api/v1/areas/{Word(random)}/counters/{Word(random)}/call-next",
        2 => $"/api/v1/tickets/{Word(random)}/{Word(random)}",
        3 => $"/api/v1/tickets/{TestHub.Area}.2026-13-45/{Word(random)}/qr.svg",
        4 => $"/api/v1/tickets/{Word(random)}.{Word(random)}.{Word(random)}.2026-11-23/abc/qr.svg",
        5 => $"/t/{Word(random)}/{Word(random)}",
        6 => $"/live/{Word(random)}/negotiate?negotiateVersion={Word(random)}",
        7 => $"/live/ticket/negotiate?queue={Word(random)}&code={Word(random)}",
        8 => $"/board/?board={Word(random)}",
        9 => $"/{Word(random)}",
        10 => $"/live/board?id={Word(random)}&access_token={Word(random)}",
        11 => $"/voice/{Word(random)}",
        _ => $"/api/v1/kiosks/{(random.Next(4) == 0 ? Word(random) : TestHub.Kiosk)}/tickets",
    };

    public static IEnumerable<(string Name, string Value)> Headers(Random random, TestHub hub) => random.Next(7) switch
    {
        0 => [("Authorization", "Bearer " + Plain(random))],
        1 => [("Authorization", "Bearer " + hub.ClerkToken)],
        2 => [("Authorization", "Basic " + Plain(random)), ("Accept", "*/*;q=x")],
        3 => [("Accept-Language", "de-DE-1996-x,,;q=9,*"), ("Cookie", Plain(random)), ("X-Forwarded-For", Plain(random))],
        4 => [("If-None-Match", "\"" + Plain(random)), ("Range", "bytes=9-1,0-")],
        _ => [],
    };

    private static string Word(Random random) => random.Next(7) switch
    {
        0 => "%00",
        1 => "%FF%FE",
        2 => "..%2f..%2fetc",
        3 => new string('a', random.Next(4000)),
        4 => "%ED%A0%80",
        5 => Uri.EscapeDataString("Ä' OR 1=1 --"),
        _ => Uri.EscapeDataString(Plain(random)),
    };

    private static string Plain(Random random) => Convert.ToBase64String(Bytes(random, random.Next(1, 60)));

    private static byte[] Bytes(Random random, int count)
    {
        var bytes = new byte[count];
        random.NextBytes(bytes);
        return bytes;
    }

    private static byte[] Flipped(Random random, byte[] good)
    {
        var bytes = good.ToArray();
        for (var n = random.Next(1, 5); n > 0; n--)
        {
            bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
        }

        return bytes;
    }

    /// <summary>Puts a strange value behind one of the names.</summary>
    private static byte[] Swapped(Random random, string good)
    {
        var colons = Enumerable.Range(0, good.Length).Where(i => good[i] == ':' && good[i - 1] == '"').ToArray();
        var at = colons[random.Next(colons.Length)] + 1;
        var end = good.IndexOfAny([',', '}'], at);
        return Encoding.UTF8.GetBytes(good[..at] + Values[random.Next(Values.Length)] + good[end..]);
    }
}

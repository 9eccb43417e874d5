namespace Aufruf.Tests.Running;

/// <summary>How much a long proof does: a sample in a check, all of it in "./run endure", which sets AUFRUF_FULL=1.</summary>
internal static class Proof
{
    public static bool IsFull { get; } = Environment.GetEnvironmentVariable("AUFRUF_FULL") == "1";

    /// <summary>The staff's languages. Both have the same pages, so a check looks at one.</summary>
    public static TheoryData<string> StaffLanguages => Some(check: 1, "de", "en");

    public static int Times(int check, int full) => IsFull ? full : check;

    /// <summary>The first ones in a check, all of them in full.</summary>
    public static TheoryData<T> Some<T>(int check, params T[] all) => [.. IsFull ? all : all[..check]];
}

namespace Aufruf.Tests.Running;

/// <summary>How much a long proof does: a sample in a check, all of it in "./run endure", which sets AUFRUF_FULL=1.</summary>
internal static class Proof
{
    public static bool IsFull { get; } = Environment.GetEnvironmentVariable("AUFRUF_FULL") == "1";

    public static int Times(int check, int full) => IsFull ? full : check;
}

namespace Aufruf.Edge;

/// <summary>Programs that take a USB printer away from the kernel's usblp driver: then its port is busy or gone.</summary>
internal static class PrinterRivals
{
    private static readonly string[] Known = ["cupsd", "ipp-usb"];

    /// <summary>", and cupsd runs here and may hold it"; empty when none runs.</summary>
    public static string Words()
    {
        var running = Known.Where(IsRunning).ToList();
        return running.Count == 0 ? "" : $", and {string.Join(" and ", running)} runs here and may hold it";
    }

    private static bool IsRunning(string program)
    {
        try
        {
            return Directory.EnumerateDirectories("/proc").Any(process => NameOf(process) == program);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static string? NameOf(string process)
    {
        try
        {
            return char.IsAsciiDigit(Path.GetFileName(process)[0]) ? File.ReadAllText(Path.Combine(process, "comm")).Trim() : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null; // It has just ended.
        }
    }
}

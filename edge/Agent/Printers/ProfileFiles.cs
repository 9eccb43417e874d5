namespace Aufruf.Edge;

/// <summary>The files in <c>hardware/printers</c>.</summary>
public static class ProfileFiles
{
    extension(PrinterProfile)
    {
        /// <exception cref="SetupException">The file is missing or not understood.</exception>
        public static PrinterProfile Load(string file) => PinMap.ReadFile(file, "printer profile", HardwareJson.Default.PrinterProfile);
    }
}

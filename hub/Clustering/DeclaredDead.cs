namespace Aufruf.Hub.Clustering;

/// <summary>Ends the process at once when the other hubs have declared it dead: it was frozen or cut off. They serve its queues.
/// </summary>
/// <remarks>The service manager starts it again. The journal has refused all commands that it decided on old entries.</remarks>
internal sealed class DeclaredDead(ILogger<DeclaredDead> log) : IFatalErrorHandler
{
    /// <summary>Of the process.</summary>
    public const int ExitCode = 3;

    public bool IsUnexpected(Exception exception) => true;

    public void OnFatalException(object? sender, string? context, Exception? exception)
    {
        HubLog.DeclaredDead(log, context ?? exception?.Message ?? "unknown");
        // The log is written later, by a thread that ends with the process.
        Console.Error.WriteLine("This hub ends: it was frozen or cut off, and the other hubs have declared it dead. "
            + $"Start it again; nothing acknowledged is lost. {context} {exception?.Message}");
        Environment.Exit(ExitCode);
    }
}

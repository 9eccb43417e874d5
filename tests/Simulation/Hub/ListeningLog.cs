using Aufruf.Hub;
using Microsoft.Extensions.Logging;

namespace Aufruf.Simulation.Hub;

/// <summary>Reads the log lines of the hub's rooms. An error that no fault explains is a bug.</summary>
internal sealed class ListeningLog(World world) : ILogger<LimitedLog>
{
    /// <summary>Part of the message of every error that the simulator makes on purpose.</summary>
    public const string OnPurpose = "the line broke";

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?,
        string> formatter)
    {
        if (formatter(state, exception) is var text && !text.Contains(OnPurpose, StringComparison.Ordinal))
        {
            world.Break($"The hub logged what no fault explains: {text}");
        }
    }
}

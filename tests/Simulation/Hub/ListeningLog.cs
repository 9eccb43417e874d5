using Aufruf.Hub.Push;
using Microsoft.Extensions.Logging;

namespace Aufruf.Simulation.Hub;

/// <summary>Reads what the hub's rooms log. An error there that no fault explains is a bug nobody would see.</summary>
internal sealed class ListeningLog(World world) : ILogger<ScreenTools>
{
    /// <summary>Stands in the message of every error the simulator makes on purpose.</summary>
    public const string OnPurpose = "the line broke";

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (formatter(state, exception) is var text && !text.Contains(OnPurpose, StringComparison.Ordinal))
        {
            world.Break($"The hub logged what no fault explains: {text}");
        }
    }
}

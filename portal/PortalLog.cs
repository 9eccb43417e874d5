using Microsoft.Extensions.Logging;

namespace Aufruf.Portal;

/// <summary>The log lines of the portal. They never name a citizen or a ticket's code.</summary>
internal static partial class PortalLog
{
    [LoggerMessage(4001, LogLevel.Warning, "No hub answers: pages say so and try again. {Reason}")]
    public static partial void HubsAway(ILogger log, string reason);

    [LoggerMessage(4002, LogLevel.Information, "A hub answers after {Seconds:0.0} s")]
    public static partial void HubAnswers(ILogger log, double seconds);

    [LoggerMessage(4003, LogLevel.Error, "A request to {Address} failed unexpectedly")]
    public static partial void RequestFailed(ILogger log, Exception error, string address);

    [LoggerMessage(4004, LogLevel.Warning, "The texts in {Folder} cannot be read and stay as they were: {Reason}")]
    public static partial void ContentUnreadable(ILogger log, string folder, string reason);
}

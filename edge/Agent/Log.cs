using Aufruf.Edge.Protocol;
using Microsoft.Extensions.Logging;

namespace Aufruf.Edge;

/// <summary>All that the edge may log: never anything about a person. Event ids 3000 to 3999.</summary>
internal static partial class Log
{
    [LoggerMessage(3000, LogLevel.Information, "Device {Device} of {Office}: {PinMap}, run {Boot}, {Waiting} events wait for the hub")]
    public static partial void Started(ILogger log, string device, string office, string pinMap, string boot, int waiting);

    [LoggerMessage(3001, LogLevel.Information, "Stopped")]
    public static partial void Stopped(ILogger log);

    [LoggerMessage(3002, LogLevel.Error, "The device loop is {Inputs} inputs behind: one was dropped")]
    public static partial void LoopBehind(ILogger log, int inputs);

    [LoggerMessage(3003, LogLevel.Error, "A step of the device failed; the device goes on")]
    public static partial void StepFailed(ILogger log, Exception fault);

    [LoggerMessage(3100, LogLevel.Information, "Button {Button} pressed")]
    public static partial void ButtonPressed(ILogger log, string button);

    [LoggerMessage(3101, LogLevel.Warning, "Button {Button} has been down for {Seconds} s: stuck, ignored until released")]
    public static partial void ButtonStuck(ILogger log, string button, double seconds);

    [LoggerMessage(3102, LogLevel.Information, "Button {Button} is free again")]
    public static partial void ButtonFree(ILogger log, string button);

    [LoggerMessage(3103, LogLevel.Warning, "Press of {Button} refused: {Why}")]
    public static partial void PressRefused(ILogger log, string button, PressRefusal why);

    [LoggerMessage(3104, LogLevel.Information, "The hub did not carry out the press of {Button}: {Outcome} {Reason}")]
    public static partial void PressNotDone(ILogger log, string button, EventOutcome outcome, string? reason);

    [LoggerMessage(3200, LogLevel.Warning, "{Fault}")]
    public static partial void Complained(ILogger log, string fault);

    [LoggerMessage(3300, LogLevel.Information, "Connected to the hub at {Hub} as {Client}")]
    public static partial void Connected(ILogger log, string hub, string client);

    [LoggerMessage(3301, LogLevel.Warning, "No connection to the hub at {Hub}: {Reason}; next try in {Seconds:0.0} s")]
    public static partial void NoHub(ILogger log, string hub, string reason, double seconds);

    [LoggerMessage(3303, LogLevel.Warning, "A message on {Topic} was not understood: {Fault}")]
    public static partial void NotUnderstood(ILogger log, string topic, string fault);

    [LoggerMessage(3304, LogLevel.Warning, "The broker refused a message on {Topic}: {Reason}")]
    public static partial void BrokerRefused(ILogger log, string topic, string reason);

    [LoggerMessage(3305, LogLevel.Warning, "{Waiting} messages wait to be sent: one on {Channel} was dropped and is sent again later")]
    public static partial void SendQueueFull(ILogger log, int waiting, string channel);

    [LoggerMessage(3400, LogLevel.Information, "Printer {Target}: {Condition}")]
    public static partial void PrinterChanged(ILogger log, string target, PrinterCondition condition);

    [LoggerMessage(3401, LogLevel.Information, "Slip {Command}: {Outcome} {Reason}")]
    public static partial void SlipEnded(ILogger log, Guid command, CommandOutcome outcome, string? reason);

    [LoggerMessage(3402, LogLevel.Warning, "Printer {Target} is out of order: {Reason}")]
    public static partial void PrinterUnreachable(ILogger log, string target, string reason);
}

using Microsoft.Extensions.Logging;

namespace Aufruf.Edge;

/// <summary>All that the edge may log: never anything about a person. Event ids 3000 to 3999.</summary>
internal static partial class Log
{
    [LoggerMessage(3000, LogLevel.Information, "Device {Device} of {Office}: {Board}, pins {Gpio}, run {Boot}, {Waiting} events wait for the hub")]
    public static partial void Started(ILogger log, string device, string office, string board, string gpio, string boot, int waiting);

    [LoggerMessage(3001, LogLevel.Information, "Stopped")]
    public static partial void Stopped(ILogger log);

    [LoggerMessage(3002, LogLevel.Error, "The device loop is {Inputs} inputs behind: one was dropped")]
    public static partial void LoopBehind(ILogger log, int inputs);

    [LoggerMessage(3003, LogLevel.Error, "A step of the device failed; it goes on")]
    public static partial void StepFailed(ILogger log, Exception fault);

    [LoggerMessage(3100, LogLevel.Information, "Button {Button} pressed")]
    public static partial void ButtonPressed(ILogger log, string button);

    [LoggerMessage(3101, LogLevel.Warning, "Button {Button} has been down for {Seconds} s: stuck, ignored until released")]
    public static partial void ButtonStuck(ILogger log, string button, double seconds);

    [LoggerMessage(3102, LogLevel.Information, "Button {Button} is free again")]
    public static partial void ButtonFree(ILogger log, string button);

    [LoggerMessage(3103, LogLevel.Warning, "Press of {Button} refused: {Why}")]
    public static partial void PressRefused(ILogger log, string button, PressRefusal why);

    [LoggerMessage(3200, LogLevel.Warning, "{What}: {Detail}")]
    public static partial void Complained(ILogger log, Complaint what, string detail);

    [LoggerMessage(3300, LogLevel.Information, "Connected to the hub at {Hub} as {Client}")]
    public static partial void Connected(ILogger log, string hub, string client);

    [LoggerMessage(3301, LogLevel.Warning, "No hub at {Hub} ({Reason}); next try in {Seconds:0.0} s")]
    public static partial void NoHub(ILogger log, string hub, string reason, double seconds);

    [LoggerMessage(3302, LogLevel.Warning, "Waiting for the password in {File}: the hub issues it when the device is paired")]
    public static partial void NoPassword(ILogger log, string file);

    [LoggerMessage(3303, LogLevel.Warning, "A message on {Topic} was not understood: {Fault}")]
    public static partial void NotUnderstood(ILogger log, string topic, string fault);

    [LoggerMessage(3304, LogLevel.Warning, "The broker refused a message on {Topic}: {Reason}")]
    public static partial void BrokerRefused(ILogger log, string topic, string reason);

    [LoggerMessage(3305, LogLevel.Warning, "{Waiting} messages wait to be sent: one on {Topic} was dropped and is sent again later")]
    public static partial void SendQueueFull(ILogger log, int waiting, string topic);

    [LoggerMessage(3400, LogLevel.Information, "Printer {Target}: {Condition}")]
    public static partial void PrinterChanged(ILogger log, string target, Protocol.PrinterCondition condition);

    [LoggerMessage(3401, LogLevel.Information, "Slip {Command}: {Outcome} {Reason}")]
    public static partial void SlipEnded(ILogger log, Guid command, Protocol.CommandOutcome outcome, string? reason);

    [LoggerMessage(3402, LogLevel.Debug, "Printer {Target} is not reachable: {Reason}")]
    public static partial void PrinterUnreachable(ILogger log, string target, string reason);

    [LoggerMessage(3500, LogLevel.Information, "Virtual device: {Address}")]
    public static partial void PanelOpen(ILogger log, string address);

    [LoggerMessage(3501, LogLevel.Information, "Emulated ESC/POS printer on 127.0.0.1:{Port}")]
    public static partial void EmulatorOpen(ILogger log, int port);

    [LoggerMessage(3502, LogLevel.Debug, "A page of the virtual device went away: {Reason}")]
    public static partial void PageGone(ILogger log, string reason);
}

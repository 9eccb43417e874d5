using System.Net.Sockets;
using Aufruf.Edge.Protocol;

namespace Aufruf.Edge;

/// <summary>Asks a printer once, for the self-test.</summary>
internal static class PrinterTrial
{
    // Silence is known early, so that a printer that answers late still has time for its slip.
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(3);

    /// <param name="slip">Printed too when it is not null.</param>
    /// <param name="within">For all of it: opening, status and slip.</param>
    public static async Task<(bool IsGood, string Words)> RunAsync(
        PrinterTarget target, PrinterProfile profile, Slip? slip, TimeSpan within, TimeProvider time)
    {
        using var limit = new CancellationTokenSource(within, time);
        try
        {
            // A driver may hold the opening as long as it likes.
            await using var stream = await target.OpenAsync(limit.Token).WaitAsync(limit.Token);
            var line = new PrinterConnection(stream, time);
            (bool, string) found = default;
            await line.RunAsync(async () => found = await TryAsync(line, profile, slip, target.Rivals, limit.Token), limit.Token);
            return found;
        }
        catch (OperationCanceledException)
        {
            return (false, $"NO CONNECTION within {within.TotalSeconds} s");
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            return (false, $"NO CONNECTION: {e.Message}");
        }
    }

    private static async Task<(bool IsGood, string Words)> TryAsync(
        PrinterConnection line, PrinterProfile profile, Slip? slip, string rivals, CancellationToken limit)
    {
        if (profile.Answers && !await AnswersAsync(line, limit))
        {
            return (false, $"NO ANSWER: {SlipPrinter.Silent}{rivals}");
        }

        if (profile.Answers && !line.IsUnderstood)
        {
            return (false, $"FAILS: {SlipPrinter.Nonsense}");
        }

        if (profile.Answers && line.Condition is not (PrinterCondition.Ready or PrinterCondition.NearEnd))
        {
            return (false, $"FAILS: {DeviceCore.ReasonOf(line.Condition)}");
        }

        var words = (profile.Answers ? DeviceCore.ReasonOf(line.Condition) : "open; this model never answers") + rivals;
        if (slip is null)
        {
            return (true, $"{words}; --test-slip prints a slip");
        }

        var bytes = new SlipLayout(profile).Bytes(slip, "TEST"u8);
        var (outcome, reason) = await line.PrintAsync(bytes, profile.Confirms ? "TEST" : null, profile.Answers, limit);
        var isPrinted = outcome is CommandOutcome.Done;
        return (isPrinted, $"{words}; test slip {(isPrinted ? "printed" : "FAILS")} {reason}".Trim());
    }

    private static async Task<bool> AnswersAsync(PrinterConnection line, CancellationToken limit)
    {
        using var soon = CancellationTokenSource.CreateLinkedTokenSource(limit);
        soon.CancelAfter(Silence);
        try
        {
            await line.AskStatusAsync(soon.Token);
            while (line.Condition is PrinterCondition.Unknown)
            {
                await Task.Delay(20, soon.Token);
            }

            return true;
        }
        catch (OperationCanceledException)
        {
            return line.HasAnswered;
        }
    }
}

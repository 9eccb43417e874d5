using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Threading.Channels;
using Aufruf.Edge.Protocol;
using Microsoft.Extensions.Logging;

namespace Aufruf.Edge;

/// <summary>The device's side of the printer. Called on the printer's task: each method returns at once.</summary>
public interface IPrinterListener
{
    void PrinterIs(PrinterCondition condition);

    /// <summary>Exactly once for each slip given to the printer.</summary>
    void PrintEnded(Guid command, CommandOutcome outcome, string? reason);
}

/// <summary>Prints slips one after the other and reports the result of each.</summary>
/// <remarks>Done only when the printer confirms it. If the link dies or the printer stays silent in a slip, the slip is uncertain.
/// It is not printed again from here; the hub sends a copy, marked as one.</remarks>
public sealed class SlipPrinter(
    PrinterTarget target, PrinterProfile profile, IPrinterListener listener, TimeProvider time, ILogger log)
{
    // A slip takes two seconds; citizens do not press faster than eight ahead of the paper.
    private const int Waiting = 8;

    internal const string Silent =
        "it takes data and never answers; a model that cannot answer needs a profile with \"answers\": false";

    internal const string Nonsense = "it answers, but not as an ESC/POS printer does";

    private static readonly TimeSpan LookEach = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan ConnectAgain = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Silence = 3 * LookEach;

    private readonly Channel<Job> _jobs = Channel.CreateBounded<Job>(Waiting);
    private readonly SlipLayout _layout = new(profile);
    private PrinterCondition? _condition;
    private string? _explained;
    private int _lastProcess;

    private sealed record Job(Guid Command, Slip Slip, TimeSpan ValidFor, long TakenAt);

    public void Print(Guid command, Slip slip, TimeSpan validFor)
    {
        if (!_jobs.Writer.TryWrite(new Job(command, slip, validFor, time.GetTimestamp())))
        {
            listener.PrintEnded(command, CommandOutcome.Failed, "printer-busy");
        }
    }

    public async Task RunAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await using var stream = await target.OpenAsync(stop);
                var connection = new PrinterConnection(stream, time);
                await connection.RunAsync(() => ServeAsync(connection, stop), stop);
            }
            catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException or TimeoutException)
            {
                Explain(e is TimeoutException ? $"it takes no data{target.Rivals}" : e.Message);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                break;
            }

            Report(PrinterCondition.Disconnected);
            while (_jobs.Reader.TryRead(out var job))
            {
                listener.PrintEnded(job.Command, CommandOutcome.Failed, DeviceCore.ReasonOf(PrinterCondition.Disconnected));
            }

            await Task.Delay(ConnectAgain, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task ServeAsync(PrinterConnection connection, CancellationToken stop)
    {
        if (!profile.Answers)
        {
            Report(PrinterCondition.Ready);
            while (true)
            {
                await PrintAsync(connection, await _jobs.Reader.ReadAsync(stop), stop);
            }
        }

        connection.ConditionChanged += Report;
        await connection.WriteAsync(EscPos.EnableAutomaticStatus, stop).WaitAsync(Silence, time, stop);
        var (silent, nonsense) = (0, 0);
        while (true)
        {
            await connection.AskStatusAsync(stop).WaitAsync(Silence, time, stop);
            if (await NextAsync(stop) is { } job)
            {
                await PrintAsync(connection, job, stop);
                silent = 0;
            }
            else
            {
                silent = connection.HasAnswered ? 0 : silent + 1;
            }

            nonsense = connection.IsUnderstood ? 0 : nonsense + 1;
            if (silent == 3 || nonsense == 3)
            {
                throw new IOException((silent == 3 ? Silent : Nonsense) + target.Rivals);
            }
        }
    }

    private async Task<Job?> NextAsync(CancellationToken stop)
    {
        using var late = new CancellationTokenSource(LookEach, time);
        using var look = CancellationTokenSource.CreateLinkedTokenSource(stop, late.Token);
        try
        {
            return await _jobs.Reader.ReadAsync(look.Token);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return null;
        }
    }

    private async Task PrintAsync(PrinterConnection connection, Job job, CancellationToken stop)
    {
        if (time.GetElapsedTime(job.TakenAt) >= job.ValidFor)
        {
            listener.PrintEnded(job.Command, CommandOutcome.Expired, null);
            return;
        }

        if (profile.Answers && connection.Condition is not (PrinterCondition.Ready or PrinterCondition.NearEnd))
        {
            listener.PrintEnded(job.Command, CommandOutcome.Failed, DeviceCore.ReasonOf(connection.Condition));
            return;
        }

        // Four printable characters (20h to 7Eh), different for each of the next 10000 slips.
        var process = (++_lastProcess % 10000).ToString("0000", CultureInfo.InvariantCulture);
        var bytes = _layout.Bytes(job.Slip, Encoding.ASCII.GetBytes(process));
        var (outcome, reason) = await connection.PrintAsync(bytes, profile.Confirms ? process : null, profile.Answers, stop);
        if (outcome is CommandOutcome.Uncertain && connection.Condition is PrinterCondition.CutterError)
        {
            await connection.WriteAsync(EscPos.Recover, stop);
        }

        listener.PrintEnded(job.Command, outcome, outcome is CommandOutcome.Done ? _layout.Shortcoming(job.Slip) ?? reason : reason);
        if (reason == PrinterConnection.LinkLost)
        {
            throw new IOException("The link to the printer was lost.");
        }
    }

    /// <summary>The reason of an outage, once until it changes or the printer is back.</summary>
    private void Explain(string reason)
    {
        if (_explained != reason)
        {
            _explained = reason;
            Log.PrinterUnreachable(log, $"{target}", reason);
        }
    }

    private void Report(PrinterCondition condition)
    {
        if (_condition != condition)
        {
            _condition = condition;
            _explained = condition is PrinterCondition.Disconnected ? _explained : null;
            Log.PrinterChanged(log, $"{target}", condition);
        }

        listener.PrinterIs(condition);
    }
}

using System.Net.Sockets;
using System.Threading.Channels;
using Aufruf.Edge.Protocol;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aufruf.Edge;

/// <summary>Prints slips one after the other and knows for each what became of it.</summary>
/// <remarks>Done only when the printer said so. A link that dies, or a printer that stays silent after bytes went out, makes the slip
/// uncertain: it is never sent again from here; the hub sends a copy, marked as one.</remarks>
public sealed class SlipPrinter(
    PrinterTarget target, PrinterProfile profile, IPrinterListener listener, TimeProvider time, ILogger<SlipPrinter> log) : BackgroundService
{
    // A slip takes two seconds; citizens do not press faster than eight ahead of the paper.
    private const int Waiting = 8;

    private static readonly TimeSpan LookEach = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan ConnectAgain = TimeSpan.FromSeconds(1);

    private readonly Channel<Job> _jobs = Channel.CreateBounded<Job>(Waiting);
    private readonly SlipLayout _layout = new(profile);
    private PrinterCondition? _condition;
    private int _lastProcess;

    private sealed record Job(Guid Command, Slip Slip, TimeSpan ValidFor, long TakenAt);

    public void Print(Effect.PrintSlip wish)
    {
        if (!_jobs.Writer.TryWrite(new Job(wish.Command, wish.Slip, wish.ValidFor, time.GetTimestamp())))
        {
            listener.PrintEnded(wish.Command, CommandOutcome.Failed, "printer-busy");
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await using var stream = await target.OpenAsync(stoppingToken);
                var connection = new PrinterConnection(stream, time);
                await connection.RunAsync(c => ServeAsync(c, stoppingToken), stoppingToken);
            }
            catch (Exception e) when (e is IOException or SocketException or UnauthorizedAccessException or ObjectDisposedException)
            {
                Log.PrinterUnreachable(log, $"{target}", e.Message);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }

            Report(PrinterCondition.Disconnected);
            while (_jobs.Reader.TryRead(out var job))
            {
                listener.PrintEnded(job.Command, CommandOutcome.Failed, DeviceCore.ReasonOf(PrinterCondition.Disconnected));
            }

            await Task.Delay(ConnectAgain, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task ServeAsync(PrinterConnection connection, CancellationToken stop)
    {
        connection.ConditionChanged += Report;
        await connection.WriteAsync(EscPos.EnableAutomaticStatus, stop);
        var silent = 0;
        while (true)
        {
            await connection.WriteAsync(EscPos.AskStatus, stop, isQuestion: true);
            if (await NextAsync(stop) is { } job)
            {
                await PrintAsync(connection, job, stop);
                silent = 0;
            }
            else if (connection.HasSpoken)
            {
                silent = 0;
            }
            else if (++silent == 3)
            {
                throw new IOException($"The printer has not answered for {3 * LookEach.TotalSeconds} s.");
            }
        }
    }

    private async Task<Job?> NextAsync(CancellationToken stop)
    {
        using var look = CancellationTokenSource.CreateLinkedTokenSource(stop);
        look.CancelAfter(LookEach);
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
        }
        else if (connection.Condition is not (PrinterCondition.Ready or PrinterCondition.NearEnd))
        {
            listener.PrintEnded(job.Command, CommandOutcome.Failed, DeviceCore.ReasonOf(connection.Condition));
        }
        else
        {
            // Four printable characters (20h to 7Eh), other ones for each of the next 10000 slips.
            var process = (++_lastProcess % 10000).ToString("0000", System.Globalization.CultureInfo.InvariantCulture);
            var (outcome, reason) = await connection.PrintAsync(_layout.Bytes(job.Slip, System.Text.Encoding.ASCII.GetBytes(process)),
                profile.Confirms ? process : null, stop);
            if (outcome is CommandOutcome.Uncertain && connection.Condition is PrinterCondition.CutterError)
            {
                await connection.WriteAsync(EscPos.Recover, stop);
            }

            listener.PrintEnded(job.Command, outcome, reason);
            if (reason == PrinterConnection.LinkLost)
            {
                throw new IOException("The link to the printer was lost.");
            }
        }
    }

    /// <summary>One question and its answer, for the self-test.</summary>
    public static async Task<string> AskAsync(PrinterTarget target, TimeProvider time)
    {
        try
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(3), time);
            await using var stream = await target.OpenAsync(patience.Token);
            var answers = new PrinterAnswers();
            answers.Asked();
            await stream.WriteAsync(EscPos.AskStatus, patience.Token);
            var buffer = new byte[64];
            while (answers.Condition is PrinterCondition.Unknown && await stream.ReadAsync(buffer, patience.Token) is var read and > 0)
            {
                answers.Take(buffer.AsSpan(0, read));
            }

            return $"{answers.Condition}";
        }
        catch (Exception e) when (e is IOException or SocketException or UnauthorizedAccessException or OperationCanceledException)
        {
            return $"NO ANSWER ({e.Message})";
        }
    }

    private void Report(PrinterCondition condition)
    {
        if (_condition != condition)
        {
            _condition = condition;
            Log.PrinterChanged(log, $"{target}", condition);
        }

        listener.PrinterIs(condition);
    }
}

using Aufruf.Edge.Protocol;

namespace Aufruf.Edge;

/// <summary>One open line to a printer: writes, listens, and waits for confirmations.</summary>
public sealed class PrinterConnection
{
    public const string LinkLost = "link-lost";

    // Changing a roll takes longer than this; the citizen at the printer does not wait longer.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Stream _stream;
    private readonly TimeProvider _time;
    private readonly Lock _lock = new();
    private readonly PrinterAnswers _answers = new();
    private (string? Process, TaskCompletionSource Confirmed)? _job;
    private PrinterCondition _condition = PrinterCondition.Unknown;

    public PrinterConnection(Stream stream, TimeProvider time)
    {
        (_stream, _time) = (stream, time);
        _answers.Confirmed += process =>
        {
            if (_job is { } job && job.Process == process)
            {
                job.Confirmed.TrySetResult();
            }
        };
    }

    public event Action<PrinterCondition>? ConditionChanged;

    public PrinterCondition Condition
    {
        get
        {
            lock (_lock)
            {
                return _answers.Condition;
            }
        }
    }

    public bool HasSpoken
    {
        get
        {
            lock (_lock)
            {
                return _answers.HasSpoken;
            }
        }
    }

    /// <summary>Listens while something is done; ends when the line ends or the work throws.</summary>
    public async Task RunAsync(Func<PrinterConnection, Task> work, CancellationToken stop)
    {
        var listening = ListenAsync(stop);
        var working = work(this);
        var first = await Task.WhenAny(listening, working);
        _job?.Confirmed.TrySetException(new IOException(LinkLost));
        await _stream.DisposeAsync();
        if (first == listening)
        {
            // Let a job in hand be reported before the next connection.
            await working.WaitAsync(TimeSpan.FromSeconds(5), _time, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await first;
    }

    public async Task WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken stop, bool isQuestion = false)
    {
        if (isQuestion)
        {
            lock (_lock)
            {
                _answers.Asked();
            }
        }

        await _stream.WriteAsync(bytes, stop);
        await _stream.FlushAsync(stop);
    }

    /// <summary>Sends a slip and waits until the printer says that it is done. Once begun it is not cancelled by a stop: half a slip is worse.</summary>
    public async Task<(CommandOutcome Outcome, string? Reason)> PrintAsync(ReadOnlyMemory<byte> bytes, string? process, CancellationToken stop)
    {
        var confirmed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _job = (process, confirmed);
        try
        {
            using var patience = new CancellationTokenSource(Patience, _time);
            await WriteAsync(bytes, patience.Token);
            await confirmed.Task.WaitAsync(Patience, _time, stop);
            return (CommandOutcome.Done, null);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            return (CommandOutcome.Uncertain, LinkLost);
        }
        catch (Exception e) when (e is TimeoutException or OperationCanceledException)
        {
            var condition = Condition;
            return (CommandOutcome.Uncertain,
                condition is PrinterCondition.Ready or PrinterCondition.NearEnd ? "not-confirmed" : DeviceCore.ReasonOf(condition));
        }
        finally
        {
            _job = null;
        }
    }

    private async Task ListenAsync(CancellationToken stop)
    {
        var buffer = new byte[256];
        while (await _stream.ReadAsync(buffer, stop) is var read and > 0)
        {
            PrinterCondition condition;
            lock (_lock)
            {
                _answers.Take(buffer.AsSpan(0, read));
                condition = _answers.Condition;
            }

            if (condition != _condition && condition is not PrinterCondition.Unknown)
            {
                _condition = condition;
                ConditionChanged?.Invoke(condition);
            }
        }

        throw new IOException("The printer closed the connection.");
    }
}

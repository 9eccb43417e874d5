using Aufruf.Edge.Protocol;

namespace Aufruf.Edge;

/// <summary>One open line to a printer: writes, listens, and waits for confirmations.</summary>
public sealed class PrinterConnection
{
    public const string LinkLost = "link-lost";
    public const string NotConfirmed = "not-confirmed";

    // Changing a roll takes longer than this; the citizen at the printer does not wait longer.
    private static readonly TimeSpan ConfirmWithin = TimeSpan.FromSeconds(30);

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

    /// <summary>Any byte since the last question.</summary>
    public bool HasAnswered
    {
        get
        {
            lock (_lock)
            {
                return _answers.HasAnswered;
            }
        }
    }

    /// <summary>False: all answers so far are nonsense.</summary>
    public bool IsUnderstood
    {
        get
        {
            lock (_lock)
            {
                return _answers.IsUnderstood;
            }
        }
    }

    /// <summary>Listens while something is done; ends when the line ends or the work throws.</summary>
    public async Task RunAsync(Func<Task> work, CancellationToken stop)
    {
        var listening = ListenAsync(stop);
        var working = work();
        var first = await Task.WhenAny(listening, working);
        _job?.Confirmed.TrySetException(new IOException(LinkLost));
        await _stream.DisposeAsync();
        if (first == listening)
        {
            // A job in hand is reported before the next connection.
            await working.WaitAsync(TimeSpan.FromSeconds(5), _time, CancellationToken.None)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await first;
    }

    public async Task WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken stop)
    {
        await _stream.WriteAsync(bytes, stop);
        await _stream.FlushAsync(stop);
    }

    public Task AskStatusAsync(CancellationToken stop)
    {
        lock (_lock)
        {
            _answers.Asked();
        }

        return WriteAsync(EscPos.AskStatus, stop);
    }

    /// <summary>Sends a slip and waits for the printer's confirmation. A stop does not cancel the sending: half a slip is worse.</summary>
    /// <param name="answers">False: the printer never says anything, and there is no confirmation to wait for.</param>
    public async Task<(CommandOutcome Outcome, string? Reason)> PrintAsync(
        ReadOnlyMemory<byte> bytes, string? process, bool answers, CancellationToken stop)
    {
        var confirmed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _job = (process, confirmed);
        try
        {
            using var limit = new CancellationTokenSource(ConfirmWithin, _time);
            await WriteAsync(bytes, limit.Token);
            if (!answers)
            {
                return (CommandOutcome.Done, NotConfirmed);
            }

            await confirmed.Task.WaitAsync(ConfirmWithin, _time, stop);
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
                condition is PrinterCondition.Ready or PrinterCondition.NearEnd ? NotConfirmed : DeviceCore.ReasonOf(condition));
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

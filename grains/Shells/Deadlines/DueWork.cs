using System.Security.Cryptography;
using System.Text;
using Aufruf.Domain;
using Aufruf.Domain.Deadlines;
using Microsoft.Extensions.Logging;

namespace Aufruf.Grains.Deadlines;

using Shell = Journaled<Wheel, WheelCommand, WheelEvent>;

/// <summary>Carries out one kind of deadline.</summary>
public interface IDeadlineHandler
{
    string Kind { get; }

    /// <summary>Sends the command that follows, under this request id: after a crash it comes again with the same one.</summary>
    /// <remarks>It must not call the wheel it came from, which waits for it.</remarks>
    /// <exception cref="Exception">It did not succeed. The deadline stays, and is tried again.</exception>
    Task CarryOutAsync(Deadline deadline, RequestId request);
}

/// <summary>Carries out what is due in one wheel, in order; after a stop of days too. One that fails does not hold up the others.</summary>
/// <remarks>Nothing happens on the word of a clock that has just stepped.</remarks>
public sealed class DueWork(string stream, Shell wheel, IEnumerable<IDeadlineHandler> handlers, ISteadyClock steady, LateDeadlines late,
    TimeProvider clock, ILogger log)
{
    private static readonly TimeSpan AskClockAgain = TimeSpan.FromMinutes(1);

    /// <returns>The time until the next turn; null: the wheel is empty.</returns>
    public async Task<TimeSpan?> TurnAsync()
    {
        // The time first, then the journal: a deadline that was cancelled in time is not read as an open one.
        var (now, isSteady) = (clock.GetUtcNow(), steady.IsSteady());
        wheel.Forget();
        var due = (await wheel.ViewAsync()).State.InOrder.TakeWhile(deadline => isSteady && deadline.DueAt <= now);
        foreach (var deadline in due.Where(deadline => late.IsToBeTried(stream, deadline)))
        {
            await TryAsync(deadline);
        }

        var open = (await wheel.ViewAsync()).State.Open.Values;
        late.KeepOnly(stream, open);
        return open.Any() ? open.Min(deadline => PauseOf(deadline, isSteady)) : null;
    }

    private async Task TryAsync(Deadline deadline)
    {
        try
        {
            var handler = handlers.FirstOrDefault(h => h.Kind == deadline.Kind)
                ?? throw new InvalidOperationException($"This build carries out no deadline of the kind '{deadline.Kind}'.");
            await handler.CarryOutAsync(deadline, RequestOf("due", deadline));
            await wheel.Handle(RequestOf("met", deadline), new WheelCommand.ReportMet(deadline));
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            if (late.Add(stream, deadline, error.Message))
            {
                DeadlineLog.Late(log, deadline.Kind, stream, error.Message);
            }
        }
    }

    /// <summary>A clock that is not believed may be put right at any time: then the pause counted by it would be wrong.</summary>
    private TimeSpan PauseOf(Deadline deadline, bool isSteady) => !isSteady ? AskClockAgain
        : deadline.DueAt - clock.GetUtcNow() is { Ticks: > 0 } pause ? pause
        : late.PauseOf(stream, deadline) ?? TimeSpan.Zero; // It became due during this turn.

    /// <summary>The same for every hub and every try. A deadline that was moved has others.</summary>
    private RequestId RequestOf(string step, Deadline deadline) =>
        new(new Guid(SHA256.HashData(Encoding.UTF8.GetBytes($"{step} {stream} {deadline.Id} {deadline.DueAt.UtcTicks}"))[..16]));
}

internal static partial class DeadlineLog
{
    [LoggerMessage(2320, LogLevel.Warning, "A deadline ({Kind}) of {Stream} could not be carried out and is tried again. {Reason}")]
    public static partial void Late(ILogger log, string kind, string stream, string reason);
}

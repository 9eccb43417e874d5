using System.Text;
using System.Threading.RateLimiting;
using Aufruf.Contracts;
using Aufruf.Domain.Outbox;
using Aufruf.Grains;

namespace Aufruf.Hub.Connectors.Mail;

/// <summary>Reports of barriers leave as mails through the outbox, to the address that the setting names.</summary>
internal sealed class BarrierReports(MailOptions options, SealedMail sealedMail, IGrainFactory grains, TimeProvider clock)
    : IBarrierReports, IDisposable
{
    // A whole town reports less in a month. Beyond it the outbox would be full, and no citizen would hear of an appointment.
    private const int MostInAnHour = 60;

    // So many wait when the address takes none. Citizens' mails need the rest of the outbox.
    private const int MostWaiting = 200;

    // More is no report. The page's form says so before.
    private const int LongestText = 10_000;

    /// <summary>How long it is tried, should the mail server be away.</summary>
    private static readonly TimeSpan Life = TimeSpan.FromDays(7);

    private readonly PartitionedRateLimiter<string> _limit = PartitionedRateLimiter.Create<string, string>(authority =>
        RateLimitPartition.GetSlidingWindowLimiter(authority, _ => new SlidingWindowRateLimiterOptions
        { PermitLimit = MostInAnHour, Window = TimeSpan.FromHours(1), SegmentsPerWindow = 12 }));

    public Task<bool> IsOpenAsync(string authority) => Task.FromResult(options is { IsSet: true, Barriers.Length: > 0 });

    public async Task<BarrierAnswer> SendAsync(BarrierReport report, RequestId request)
    {
        if (!await IsOpenAsync(report.Authority))
        {
            return new(null, Refusal.BarrierFormOff);
        }

        var (cause, addressee) = (new Cause($"barrier/{report.Authority}", 0), $"report {request}");
        var id = MessageId.Of(cause, addressee, MessageKind.Mail);
        var number = $"{id.Value[..4]}-{id.Value[4..8]}".ToUpperInvariant();
        using var lease = _limit.AttemptAcquire(report.Authority);
        var outbox = grains.GetGrain<IOutboxGrain>(Outbox.StreamOf(report.Authority));
        if (!lease.IsAcquired
            || (await outbox.View()).Messages.Values.Count(message => message.Cause.Stream == cause.Stream) >= MostWaiting)
        {
            return new(null, Refusal.TooManyReports);
        }

        var command =
            await sealedMail.SealAsync(cause, addressee, new(options.Barriers, $"Barriere gemeldet: {number}", TextOf(report, number)),
            clock.GetUtcNow() + Life);
        var answer = await outbox.Handle(command.Message.Request, command);
        return answer.Refusal is null ? new(number) : new(null, Refusal.TooManyReports);
    }

    public void Dispose() => _limit.Dispose();

    /// <summary>For the authority's staff, in German. All that the citizen wrote is text and nothing else.</summary>
    private static string TextOf(BarrierReport report, string number)
    {
        var text = new StringBuilder($"Auf den Seiten für Bürgerinnen und Bürger wurde eine Barriere gemeldet.\n\nNummer: {number}\n");
        foreach (var (name, value) in (IEnumerable<(string, string)>)[("Seite", report.Page), ("Hilfsmittel", report.Aids),
            ("Antwort an", report.Mail), ("Sprache", report.Language)])
        {
            text.Append(value.Length > 0 ? $"{name}: {OneLine(value)}\n" : "");
        }

        text.Append("\nWas nicht ging:\n");
        foreach (var line in report.Text[..Math.Min(report.Text.Length, LongestText)].ReplaceLineEndings("\n").Split('\n'))
        {
            text.Append("> ").Append(OneLine(line)).Append('\n');
        }

        return text.ToString();
    }

    private static string OneLine(string text) => new([.. text.Take(LongestText).Select(c => char.IsControl(c) ? ' ' : c)]);
}

/// <summary>Answers a portal outside of this hub as one inside of it. Each hub has its own.</summary>
[Orleans.Concurrency.StatelessWorker, KeepAlive]
internal sealed class BarrierPagesGrain(IBarrierReports reports) : Grain, IBarrierPagesGrain
{
    public Task<bool> IsOpenAsync(string authority) => reports.IsOpenAsync(authority);

    public Task<BarrierAnswer> SendAsync(BarrierReport report, RequestId request) => reports.SendAsync(report, request);
}

using System.Collections.Concurrent;
using Aufruf.Contracts;
using Aufruf.Domain.Cases;
using Aufruf.Hub.Connectors.Payments;

namespace Aufruf.Hub.Cases.Payments;

/// <summary>Asks providers about attempts, and reports their answers to the claims. The provider's word counts, and no address of a page.
/// </summary>
internal sealed class PaymentQuestions(PaymentProviders providers, IGrainFactory grains, TimeProvider clock, ILogger<PaymentQuestions> log)
{
    /// <summary>A page that is loaded again and again asks a provider no more often.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(2);

    private const int MostRemembered = 1_000;

    private readonly ConcurrentDictionary<(string Stream, int Attempt), long> _asked = new();

    /// <summary>Asks unless it was asked just now.</summary>
    public Task AskSoonAsync(ClaimKey key, Attempt attempt)
    {
        if (_asked.Count > MostRemembered)
        {
            foreach (var old in _asked.Where(one => clock.GetElapsedTime(one.Value) > Rest))
            {
                _asked.TryRemove(old);
            }
        }

        var now = clock.GetTimestamp();
        var asked = _asked.AddOrUpdate((key.Stream, attempt.Number), now,
            (_, last) => clock.GetElapsedTime(last, now) > Rest ? now : last);
        return asked == now ? AskAsync(key, attempt) : Task.CompletedTask;
    }

    /// <returns>False: the provider did not answer.</returns>
    public async Task<bool> AskAsync(ClaimKey key, Attempt attempt)
    {
        if (providers.Of(key.Authority) is not { } provider)
        {
            return true;
        }

        var id = key.RequestOf(attempt.Number);
        var answer = await provider.AskAsync(attempt.Reference ?? id, CancellationToken.None);
        if (answer is PaymentAnswer.Unheard or PaymentAnswer.Refused)
        {
            HubLog.PaymentUnheard(log, key.Authority, id, ReasonOf(answer));
        }

        if (AttemptNews.Of(attempt, answer, clock.GetUtcNow()) is { } news)
        {
            await ReportAsync(key, news);
        }

        return answer is not (PaymentAnswer.Unheard or PaymentAnswer.Refused { WasHeard: false });
    }

    /// <summary>The provider's answer to the beginning of an attempt.</summary>
    public Task HearAsync(ClaimKey key, int attempt, PaymentAnswer answer)
    {
        if (answer is PaymentAnswer.Unheard or PaymentAnswer.Refused)
        {
            HubLog.PaymentRefused(log, key.Authority, ReasonOf(answer));
        }

        return ReportAsync(key, AttemptNews.OfBeginning(attempt, answer));
    }

    /// <summary>A provider may say the same twice with something else between. So each report is a request of its own.</summary>
    /// <returns>The refusal of a report that came too late.</returns>
    public async Task<Refusal?> ReportAsync(ClaimKey key, ClaimCommand.ReportAttempt news) =>
        (await grains.GetGrain<IClaimGrain>(key.Stream).Handle(new(Guid.CreateVersion7()), news)).Refusal;

    private static string ReasonOf(PaymentAnswer answer) => answer switch
    {
        PaymentAnswer.Unheard unheard => unheard.Reason,
        PaymentAnswer.Refused refused => refused.Reason,
        _ => "",
    };
}

using System.Net;
using System.Text.Json;

namespace Aufruf.Hub.Connectors.Payments;

/// <summary>One question to a provider, and what the kind of its answer proves.</summary>
internal static class PaymentLink
{
    /// <param name="read">Null: the answer is not one that the contract knows.</param>
    public static async Task<PaymentAnswer> AskAsync(HttpClient http, HttpRequestMessage question,
        Func<string, HttpResponseMessage, PaymentAnswer?> read, CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await http.SendAsync(question, cancellationToken);
            var body = await answer.Content.ReadAsStringAsync(cancellationToken);
            return answer.IsSuccessStatusCode
                ? read(body, answer) ?? new PaymentAnswer.Unheard("The provider's answer does not follow its contract.")
                : IsNo(answer.StatusCode) ? new PaymentAnswer.Refused($"The provider answers {(int)answer.StatusCode}.")
                : new PaymentAnswer.Unheard($"The provider answers {(int)answer.StatusCode}.");
        }
        catch (HttpRequestException e) when (e.HttpRequestError is HttpRequestError.NameResolutionError
            or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError)
        {
            return new PaymentAnswer.Refused($"No connection to the provider: {e.HttpRequestError}.", WasHeard: false); // Nothing was sent.
        }
        catch (HttpRequestException e)
        {
            return new PaymentAnswer.Unheard($"The connection to the provider broke: {e.HttpRequestError}.");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new PaymentAnswer.Unheard("The provider gives no answer in time.");
        }
        catch (JsonException)
        {
            return new PaymentAnswer.Unheard("The provider's answer is no JSON of its contract.");
        }
    }

    /// <summary>Cents of an amount in euros; null: it is no whole number of cents, or beyond all fees.</summary>
    public static long? Cents(decimal? euros) =>
        euros is { } amount && amount * 100 % 1 == 0 && Math.Abs(amount) < 100_000_000 ? (long)(amount * 100) : null;

    /// <summary>A page that a browser may be sent to; null: it is none.</summary>
    public static Uri? Page(string? address) => Uri.TryCreate(address, UriKind.Absolute, out var page)
        && (page.Scheme == Uri.UriSchemeHttps || (page.Scheme == Uri.UriSchemeHttp && page.IsLoopback)) ? page : null;

    // A request that took too long, or came too often, may have been carried out before.
    private static bool IsNo(HttpStatusCode code) => (int)code is >= 400 and < 500
        && code is not (HttpStatusCode.RequestTimeout or HttpStatusCode.Conflict or HttpStatusCode.TooManyRequests);
}

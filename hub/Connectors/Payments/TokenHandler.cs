using System.Net.Http.Headers;
using System.Text.Json.Serialization;

namespace Aufruf.Hub.Connectors.Payments;

/// <summary>Signs each request with a token, which it fetches when there is none or when it ends.</summary>
/// <remarks>Source: RFC 6749, client credentials.</remarks>
internal sealed class TokenHandler(Uri tokens, string id, string secret, TimeProvider time) : DelegatingHandler
{
    /// <summary>A token is not used in its last moments: it may end on its way.</summary>
    private static readonly TimeSpan Spare = TimeSpan.FromSeconds(30);

    private readonly SemaphoreSlim _one = new(1);
    private (string Text, DateTimeOffset Until) _token = ("", DateTimeOffset.MinValue);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await TokenAsync(cancellationToken));
        return await base.SendAsync(request, cancellationToken);
    }

    protected override void Dispose(bool disposing)
    {
        _one.Dispose();
        base.Dispose(disposing);
    }

    private async Task<string> TokenAsync(CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            if (_token.Until > time.GetUtcNow())
            {
                return _token.Text;
            }

            using var question = new HttpRequestMessage(HttpMethod.Post, tokens)
            {
                Content = new FormUrlEncodedContent([KeyValuePair.Create("grant_type", "client_credentials"),
                    KeyValuePair.Create("client_id", id), KeyValuePair.Create("client_secret", secret)]),
            };
            using var answer = await base.SendAsync(question, cancellationToken);
            var given = answer.IsSuccessStatusCode ? await answer.Content.ReadFromJsonAsync<Given>(cancellationToken) : null;
            if (given is not { Token.Length: > 0 })
            {
                // Nothing of the payment was sent.
                throw new HttpRequestException(HttpRequestError.ConnectionError, $"The provider gives no token: {(int)answer.StatusCode}.");
            }

            _token = (given.Token, time.GetUtcNow() + TimeSpan.FromSeconds(given.Seconds) - Spare);
            return given.Token;
        }
        catch (Exception e) when (e is HttpRequestException { HttpRequestError: not HttpRequestError.ConnectionError }
            or System.Text.Json.JsonException)
        {
            throw new HttpRequestException(HttpRequestError.ConnectionError, "The provider gives no token.", e);
        }
        finally
        {
            _one.Release();
        }
    }

    private sealed record Given([property: JsonPropertyName("access_token")] string? Token,
        [property: JsonPropertyName("expires_in")] int Seconds);
}

using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Aufruf.Hub.Connectors.Payments;

/// <summary>Connections to one provider, signed in the way that it asks for.</summary>
internal static class PaymentClient
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private const int LargestAnswer = 64 * 1024;

    public static HttpClient ByPassword(Uri address, string user, string password) => With(address, new SocketsHttpHandler(),
        http => http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic",
            Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}"))));

    /// <summary>The provider asks for no sign-in: each form is signed.</summary>
    public static HttpClient Unsigned(Uri address) => With(address, new SocketsHttpHandler());

    public static HttpClient ByCertificate(Uri address, X509Certificate2 certificate) => With(address, new SocketsHttpHandler
    {
        SslOptions = { ClientCertificates = [certificate] },
    });

    /// <param name="tokens">The address that gives a token for id and secret.</param>
    public static HttpClient ByToken(Uri address, Uri tokens, string id, string secret, TimeProvider time) =>
        With(address, new TokenHandler(tokens, id, secret, time) { InnerHandler = new SocketsHttpHandler { AllowAutoRedirect = false } });

    private static HttpClient With(Uri address, SocketsHttpHandler handler, Action<HttpClient>? sign = null)
    {
        handler.AllowAutoRedirect = false; // A payment goes where the authority says, and nowhere else.
        return With(address, (HttpMessageHandler)handler, sign);
    }

    private static HttpClient With(Uri address, HttpMessageHandler handler, Action<HttpClient>? sign = null)
    {
        var http = new HttpClient(handler)
        {
            BaseAddress = address,
            Timeout = Patience,
            MaxResponseContentBufferSize = LargestAnswer,
        };
        sign?.Invoke(http);
        return http;
    }
}

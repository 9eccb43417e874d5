using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Options;

namespace Aufruf.Hub.Letters;

/// <summary>The seal of each authority. Without a valid certificate a document bears none, and the log says so.</summary>
internal sealed class LetterSeals(IOptions<HubOptions> options, TimeProvider clock, ILogger<LetterSeals> log) : IDisposable
{
    private readonly ConcurrentDictionary<string, Lazy<X509Certificate2?>> _known = new();

    public LetterSeal? Of(string authority)
    {
        var certificate = _known.GetOrAdd(authority, key => new(() => Open(key))).Value;
        if (certificate is not null && clock.GetUtcNow() < certificate.NotAfter)
        {
            return new(certificate, clock);
        }

        HubLog.SealMissing(log, authority);
        return null;
    }

    public void Dispose()
    {
        foreach (var certificate in _known.Values.Where(known => known.IsValueCreated))
        {
            certificate.Value?.Dispose();
        }
    }

    /// <summary>To try it out, the demo makes a certificate that nobody trusts.</summary>
    private X509Certificate2? Open(string authority) => options.Value.Seals.TryGetValue(authority, out var own) ? own.Open()
        : options.Value.Demo ? Demo(authority) : null;

    private X509Certificate2 Demo(string authority)
    {
        using var key = RSA.Create(3072);
        var request = new CertificateRequest($"CN=Demo {authority}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return request.CreateSelfSigned(clock.GetUtcNow().AddDays(-1), clock.GetUtcNow().AddYears(1));
    }
}

using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Aufruf.Hub.Connectors.Payments;

/// <summary>A provider that takes signed forms and leads to its page, as GiroCheckout does.</summary>
/// <remarks>Source: open clients of GiroCheckout. MD5 is the provider's choice; the connection itself is encrypted.
/// It was never tried with the true one.</remarks>
internal sealed class RedirectPayment(HttpClient http, string merchant, string project, string password, Uri notify) : IPaymentProvider
{
    /// <summary>Characters that a bank shows on an account statement.</summary>
    private const int LongestPurpose = 27;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.AllowReadingFromString,
    };

    public Task<PaymentAnswer> BeginAsync(PaymentOrder order, CancellationToken cancellationToken) => PostAsync("transaction/start",
        [("merchantTxId", order.Request), ("amount", $"{order.Cents}"), ("currency", "EUR"), ("purpose", Purpose(order.Purpose)),
            ("urlRedirect", order.Return.AbsoluteUri), ("urlNotify", notify.AbsoluteUri)],
        said => said.Rc != 0 ? new PaymentAnswer.Refused($"The provider answers with its code {said.Rc}.")
            : said.Reference is { Length: > 0 and <= 64 } && PaymentLink.Page(said.Redirect) is { } page
                ? new PaymentAnswer.Begun(said.Reference, page) : null, cancellationToken);

    public Task<PaymentAnswer> AskAsync(string transaction, CancellationToken cancellationToken) => PostAsync("transaction/status",
        [("reference", transaction)],
        said => said.Rc != 0 ? new PaymentAnswer.Refused($"The provider answers with its code {said.Rc}.")
            : said.Reference == transaction && said.Amount is { } cents
                ? new PaymentAnswer.Found(State(said.ResultPayment), transaction, cents, said.Currency ?? "", said.BackendTxId, null)
                : null, cancellationToken);

    /// <summary>The letters and digits of the purpose that a bank takes, from its beginning.</summary>
    public static string Purpose(string text)
    {
        var plain = string.Concat(text.Replace("ß", "ss", StringComparison.Ordinal).Normalize(NormalizationForm.FormD)
            .Where(each => each < 128 && (char.IsAsciiLetterOrDigit(each) || " /-?:().,'+".Contains(each, StringComparison.Ordinal))));
        return plain.Length <= LongestPurpose ? plain : plain[..LongestPurpose];
    }

    private async Task<PaymentAnswer> PostAsync(string path, IEnumerable<(string Name, string Value)> own,
        Func<Said, PaymentAnswer?> read, CancellationToken cancellationToken)
    {
        (string Name, string Value)[] form = [("merchantId", merchant), ("projectId", project), .. own];
        using var question = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new FormUrlEncodedContent(form.Append(("hash", Hash(string.Concat(form.Select(field => field.Value)))))
                .Select(field => KeyValuePair.Create(field.Item1, field.Item2))),
        };
        return await PaymentLink.AskAsync(http, question, (body, answer) => IsSigned(body, answer)
            && JsonSerializer.Deserialize<Said>(body, Json) is { } said ? read(said) : null, cancellationToken);
    }

    private bool IsSigned(string body, HttpResponseMessage answer) => answer.Headers.TryGetValues("hash", out var hashes)
        && CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(hashes.First()), Encoding.ASCII.GetBytes(Hash(body)));

    [SuppressMessage("Security", "CA5351", Justification = "The provider's contract asks for it; the connection is encrypted.")]
    private string Hash(string text) =>
        Convert.ToHexStringLower(HMACMD5.HashData(Encoding.UTF8.GetBytes(password), Encoding.UTF8.GetBytes(text)));

    private static PaymentState State(int? result) => result switch
    {
        4000 => PaymentState.Paid,
        null => PaymentState.Open,
        4502 => PaymentState.Cancelled,
        _ => PaymentState.Failed,
    };

    private sealed record Said(int Rc, string? Reference, string? Redirect, long? Amount, string? Currency, string? BackendTxId,
        int? ResultPayment);
}

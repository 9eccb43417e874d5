using System.Text.Json;
using System.Text.RegularExpressions;

namespace Aufruf.Hub.Connectors.Payments;

/// <summary>A provider that follows XBezahldienste, the contract of German authorities' payment providers.</summary>
/// <remarks>Source: XBezahldienste 1.0.0, as the open clients of pmPayment, ePay21 and ePayBL read it.
/// It was never tried with one of them.</remarks>
/// <param name="http">Its base address ends before "paymenttransaction", and it signs in by itself.</param>
internal sealed partial class XBezahldienste(HttpClient http, string originator, string endpoint) : IPaymentProvider
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull,
    };

    private readonly string _path = $"paymenttransaction/{Uri.EscapeDataString(originator)}/{Uri.EscapeDataString(endpoint)}";

    public async Task<PaymentAnswer> BeginAsync(PaymentOrder order, CancellationToken cancellationToken)
    {
        using var question = new HttpRequestMessage(HttpMethod.Post, _path);
        question.Content = JsonContent.Create(RequestOf(order), options: Json);
        await question.Content.LoadIntoBufferAsync(cancellationToken); // Some providers refuse a body without a length.
        return await PaymentLink.AskAsync(http, question, (body, _) => Transaction(body) is
        { PaymentInformation: { Status: "INITIAL" } said, PaymentRequest: { } request } && request.RequestId == order.Request
            && IsId(said.TransactionId) && PaymentLink.Page(said.TransactionRedirectUrl) is { } page
                ? new PaymentAnswer.Begun(said.TransactionId, page) : null, cancellationToken);
    }

    public async Task<PaymentAnswer> AskAsync(string transaction, CancellationToken cancellationToken)
    {
        using var question = new HttpRequestMessage(HttpMethod.Get, $"{_path}/{Uri.EscapeDataString(transaction)}");
        return await PaymentLink.AskAsync(http, question, (body, _) => Transaction(body) is
        { PaymentInformation: { } said, PaymentRequest: { } request }
            && (said.TransactionId == transaction || request.RequestId == transaction)
            && IsId(said.TransactionId) && State(said.Status) is { } state && PaymentLink.Cents(request.GrosAmount) is { } cents
                ? new PaymentAnswer.Found(state, said.TransactionId, cents, request.Currency ?? "", said.TransactionReference,
                    DateTimeOffset.TryParse(said.TransactionTimestamp, System.Globalization.CultureInfo.InvariantCulture, out var at)
                        ? at : null, PaymentLink.Page(said.TransactionRedirectUrl)) : null, cancellationToken);
    }

    private static PaymentRequest RequestOf(PaymentOrder order) => new(order.Request, order.At.ToString("O"), "EUR", order.Cents / 100m,
        order.Purpose, order.Description, order.Return.AbsoluteUri, [.. order.Items.Select(ItemOf)]);

    private static Item ItemOf(PaymentItem item) =>
        new(item.Id, item.Account, item.Description, 0, 1, item.Cents / 100m, 0, item.Cents / 100m, 0);

    private static PaymentTransaction? Transaction(string body) => JsonSerializer.Deserialize<PaymentTransaction>(body, Json);

    private static PaymentState? State(string? status) => status switch
    {
        "INITIAL" => PaymentState.Open,
        "PAYED" => PaymentState.Paid,
        "FAILED" => PaymentState.Failed,
        "CANCELED" => PaymentState.Cancelled,
        _ => null,
    };

    private static bool IsId([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] string? text) => text is not null && Id().IsMatch(text);

    [GeneratedRegex(@"^[A-Za-z0-9_\-.]{1,64}$")]
    private static partial Regex Id();

    // The contract's own names, "gros" and "payed" too. No requestor and no empty booking data: ePay21 refuses them.
    private sealed record PaymentRequest(string? RequestId, string? RequestTimestamp, string? Currency, decimal? GrosAmount,
        string? Purpose, string? Description, string? RedirectUrl, IReadOnlyList<Item>? Items);

    private sealed record Item(string? Id, string? Reference, string? Description, decimal TaxRate, int Quantity, decimal TotalNetAmount,
        decimal TotalTaxAmount, decimal SingleNetAmount, decimal SingleTaxAmount);

    private sealed record PaymentInformation(string? TransactionId, string? TransactionRedirectUrl, string? TransactionReference,
        string? TransactionTimestamp, string? Status);

    private sealed record PaymentTransaction(PaymentInformation? PaymentInformation, PaymentRequest? PaymentRequest);
}

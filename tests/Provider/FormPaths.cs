using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Aufruf.Provider;

/// <summary>The addresses of a provider that takes signed forms.</summary>
internal sealed class FormPaths(Book book, Faults faults, ProviderSecrets secrets)
{
    private static readonly string[] StartFields = ["merchantId", "projectId", "merchantTxId", "amount", "currency", "purpose",
        "urlRedirect", "urlNotify"];
    private static readonly string[] StatusFields = ["merchantId", "projectId", "reference"];

    public void Map(WebApplication app)
    {
        app.MapPost("/transaction/start", StartAsync);
        app.MapPost("/transaction/status", StatusAsync);
    }

    private async Task StartAsync(HttpContext context)
    {
        var fault = faults.Next();
        var form = await context.Request.ReadFormAsync();
        if (fault is not Fault.LoseAnswer && await BadAnswers.GiveAsync(context, fault))
        {
            return;
        }

        if (!IsSigned(form, StartFields) || form["purpose"].ToString().Length > 27)
        {
            await AnswerAsync(context, new JsonObject { ["rc"] = 5000, ["msg"] = "hash or field" }, fault);
            return;
        }

        var payment = book.Keep(form["merchantTxId"]!, long.Parse(form["amount"]!, System.Globalization.CultureInfo.InvariantCulture),
            form["purpose"]!, form["urlRedirect"]!, Uri.TryCreate(form["urlNotify"], UriKind.Absolute, out var hint) ? hint : null);
        if (!await BadAnswers.GiveAsync(context, fault))
        {
            await AnswerAsync(context, new JsonObject
            {
                ["rc"] = 0,
                ["reference"] = payment.Id,
                ["redirect"] = fault is Fault.BadPage ? "data:text/html,x"
                    : $"{context.Request.Scheme}://{context.Request.Host}/pay/{payment.Id}",
            }, fault);
        }
    }

    private async Task StatusAsync(HttpContext context)
    {
        var fault = faults.Next();
        var form = await context.Request.ReadFormAsync();
        if (await BadAnswers.GiveAsync(context, fault))
        {
            return;
        }

        if (!IsSigned(form, StatusFields) || book.Find(form["reference"]!) is not { } payment)
        {
            await AnswerAsync(context, new JsonObject { ["rc"] = 5020 }, fault);
            return;
        }

        await AnswerAsync(context, new JsonObject
        {
            ["rc"] = 0,
            ["reference"] = fault is Fault.OtherAttempt ? "T-another" : payment.Id,
            ["merchantTxId"] = payment.Request,
            ["backendTxId"] = $"KZ{payment.Id[1..9]}",
            ["amount"] = fault is Fault.OtherAmount ? payment.Cents + 1 : payment.Cents,
            ["currency"] = "EUR",
            ["resultPayment"] = payment.Status switch
            {
                PaymentStatus.Paid => 4000,
                PaymentStatus.Cancelled => 4502,
                PaymentStatus.Failed => 4900,
                _ => null,
            },
        }, fault);
    }

    private async Task AnswerAsync(HttpContext context, JsonObject answer, Fault fault)
    {
        var body = answer.ToJsonString();
        context.Response.Headers["hash"] = Hash(fault is Fault.OtherAttempt ? body + " " : body);
        await context.Response.WriteAsync(body);
    }

    private bool IsSigned(IFormCollection form, string[] fields) =>
        form["hash"] == Hash(string.Concat(fields.Select(field => form[field].ToString())));

    [SuppressMessage("Security", "CA5351", Justification = "The provider's contract asks for it; the connection is encrypted.")]
    private string Hash(string text) =>
        Convert.ToHexStringLower(HMACMD5.HashData(Encoding.UTF8.GetBytes(secrets.Password), Encoding.UTF8.GetBytes(text)));
}

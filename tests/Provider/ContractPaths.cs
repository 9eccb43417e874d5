using System.Text;
using System.Text.Json.Nodes;

namespace Aufruf.Provider;

/// <summary>The addresses of XBezahldienste, and a token for those who sign in so.</summary>
internal sealed class ContractPaths(Book book, Faults faults, ProviderSecrets secrets)
{
    private const string Token = "token-of-the-demo";

    public void Map(WebApplication app)
    {
        app.MapPost("/oauth/token", TokenAsync);
        app.MapPost("/paymenttransaction/{originator}/{endpoint}", BeginAsync);
        app.MapGet("/paymenttransaction/{originator}/{endpoint}/{id}", AskAsync);
    }

    private async Task TokenAsync(HttpContext context)
    {
        var form = await context.Request.ReadFormAsync();
        if (form["grant_type"] == "client_credentials" && form["client_id"] == secrets.User && form["client_secret"] == secrets.Password)
        {
            await context.Response.WriteAsJsonAsync(new JsonObject { ["access_token"] = Token, ["expires_in"] = 300 });
            return;
        }

        context.Response.StatusCode = StatusCodes.Status401Unauthorized;
    }

    private async Task BeginAsync(HttpContext context)
    {
        var fault = faults.Next();
        if (!IsCustomer(context) || (fault is not Fault.LoseAnswer && await BadAnswers.GiveAsync(context, fault)))
        {
            return;
        }

        var request = (await JsonNode.ParseAsync(context.Request.Body))!.AsObject();
        if (request.ContainsKey("requestor"))
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest; // As ePay21 does.
            return;
        }

        var payment = book.Keep((string)request["requestId"]!, (long)((decimal)request["grosAmount"]! * 100),
            (string)request["purpose"]!, (string)request["redirectUrl"]!);
        if (!await BadAnswers.GiveAsync(context, fault))
        {
            await AnswerAsync(context, payment, fault);
        }
    }

    private async Task AskAsync(HttpContext context, string id)
    {
        var fault = faults.Next();
        if (!IsCustomer(context) || await BadAnswers.GiveAsync(context, fault))
        {
            return;
        }

        if (book.Find(id) is not { } payment)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        await AnswerAsync(context, payment, fault);
    }

    private static Task AnswerAsync(HttpContext context, Payment payment, Fault fault) => context.Response.WriteAsJsonAsync(new JsonObject
    {
        ["paymentInformation"] = new JsonObject
        {
            ["transactionId"] = fault is Fault.OtherAttempt ? "T-another" : payment.Id,
            ["transactionReference"] = $"KZ{payment.Id[1..9]}",
            ["transactionRedirectUrl"] = fault is Fault.BadPage ? "javascript:alert(1)"
                : $"{context.Request.Scheme}://{context.Request.Host}/pay/{payment.Id}",
            ["transactionTimestamp"] = payment.PaidAt?.ToString("O"),
            ["paymentMethod"] = payment.Status is PaymentStatus.Paid ? "CREDITCARD" : null,
            ["status"] = payment.Status switch
            {
                PaymentStatus.Paid => "PAYED",
                PaymentStatus.Failed => "FAILED",
                PaymentStatus.Cancelled => "CANCELED",
                _ => "INITIAL",
            },
        },
        ["paymentRequest"] = new JsonObject
        {
            ["requestId"] = fault is Fault.OtherAttempt ? "another" : payment.Request,
            ["currency"] = "EUR",
            ["grosAmount"] = (fault is Fault.OtherAmount ? payment.Cents + 1 : payment.Cents) / 100m,
            ["purpose"] = payment.Purpose,
        },
    });

    private bool IsCustomer(HttpContext context)
    {
        var basic = $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{secrets.User}:{secrets.Password}"))}";
        if (context.Request.Headers.Authorization.ToString() is { } shown && (shown == basic || shown == $"Bearer {Token}"))
        {
            return true;
        }

        context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        return false;
    }
}

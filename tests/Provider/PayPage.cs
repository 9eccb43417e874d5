using System.Net;

namespace Aufruf.Provider;

/// <summary>The page at which a citizen of the demo pays, fails or breaks off.</summary>
internal sealed class PayPage(Book book)
{
    public void Map(WebApplication app)
    {
        app.MapGet("/pay/{id}", (string id) => book.Find(id) is { } payment ? Results.Content(Page(payment), "text/html; charset=utf-8")
            : Results.NotFound());
        app.MapPost("/pay/{id}/{end}", async (string id, PaymentStatus end) =>
        {
            if (book.Find(id) is not { } payment)
            {
                return Results.NotFound();
            }

            if (payment.Status is PaymentStatus.Open)
            {
                book.Settle(payment, end);
                await HintAsync(payment);
            }

            return Results.Redirect(payment.ReturnTo);
        });
    }

    /// <summary>Sent twice, as providers do. One that is lost is lost.</summary>
    private static async Task HintAsync(Payment payment)
    {
        if (payment.HintTo is not { } to)
        {
            return;
        }

        using var http = new HttpClient();
        for (var n = 0; n < 2; n++)
        {
            try
            {
                using var form = new FormUrlEncodedContent([KeyValuePair.Create("gcReference", payment.Id)]);
                using var heard = await http.PostAsync(to, form);
            }
            catch (HttpRequestException)
            {
                // The customer asks by itself.
            }
        }
    }

    private static string Page(Payment payment) => DemoPage.Of("Demo-Bezahlseite: Es fließt kein Geld", $"""
        <p>{WebUtility.HtmlEncode(payment.Purpose)}: {payment.Cents / 100},{payment.Cents % 100:00} Euro</p>
        <form method="post" action="/pay/{payment.Id}/Paid"><button>Bezahlen</button></form>
        <form method="post" action="/pay/{payment.Id}/Failed"><button>Karte wird abgelehnt</button></form>
        <form method="post" action="/pay/{payment.Id}/Cancelled"><button>Abbrechen</button></form>
        """);
}

using Aufruf.Domain.Identity;
using Aufruf.Hub.Connectors.Payments;
using Aufruf.Portal.Identity;
using Aufruf.Portal.Web;

namespace Aufruf.Hub.Cases.Payments;

/// <summary>A provider says that it has news of an attempt. That is a hint: the hub asks the provider, and believes nothing else.</summary>
internal static class PaymentHints
{
    private const int MostValues = 10, LongestValue = 100;

    public static void MapPaymentHints(this IEndpointRouteBuilder app)
    {
        // Some providers ask and some send. Neither changes anything by itself.
        app.MapGet(PaymentProviders.HintPathOf("{authority}"), HearAsync).Needs(Permission.Public)
            .RequireRateLimiting(CallerRates.BookAppointment).ExcludeFromDescription();
        app.MapPost(PaymentProviders.HintPathOf("{authority}"), HearAsync).Needs(Permission.Public)
            .RequireRateLimiting(CallerRates.BookAppointment).ExcludeFromDescription();
    }

    /// <summary>The same answer, whether such an attempt is known or not.</summary>
    private static async Task HearAsync(string authority, HttpContext http, PaymentProviders providers, ClaimCopies copies,
        PaymentQuestions questions)
    {
        http.Response.StatusCode = StatusCodes.Status204NoContent;
        http.Response.Headers.CacheControl = "no-store";
        if (!providers.Has(authority))
        {
            return;
        }

        var said = http.Request.Query.SelectMany(field => field.Value)
            .Concat(http.Request.HasFormContentType ? (await http.Request.ReadFormAsync()).SelectMany(field => field.Value) : []);
        foreach (var reference in said.OfType<string>().Where(value => value.Length is > 0 and <= LongestValue).Take(MostValues).Distinct())
        {
            if (copies.Find(authority, reference) is var (key, attempt))
            {
                await questions.AskSoonAsync(key, attempt);
            }
        }
    }
}

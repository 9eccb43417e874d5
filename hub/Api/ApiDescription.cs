using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Aufruf.Hub.Api;

/// <summary>Describes to OpenAPI the ids, which are plain strings, and the words an address may end with.</summary>
internal static class ApiDescription
{
    public static void DescribeAufruf(this OpenApiOptions options)
    {
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info.Title = "Aufruf";
            document.Info.Description =
                "Tickets and calls of a town hall. Desk calls need a person's key as bearer, and to take a ticket needs a kiosk token. "
                + "To see a ticket and to cancel it needs no token: its code stands in the address.";
            return Task.CompletedTask;
        });
        options.AddSchemaTransformer((schema, context, _) =>
        {
            var type = Nullable.GetUnderlyingType(context.JsonTypeInfo.Type) ?? context.JsonTypeInfo.Type;
            if (FormOf(type) is var (format, example))
            {
                schema.Type = JsonSchemaType.String | (type == context.JsonTypeInfo.Type ? 0 : JsonSchemaType.Null);
                (schema.Format, schema.Examples) = (format, example is null ? null : [example]);
                schema.Properties?.Clear();
                schema.Required?.Clear();
            }

            return Task.CompletedTask;
        });
    }

    /// <summary>The words an address may end with.</summary>
    public static RouteHandlerBuilder OfActions(this RouteHandlerBuilder endpoint, IEnumerable<string> actions) =>
        endpoint.AddOpenApiOperationTransformer((operation, _, _) =>
    {
        if (operation.Parameters?.FirstOrDefault(p => p.Name == "action") is OpenApiParameter action)
        {
            action.Schema = new OpenApiSchema { Type = JsonSchemaType.String, Enum = [.. actions.Select(a => (JsonNode)a)] };
        }

        return Task.CompletedTask;
    });

    private static (string? Format, string? Example)? FormOf(Type type) =>
        type == typeof(TicketId) || type == typeof(RequestId) ? ("uuid", null)
        : type == typeof(QueueKey) ? (null, "alsdorf.rathaus.erdgeschoss.2026-11-23")
        : type == typeof(TicketNumber) ? (null, "A042")
        : type.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(ITextId<>)) ? (null, null)
        : null;
}

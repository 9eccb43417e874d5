using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Aufruf.Contracts;
using Aufruf.Domain;
using Aufruf.Domain.Appointments;
using Aufruf.Domain.Queues;
using Aufruf.Hub.Api;

namespace Aufruf.Tests.House;

/// <summary>Writes displays/shared/messages.ts from the records of the hub, by the JSON rules the hub itself uses.</summary>
internal sealed class ScreenMessages
{
    private const int Width = 140;

    /// <summary>HTTP bodies that screens send.</summary>
    private static readonly Type[] Requests =
        [
            typeof(CounterRequest), typeof(TicketRequest), typeof(EnterTicketRequest), typeof(ServiceRequest), typeof(TakeTicketRequest),
            typeof(KioskCheckInRequest), typeof(StaffActionRequest), typeof(StaffBookingRequest),
            typeof(FindRequest), typeof(SlipRequest),
        ];

    /// <summary>HTTP bodies that screens read.</summary>
    private static readonly Type[] Answers =
        [
            typeof(CounterAnswer), typeof(TakenTicket), typeof(OfficeInfo), typeof(StaffAppointment), typeof(FoundSlots),
            typeof(FoundTickets), typeof(Aufruf.Contracts.Paired),
        ];

    private static readonly Type[] WrittenAsText = [typeof(string), typeof(char), typeof(Guid), typeof(DateTimeOffset), typeof(QueueKey),
        typeof(TicketNumber), typeof(TicketId), typeof(CalendarWeekKey), typeof(AppointmentId)];

    private readonly JsonSerializerOptions _json = new(JsonSerializerDefaults.Web) { TypeInfoResolver = new DefaultJsonTypeInfoResolver() };
    private readonly Dictionary<Type, string> _written = [];
    private readonly StringBuilder _text = new();
    private bool _isRequest;

    private ScreenMessages() => JsonForms.Use(_json);

    public static string Write()
    {
        var writer = new ScreenMessages();
        writer._text.Append("""
            // Written by ./run messages from the records in hub/Push and hub/Api, where each part is explained. A test compares it.
            // Times are ISO 8601 with offset. Texts are by language tag, for example { de: "Schalter", en: "Counter" }.

            """);
        foreach (var hub in typeof(Aufruf.Hub.HubOptions).Assembly.GetTypes()
            .Where(t => !t.IsAbstract && t.IsAssignableTo(typeof(Microsoft.AspNetCore.SignalR.Hub)))
            .OrderBy(t => t.Name, StringComparer.Ordinal))
        {
            writer.WriteHub(hub);
        }

        writer._isRequest = true;
        Array.ForEach(Requests, type => writer.NameOf(type));
        writer._isRequest = false;
        Array.ForEach(Answers, type => writer.NameOf(type));
        writer.Union("CounterAction", CounterEndpoints.Actions.Keys);
        return writer._text.ToString();
    }

    /// <summary>The calls of a hub on a screen, and of the screen on the hub.</summary>
    private void WriteHub(Type hub)
    {
        var name = hub.Name[..^"Hub".Length];
        var (live, client) = (hub.BaseType!, hub.BaseType!.GetGenericArguments()[0]);
        var calls = live.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .Concat(hub.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
            .Where(m => !m.IsSpecialName && m.GetBaseDefinition() == m);
        var (onScreen, onHub) = (Methods(client.GetMethods()), Methods(calls));
        Interface($"{name}Client", onScreen);
        Interface($"{name}Server", onHub);
    }

    private string[] Methods(IEnumerable<MethodInfo> methods) => [.. methods.Select(m =>
        $"{Camel(m.Name)}({string.Join(", ", m.GetParameters().Select(p => $"{p.Name}: {NameOf(p.ParameterType)}"))}): void;")];

    /// <summary>The TypeScript name of a type; writes its declaration when it is met first.</summary>
    private string NameOf(Type type)
    {
        if (Nullable.GetUnderlyingType(type) is { } value)
        {
            return NameOf(value);
        }

        if (_written.TryGetValue(type, out var known))
        {
            return known;
        }

        if (WrittenAsText.Contains(type)
            || type.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(ITextId<>)))
        {
            return "string";
        }

        if (type == typeof(bool))
        {
            return "boolean";
        }

        if (type.IsPrimitive)
        {
            return "number";
        }

        var shape = _json.GetTypeInfo(type);
        if (shape.Kind is JsonTypeInfoKind.Enumerable)
        {
            return NameOf(shape.ElementType!) + "[]";
        }

        if (shape.Kind is JsonTypeInfoKind.Dictionary)
        {
            var record = $"Record<{NameOf(shape.KeyType!)}, {NameOf(shape.ElementType!)}>";
            if (type.IsGenericType)
            {
                return record;
            }

            _text.Append(CultureInfo.InvariantCulture, $"\nexport type {type.Name} = {record};\n");
            return _written[type] = type.Name;
        }

        _written[type] = type.Name;
        if (type.IsEnum)
        {
            Union(type.Name, Enum.GetValues(type).Cast<object>()
                .Select(v => JsonSerializer.SerializeToNode(v, type, _json)!.GetValue<string>()));
        }
        else if (shape.Kind is JsonTypeInfoKind.Object && shape.PolymorphismOptions is null)
        {
            Interface(type.Name, [.. shape.Properties.Where(p => p.Get is not null).Select(Property)]);
        }
        else
        {
            throw new NotSupportedException($"{type} has a JSON form of its own: say here what it is in TypeScript.");
        }

        return type.Name;
    }

    private string Property(JsonPropertyInfo property)
    {
        var leftOut = property.AttributeProvider!.GetCustomAttributes(typeof(JsonIgnoreAttribute), false).Length > 0;
        var mayLack = leftOut || (_isRequest && !property.IsRequired);
        var mayBeNull = property.IsGetNullable && !leftOut;
        return $"{property.Name}{(mayLack ? "?" : "")}: {NameOf(property.PropertyType)}{(mayBeNull ? " | null" : "")};";
    }

    private void Interface(string name, string[] parts)
    {
        var line = $"export interface {name} {{ {string.Join(' ', parts)} }}";
        _text.Append('\n').Append(line.Length <= Width ? line : $"export interface {name} {{\n{Filled(parts)}\n}}").Append('\n');
    }

    private static string Filled(string[] parts) => string.Join('\n', parts.Aggregate(new List<string>(), (lines, part) =>
    {
        if (lines.Count > 0 && lines[^1].Length + 1 + part.Length <= Width)
        {
            lines[^1] += " " + part;
        }
        else
        {
            lines.Add("  " + part);
        }

        return lines;
    }));

    private void Union(string name, IEnumerable<string> words)
    {
        _text.Append('\n').Append("export type ").Append(name).Append(" =");
        var column = Width;
        foreach (var word in words)
        {
            var text = $" | \"{word}\"";
            if (column + text.Length > Width)
            {
                _text.Append("\n ");
                column = 1;
            }

            _text.Append(text);
            column += text.Length;
        }

        _text.Append(";\n");
    }

    private static string Camel(string name) => JsonNamingPolicy.CamelCase.ConvertName(name);
}

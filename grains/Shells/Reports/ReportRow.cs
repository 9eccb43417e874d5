using System.Text.Json;
using System.Text.Json.Serialization;
using Aufruf.Domain;
using Aufruf.Domain.Queues;
using Aufruf.Domain.Reports;

namespace Aufruf.Grains.Reports;

/// <summary>One day of the reports as it is stored.</summary>
/// <param name="Version">Of the last entry that counts.</param>
/// <param name="Clerks">Whether the facts name clerks.</param>
/// <param name="Facts">JSON.</param>
internal sealed record ReportRow(QueueKey Queue, long Version, bool Clerks, string Facts)
{
    // Half of a ticket's facts are unknown: they are left out.
    private static readonly JsonSerializerOptions Options = new(DomainJson.Options)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        RespectRequiredConstructorParameters = false,
    };

    public static string Write(DayFacts facts) => JsonSerializer.Serialize(facts, Options);

    public static DayFacts Read(string facts) => JsonSerializer.Deserialize<DayFacts>(facts, Options)
        ?? throw new InvalidDataException("A day of the reports is null.");
}

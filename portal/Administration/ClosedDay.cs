using System.Globalization;
using System.Text.Json.Nodes;
using Aufruf.Domain.Offices;

namespace Aufruf.Portal.Administration;

/// <summary>Days in a draft on which the office is closed, such as a town festival, or has other hours.</summary>
/// <param name="Index">Its row in the draft.</param>
/// <param name="First">As it is written: a wrong date can still be removed.</param>
public sealed record ClosedDay(int Index, string First, string Last, string? Reason, bool HasHours)
{
    /// <summary>Null: there is none.</summary>
    public static JsonObject? HoursOf(JsonObject root) => root["hours"] as JsonObject;

    public static IReadOnlyList<ClosedDay> Of(JsonObject hours, string language) =>
    [
        .. from row in Rows(hours).Select((row, index) => (Node: row as JsonObject, index))
           where row.Node is not null
           let single = ConfigPlace.Text(row.Node["on"])
           select new ClosedDay(row.index, single ?? ConfigPlace.Text(row.Node["from"]) ?? "",
               single ?? ConfigPlace.Text(row.Node["to"]) ?? "",
               ConfigChoices.NameIn(row.Node["reason"], language), row.Node["hours"] is JsonArray { Count: > 0 }),
    ];

    /// <summary>The first row decides a day, so a new one stands before the others.</summary>
    public static void Add(JsonObject hours, DateOnly first, DateOnly last, Domain.Offices.Texts reason)
    {
        var row = new JsonObject();
        if (first == last)
        {
            row["on"] = Iso(first);
        }
        else
        {
            (row["from"], row["to"]) = (Iso(first), Iso(last));
        }

        if (reason.Count > 0)
        {
            row["reason"] = new JsonObject(reason.Select(text => KeyValuePair.Create(text.Key, (JsonNode?)text.Value)));
        }

        if (hours["exceptions"] is JsonArray rows)
        {
            rows.Insert(0, row);
        }
        else
        {
            hours["exceptions"] = new JsonArray(row);
        }
    }

    /// <summary>False: another day stands in that row now.</summary>
    public static bool Remove(JsonObject hours, int index, string first)
    {
        var found = Of(hours, "de").Any(day => day.Index == index && day.First == first);
        if (found && hours["exceptions"] is JsonArray rows)
        {
            rows.RemoveAt(index);
        }

        return found;
    }

    /// <summary>The public holidays that the office keeps, of two years.</summary>
    public static IReadOnlyList<(DateOnly Day, Domain.Offices.Texts Name)> HolidaysOf(JsonObject hours, int year) =>
        ConfigPlace.Text(hours["holidays"]) != "nw" ? []
        : [.. from n in Enumerable.Range(0, new DateOnly(year + 2, 1, 1).DayNumber - new DateOnly(year, 1, 1).DayNumber)
              let day = new DateOnly(year, 1, 1).AddDays(n)
              let name = Domain.Offices.HolidaysOf.Nw.NameOf(day)
              where name is not null
              select (day, name)];

    private static JsonArray Rows(JsonObject hours) => hours["exceptions"] as JsonArray ?? [];

    private static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

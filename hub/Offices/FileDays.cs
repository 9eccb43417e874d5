using Newtonsoft.Json.Linq;

namespace Aufruf.Hub.Offices;

/// <summary>Days in an office file: "on" for one, "from" and "to" for several. The domain knows a first and a last day.</summary>
internal static class FileDays
{
    /// <summary>Rewrites all days of a file that its schema has let pass, and names those that state neither or both.</summary>
    public static IReadOnlyList<OfficeRules.Finding> Rewrite(JObject root)
    {
        var all = root.SelectTokens("hours.exceptions[*]").Concat(root.SelectTokens("areas[*].services[*].closed[*]")).OfType<JObject>().ToList();
        return [.. all.Where(days => !TryRewrite(days)).Select(days => new OfficeRules.Finding(days.Path, "needs either 'on' with one date, or 'from' and 'to' with the first and the last."))];
    }

    private static bool TryRewrite(JObject days)
    {
        var (on, from, to) = (days["on"], days["from"], days["to"]);
        if (on is null ? from is null || to is null : from is not null || to is not null)
        {
            return false;
        }

        (days["first"], days["last"]) = (on ?? from, on ?? to);
        return true;
    }
}

using System.Text.RegularExpressions;

namespace Aufruf.Hub.Offices;

/// <summary>The time zones that hub and browsers understand alike: IANA names of a place, such as Europe/Berlin.</summary>
/// <remarks>.NET also knows Windows names, which browsers refuse, and names in other letter cases.</remarks>
internal static partial class TimeZoneRules
{
    public static IEnumerable<OfficeRules.Finding> Broken(string name) =>
        PlaceName().IsMatch(name) && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) && zone.Id == name ? []
        : [new("timeZone", $"'{name}' is not a time zone of this machine; expected an IANA name {MeantBy(
            name, "instead of this Windows name:", "such as")}.",
            $"„{name}“ ist keine Zeitzone dieses Rechners. Erwartet: ein IANA-Name {MeantBy(
                name, "statt dieses Windows-Namens:", "wie")}.")];

    private static string MeantBy(string name, string instead, string such) =>
        TimeZoneInfo.TryConvertWindowsIdToIanaId(name, out var iana) ? $"{instead} '{iana}'"
        : TimeZoneInfo.GetSystemTimeZones().Select(zone => zone.Id).FirstOrDefault(id => PlaceName().IsMatch(id)
            && (id.Equals(name, StringComparison.OrdinalIgnoreCase) || id.EndsWith($"/{name}", StringComparison.OrdinalIgnoreCase)))
            is { } near ? $"{such} '{near}'"
        : $"{such} Europe/Berlin";

    [GeneratedRegex("^(UTC|Etc/UTC|(Africa|America|Antarctica|Arctic|Asia|Atlantic|Australia|Europe|Indian|Pacific)/[A-Za-z0-9_+/-]+)$")]
    private static partial Regex PlaceName();
}

using static Aufruf.Hub.Offices.OfficeRules;

namespace Aufruf.Hub.Offices;

/// <summary>Checks an area's work profiles beyond the schema.</summary>
internal static class ProfileRules
{
    public static IEnumerable<Finding> Broken(WaitingArea area, string path) =>
    [
        .. Twice($"{path}.profiles", area.Profiles.Select(p => p.Id)),
        .. area.Profiles.SelectMany((profile, p) => OfProfile(area, profile, $"{path}.profiles[{p}]")),
    ];

    private static IEnumerable<Finding> OfProfile(WaitingArea area, WorkProfile profile, string path)
    {
        var grouped = profile.Groups.SelectMany((group, g) => group.Select((service, s) => (service, Path: $"{path}.groups[{g}][{s}]")))
            .ToList();
        var also = profile.Also.Select((rule, i) => (service: rule.Service, Path: $"{path}.also[{i}].service")).ToList();
        return
        [
            .. grouped.Concat(also).Where(x => area.Service(x.service) is null)
                .Select(x => new Finding(x.Path, $"'{x.service}' is not a service of area '{area.Id}'; expected one of "
                    + $"{Listed(area.Services.Select(s => s.Id.Value))}.",
                    $"„{x.service}“ ist kein Anliegen des Wartebereichs „{area.Id}“; möglich sind: "
                    + $"{Listed(area.Services.Select(s => s.Id.Value))}.")),
            .. Repeated(grouped).Select(
                x => new Finding(x.Path, $"'{x.Service}' stands in two groups of profile '{profile.Id}'; a service is in one group.",
                    $"„{x.Service}“ steht in zwei Gruppen des Profils „{profile.Id}“; möglich ist eine.")),
            .. Repeated(also).Select(x => new Finding(x.Path, $"'{x.Service}' stands twice under 'also' of profile '{profile.Id}'.",
                $"„{x.Service}“ steht zweimal unter „auch“ im Profil „{profile.Id}“.")),
            .. also.Where(x => profile.Groups[0].Contains(x.service))
                .Select(x => new Finding(x.Path, $"'{x.service}' is in the first group of profile '{profile.Id}' and always called.",
                    $"„{x.service}“ steht in der ersten Gruppe des Profils „{profile.Id}“ und wird immer aufgerufen.")),
        ];
    }

    private static IEnumerable<(ServiceId Service, string Path)> Repeated(IEnumerable<(ServiceId Service, string Path)> listed) =>
        listed.GroupBy(x => x.Service).Where(g => g.Count() > 1).Select(g => g.Last());
}

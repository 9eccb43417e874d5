using static Aufruf.Hub.Offices.OfficeRules;

namespace Aufruf.Hub.Offices;

/// <summary>Checks an area's work profiles beyond the schema.</summary>
internal static class ProfileRules
{
    public static IEnumerable<Finding> Broken(Office office, WaitingArea area, string path) =>
    [
        .. Twice($"{path}.profiles", area.Profiles.Select(p => p.Id)),
        .. area.Profiles.SelectMany((profile, p) => OfProfile(area, profile, $"{path}.profiles[{p}]")),
        .. area.Profiles.SelectMany((profile, p) => profile.Further.SelectMany((further, f) =>
            OfFurther(office, area, further, $"{path}.profiles[{p}].further[{f}]"))),
        .. area.Profiles.SelectMany((profile, p) => profile.Further.Select((further, f) => (further.Area, f)).GroupBy(x => x.Area)
            .Where(same => same.Count() > 1)
            .Select(same => new Finding($"{path}.profiles[{p}].further[{same.Last().f}].area",
                $"'{same.Key}' stands twice under 'further' of profile '{profile.Id}'.",
                $"„{same.Key}“ steht zweimal unter den weiteren Wartebereichen des Profils „{profile.Id}“."))),
    ];

    private static IEnumerable<Finding> OfFurther(Office office, WaitingArea area, FurtherArea further, string path)
    {
        if (further.Area == area.Id || office.Area(further.Area) is not { } other)
        {
            return [new($"{path}.area", $"'{further.Area}' is not another area of this office.",
                $"„{further.Area}“ ist kein anderer Wartebereich dieser Behörde.")];
        }

        return
        [
            .. further.Services.Select((service, s) => (service, s)).Where(x => other.Service(x.service) is null)
                .Select(x => new Finding($"{path}.services[{x.s}]", $"'{x.service}' is not a service of area '{other.Id}'; expected one of "
                    + $"{Listed(other.Services.Select(s => s.Id.Value))}.",
                    $"„{x.service}“ ist kein Anliegen des Wartebereichs „{other.Id}“; möglich sind: "
                    + $"{Listed(other.Services.Select(s => s.Id.Value))}.")),
            .. other.Services.Any(service => area.Services.Any(own => own.Letter == service.Letter))
                ? [new($"{path}.area", $"'{other.Id}' and '{area.Id}' give the same letters; a number would not be unique there.",
                    $"„{other.Id}“ und „{area.Id}“ vergeben dieselben Buchstaben; eine Nummer wäre dort nicht eindeutig.")]
                : (Finding[])[],
            .. office.SeesCalls(other.Id, area.Id) ? (Finding[])[]
                : [new($"{path}.area",
                    $"a board of '{other.Id}' does not show the calls of '{area.Id}'; its citizens would not see theirs.",
                    $"eine Anzeige von „{other.Id}“ zeigt die Aufrufe von „{area.Id}“ nicht; wer dort wartet, sähe den eigenen nicht.")],
        ];
    }

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

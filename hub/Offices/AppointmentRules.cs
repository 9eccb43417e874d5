using Aufruf.Domain.Appointments;
using static Aufruf.Hub.Offices.OfficeRules;

namespace Aufruf.Hub.Offices;

/// <summary>Checks calendars of appointments beyond the schema.</summary>
internal static class AppointmentRules
{
    public static IEnumerable<Finding> Broken(Office office) =>
    [
        .. Twice("calendars", office.Calendars.Select(c => c.Id)),
        .. office.Calendars.SelectMany((calendar, c) => OfCalendar(office, calendar, $"calendars[{c}]")),
    ];

    /// <summary>Stands in the address of video rooms for the name of one room.</summary>
    public const string Room = "{room}";

    private static IEnumerable<Finding> OfCalendar(Office office, Calendar calendar, string path) =>
    [
        .. OfVideo(calendar.Video, $"{path}.video"),
        .. calendar.Services.SelectMany((bookable, s) => OfVideo(bookable.Video, $"{path}.services[{s}].video")),
        .. calendar.Services.SelectMany((bookable, s) => OfService(office, calendar, bookable, s, $"{path}.services[{s}]")),
        .. calendar.Series.SelectMany((series, s) => (IEnumerable<Finding>)
        [
            .. HoursRules.OfSeries(series, $"{path}.series[{s}]"),
            .. OfSpan(calendar, new(series.From, series.To, series.Counters) { Online = series.Online }, $"{path}.series[{s}]"),
        ]),
        .. calendar.Exceptions.SelectMany((exception, e) => (IEnumerable<Finding>)
        [
            .. HoursRules.Reversed(exception.First, exception.Last, $"{path}.exceptions[{e}]"),
            .. exception.Hours.SelectMany((span, s) => (IEnumerable<Finding>)
            [
                .. HoursRules.Reversed(new HoursSpan(span.From, span.To), $"{path}.exceptions[{e}].hours[{s}]"),
                .. OfSpan(calendar, span, $"{path}.exceptions[{e}].hours[{s}]"),
            ]),
        ]),
        .. calendar.AlsoAt.Select((other, o) => (other, o)).Where(x => x.other == office.Id)
            .Select(x => new Finding($"{path}.alsoAt[{x.o}]",
                $"'{x.other}' is this office itself; expected ids of other offices of '{office.Authority.Id}'.",
                $"„{x.other}“ ist diese Behörde selbst; gemeint sind andere Behörden von „{office.Authority.Id}“.")),
        .. calendar is { Since: { } since, Until: { } until } ? HoursRules.Reversed(since, until, path) : [],
        .. OfRelease(calendar.Release, $"{path}.release"),
        .. calendar.Rules.ReturnsAfterMinutes <= calendar.Rules.ReturnsWithinMinutes ? (Finding[])[]
            : [new($"{path}.rules.returnsWithinMinutes", $"is {calendar.Rules.ReturnsWithinMinutes} but 'returnsAfterMinutes' is "
                + $"{calendar.Rules.ReturnsAfterMinutes}; expected at least as many minutes.",
                $"{calendar.Rules.ReturnsWithinMinutes} Minuten sind weniger als die frühesten {calendar.Rules.ReturnsAfterMinutes}.")],
    ];

    private static IEnumerable<Finding> OfService(Office office, Calendar calendar, BookableService bookable, int index, string path)
    {
        if (office.Service(bookable.Service) is null)
        {
            yield return new($"{path}.service", $"'{bookable.Service}' is not a service of this office; expected one of "
                + $"{Listed(office.Areas.SelectMany(a => a.Services).Select(s => s.Id.Value))}.",
                $"„{bookable.Service}“ ist kein Anliegen dieser Behörde; möglich sind: "
                + $"{Listed(office.Areas.SelectMany(a => a.Services).Select(s => s.Id.Value))}.");
        }

        if (calendar.Services.Take(index).Any(other => other.Service == bookable.Service))
        {
            yield return new($"{path}.service", $"'{bookable.Service}' stands twice in calendar '{calendar.Id}'.",
                $"„{bookable.Service}“ steht zweimal im Kalender „{calendar.Id}“.");
        }
    }

    private static IEnumerable<Finding> OfVideo(string? video, string path)
    {
        if (video is not null && (!Uri.TryCreate(video.Replace(Room, "room", StringComparison.Ordinal), UriKind.Absolute, out var url)
            || url.Scheme is not "https" || url.UserInfo.Length > 0 || url.OriginalString.AsSpan().ContainsAny('{', '}')))
        {
            yield return new(path, $"'{video}' is no address of a video room; expected one such as https://video.alsdorf.de/{Room}, "
                + $"in which {Room} becomes the name of each appointment's own room.",
                $"„{video}“ ist keine Adresse eines Videoraums, wie https://video.alsdorf.de/{Room}. "
                + $"{Room} steht für den eigenen Raum jedes Termins.");
        }
    }

    private static IEnumerable<Finding> OfSpan(Calendar calendar, CalendarSpan span, string path)
    {
        if (span.Online > span.Counters)
        {
            yield return new($"{path}.online",
                $"the public may book {span.Online} counters, but there are {span.Counters}; expected at most as many as 'counters'.",
                $"Im Netz sind {span.Online} Schalter buchbar, es gibt aber nur {span.Counters}.");
        }

        var minutes = span.To.Minutes - span.From.Minutes;
        if (minutes > 0 && calendar.Services.Min(s => s.Minutes) is var shortest && shortest > minutes)
        {
            yield return new(path, $"has {minutes} minutes, and no appointment fits in: the shortest needs {shortest}.",
                $"In {minutes} Minuten passt kein Termin: Der kürzeste braucht {shortest}.");
        }
    }

    private static IEnumerable<Finding> OfRelease(ReleasePlan release, string path)
    {
        if (release.Steps.Sum(step => step.Percent) is var sum && sum != 100)
        {
            yield return new($"{path}.steps", $"the shares add up to {sum} percent; expected 100.",
                $"Die Anteile ergeben {sum} Prozent statt 100.");
        }

        foreach (var (step, s) in release.Steps.Select((step, s) => (step, s)).Skip(1)
            .Where(x => x.step.DaysAhead >= release.Steps[x.s - 1].DaysAhead))
        {
            yield return new($"{path}.steps[{s}].daysAhead",
                $"{step.DaysAhead} days follow {release.Steps[s - 1].DaysAhead}; expected the earliest release first.",
                $"{step.DaysAhead} Tage stehen nach {release.Steps[s - 1].DaysAhead}; die früheste Freigabe steht zuerst.");
        }
    }
}

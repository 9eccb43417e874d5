using System.Diagnostics;
using System.Globalization;
using Aufruf.Contracts;
using Aufruf.Domain.Appointments;

namespace Aufruf.Hub.Offices;

/// <summary>Changes offices, whatever way a change comes. A place that a ticket needs must stay, and a calendar that has
/// bookings.</summary>
/// <remarks>It asks the queues themselves, so every hub comes to the same answer. A service may go: every counter calls its tickets.
/// </remarks>
/// <param name="handle">Carries out the command of an office's stream: its grain in a hub, the journal itself in a command.</param>
/// <param name="view">The present state of a queue.</param>
/// <param name="weeks">The weeks of an office's calendars, from this week on.</param>
public sealed class OfficeChanges(OfficeDirectory offices, OfficeCopies copies,
    Func<string, OfficeCommand, Task<Answer<OfficeEvent>>> handle, Func<QueueKey, Task<Queue>> view,
    Func<string, Task<IReadOnlyList<(CalendarWeekKey Key, CalendarWeek Week)>>> weeks, TimeProvider clock)
{
    private const int MostNumbers = 10;

    /// <summary>The bookings that a version of an office would hit, without those that do not fit before.</summary>
    public async Task<IReadOnlyList<BookedIn>> HitByAsync(Office? before, Office after) =>
        before is null ? [] : CalendarChange.HitBy(before, after, await weeks(after.Key), clock.GetUtcNow());

    /// <summary>Says how many bookings a change hits, and where staff make the plan for them. No line: it hits none.</summary>
    /// <param name="publicUrl">Of the hub; null: it is not known here.</param>
    public static IEnumerable<string> Sentences(Office office, IReadOnlyList<BookedIn> hit, string? publicUrl)
    {
        if (hit.Count > 0)
        {
            yield return $"{office.Key}: {Count(hit.Count)} no longer {(hit.Count == 1 ? "fits" : "fit")}, the first on "
                + $"{Moment(office, hit[0].Booked)}. No booking is changed before staff send a plan: "
                + $"{publicUrl?.TrimEnd('/')}/staff/{office.Key}/plans";
            foreach (var day in hit.GroupBy(booked => (Day: office.Day(booked.Booked.From), booked.Week.Calendar)).Take(MostNumbers))
            {
                yield return string.Create(CultureInfo.InvariantCulture,
                    $"   {day.Key.Day:yyyy-MM-dd}  {day.Key.Calendar}: {Count(day.Count())}");
            }
        }
    }

    /// <summary>Null: the change is durable and in force here. Otherwise the reason why not.</summary>
    /// <param name="key">"alsdorf.rathaus".</param>
    public async Task<string?> TryAsync(string key, OfficeCommand command)
    {
        if (offices.Find(key) is { } before && await ObjectionAsync(before, After(command)) is { } why)
        {
            return $"{key}: {why.In("en")}";
        }

        try
        {
            return (await HandleAsync(key, command)).Refusal?.English;
        }
        catch (UnreadableStreamException error)
        {
            return error.Message;
        }
    }

    /// <summary>Carries out a command, and knows here what it led to. The caller asks for objections before it publishes.</summary>
    public async Task<Answer<OfficeEvent>> HandleAsync(string key, OfficeCommand command)
    {
        var stream = OfficeConfiguration.StreamOf(key);
        var answer = await handle(stream, command);
        if (offices.ConfigurationOf(key).Version < answer.Version)
        {
            await copies.CatchUpAsync(stream); // The grain may live in another hub.
        }

        return answer;
    }

    private static Office? After(OfficeCommand command) => command switch
    {
        OfficeCommand.Publish c => c.Office,
        OfficeCommand.Withdraw => null,
        _ => throw new UnreachableException("A draft asks for objections before it is published."),
    };

    /// <summary>Why a new version of an office must not take effect; null when it may.</summary>
    public async Task<Texts?> ObjectionAsync(Office before, Office? after)
    {
        foreach (var (area, counter) in PlacesLost(before, after))
        {
            var needed = await NeedingAsync(before, area, counter);
            if (needed is null)
            {
                return Both($"Wartebereich '{area.Id}' fehlt, aber seine heutige Warteschlange ist nicht lesbar; er bleibt.",
                    $"area '{area.Id}' is gone from the configuration, but its queue of today cannot be read; it stays.");
            }

            if (needed.Count > 0)
            {
                return counter is null
                    ? Both($"Wartebereich '{area.Id}' fehlt, aber heute sind {needed.Count} Wartenummern dort "
                        + $"({Listed(needed, "weitere")}); er bleibt, bis sie bedient sind.",
                        $"area '{area.Id}' is gone from the configuration, but {needed.Count} tickets are there today "
                        + $"({Listed(needed)}); it stays until they are served.")
                    : Both($"Schalter '{counter.Id}' fehlt, aber {needed.Count} Wartenummern sind dort oder für ihn vorgemerkt "
                        + $"({Listed(needed, "weitere")}); er bleibt, bis sie bedient sind.",
                        $"counter '{counter.Id}' is gone from the configuration, but {needed.Count} tickets are there or kept "
                        + $"for it ({Listed(needed)}); it stays until they are served.");
            }
        }

        return await CalendarLostAsync(before, after);
    }

    /// <summary>Its bookings would have no place any more, and their citizens no page.</summary>
    private async Task<Texts?> CalendarLostAsync(Office before, Office? after)
    {
        foreach (var calendar in before.Calendars.Where(calendar => after?.Calendar(calendar.Id) is null))
        {
            if (CalendarChange.ToComeIn($"{before.Key}.{calendar.Id}", await weeks(before.Key), clock.GetUtcNow())
                is { Count: > 0 } toCome)
            {
                var last = Moment(before, toCome[^1].Booked);
                return Both($"Kalender '{calendar.Id}' fehlt, aber in ihm stehen noch {toCome.Count} Termine, der letzte am {last}; "
                    + "er bleibt. Geben Sie ihm keine Zeiten, und senden Sie den Plan für seine Termine.",
                    $"calendar '{calendar.Id}' is gone from the configuration, but it has {Count(toCome.Count)} to come, "
                    + $"the last on {last}; it stays. Give it no hours, and send the plan for its bookings.");
            }
        }

        return after is null ? await SharedLostAsync(before) : null;
    }

    /// <summary>Calendars of other offices may have bookings that take place in this one.</summary>
    private async Task<Texts?> SharedLostAsync(Office before)
    {
        foreach (var other in offices.All.Where(office => office.Authority.Id == before.Authority.Id && office.Key != before.Key))
        {
            if (CalendarChange.ToComeAt(before, await weeks(other.Key), clock.GetUtcNow()) is { Count: > 0 } toCome)
            {
                var (calendar, last) = (toCome[^1].Week.Calendar, Moment(before, toCome[^1].Booked));
                return Both($"Die Behörde fehlt, aber Kalender '{calendar}' von {other.Key} hat dort noch {toCome.Count} Termine, "
                    + $"den letzten am {last}; sie bleibt.",
                    $"the office is gone, but calendar '{calendar}' of {other.Key} has {Count(toCome.Count)} to come there, "
                    + $"the last on {last}; it stays.");
            }
        }

        return null;
    }

    private static Texts Both(string german, string english) => new() { ["de"] = german, ["en"] = english };

    private static string Count(int bookings) => bookings == 1 ? "1 booking" : $"{bookings} bookings";

    private static string Moment(Office office, Appointment booked) =>
        office.LocalTime(booked.From).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    /// <summary>The numbers of the tickets that need a place today; null when that cannot be known.</summary>
    private async Task<List<string>?> NeedingAsync(Office office, WaitingArea area, Counter? counter)
    {
        try
        {
            var queue = await view(office.QueueOf(area, clock.GetUtcNow()));
            return [.. queue.Tickets.Values.Where(t => t.Alive && (counter is null || t.ForCounter == counter.Id
                || (t.AtCounter && t.Counter == counter.Id))).OrderBy(t => t.Place).Select(t => t.Number.ToString())];
        }
        catch (UnreadableStreamException)
        {
            return counter is null ? null : []; // Without its queue a counter serves no ticket.
        }
    }

    /// <summary>The areas that a new version of an office no longer has, and the counters that left their area.</summary>
    private static IEnumerable<(WaitingArea Area, Counter? Counter)> PlacesLost(Office before, Office? after) =>
        before.Areas.SelectMany(area => after?.Area(area.Id) is not { } left ? [(area, null)]
            : area.Counters.Where(counter => left.Counter(counter.Id) is null).Select(counter => (area, (Counter?)counter)));

    private static string Listed(List<string> numbers, string more = "more") => string.Join(", ", numbers.Take(MostNumbers))
        + (numbers.Count > MostNumbers ? $" + {numbers.Count - MostNumbers} {more}" : "");
}

using static Aufruf.Domain.Deadlines.WheelCommand;
using static Aufruf.Domain.Deadlines.WheelEvent;

namespace Aufruf.Domain.Deadlines;

/// <summary>All that must happen in one authority on one day (UTC), and has not happened yet.</summary>
public sealed record Wheel(ImmutableDictionary<string, Deadline> Open) : IAggregate<Wheel, WheelCommand, WheelEvent>
{
    /// <summary>Ten times what a region with a million citizens has on one day.</summary>
    public const int MostDeadlines = 100_000;

    public const string StreamKind = "deadlines";

    public static int Schema => 1;

    public static Wheel Empty { get; } = new(ImmutableDictionary<string, Deadline>.Empty);

    /// <summary>"deadlines/alsdorf.2026-11-28".</summary>
    public static string StreamOf(string authority, DateTimeOffset dueAt) =>
        string.Create(CultureInfo.InvariantCulture, $"{StreamKind}/{authority}.{dueAt.UtcDateTime:yyyy-MM-dd}");

    /// <summary>The day of a stream's deadlines.</summary>
    public static DateOnly DayOf(string stream) => DateOnly.ParseExact(stream.AsSpan(stream.LastIndexOf('.') + 1), "yyyy-MM-dd",
        CultureInfo.InvariantCulture);

    /// <summary>The open ones, as they become due.</summary>
    public IEnumerable<Deadline> InOrder => Open.Values.OrderBy(d => d.DueAt).ThenBy(d => d.Id, StringComparer.Ordinal);

    /// <remarks>A deadline that is set or cancelled twice is as it was: a caller that repeats needs no other words.</remarks>
    public Decision<WheelEvent> Decide(WheelCommand command, DateTimeOffset now) => command switch
    {
        SetDeadline c when Open.GetValueOrDefault(c.Deadline.Id) == c.Deadline => Array.Empty<WheelEvent>(),
        SetDeadline c => Open.Count < MostDeadlines || Open.ContainsKey(c.Deadline.Id) ? new DeadlineSet(c.Deadline, now)
            : Refusal.WheelFull,
        CancelDeadline c => Open.ContainsKey(c.Id) ? new DeadlineCancelled(c.Id, now) : Array.Empty<WheelEvent>(),
        // Another hub may have been faster, or it was set to another time meanwhile.
        ReportMet c => Open.GetValueOrDefault(c.Deadline.Id) == c.Deadline ? new DeadlineMet(c.Deadline.Id, now)
            : Array.Empty<WheelEvent>(),
        _ => throw new UnreachableException(),
    };

    public Wheel Apply(WheelEvent happened) => happened switch
    {
        DeadlineSet e => new(Open.SetItem(e.Deadline.Id, e.Deadline)),
        DeadlineCancelled e => new(Open.Remove(e.Id)),
        DeadlineMet e => new(Open.Remove(e.Id)),
        _ => throw new UnreachableException(),
    };
}

/// <summary>Something that must happen at a time.</summary>
/// <param name="Kind">Says who carries it out: "vault-keys".</param>
/// <param name="About">Its subject, within its kind: "alsdorf.rathaus". No personal value.</param>
public sealed record Deadline(string Kind, string About, DateTimeOffset DueAt)
{
    /// <summary>One deadline of a kind is open for each subject and day.</summary>
    [JsonIgnore]
    public string Id => $"{Kind}/{About}";
}

public static class WheelRefusals
{
    extension(Refusal)
    {
        public static Refusal WheelFull => new("wheel-full",
            "Für diesen Tag sind schon zu viele Termine vorgemerkt.", "Too many deadlines are set for this day already.");
    }
}

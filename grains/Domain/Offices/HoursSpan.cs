namespace Aufruf.Domain.Offices;

/// <summary>From when until when, on the wall of the office, within one day.</summary>
public sealed record HoursSpan(WallTime From, WallTime To)
{
    public bool Overlaps(HoursSpan other) => From.Minutes < other.To.Minutes && other.From.Minutes < To.Minutes;

    /// <summary>The same hours in order, those that overlap or touch as one.</summary>
    public static IReadOnlyList<HoursSpan> Joined(IEnumerable<HoursSpan> spans)
    {
        var joined = new List<HoursSpan>();
        foreach (var span in spans.Where(s => s.From.Minutes < s.To.Minutes).OrderBy(s => s.From))
        {
            if (joined.Count > 0 && span.From.Minutes <= joined[^1].To.Minutes)
            {
                joined[^1] = joined[^1] with { To = new(Math.Max(joined[^1].To.Minutes, span.To.Minutes)) };
            }
            else
            {
                joined.Add(span);
            }
        }

        return joined;
    }

    public override string ToString() => $"{From}-{To}";
}

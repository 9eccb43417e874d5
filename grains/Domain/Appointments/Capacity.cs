namespace Aufruf.Domain.Appointments;

/// <summary>A part of one counter's time that is given to appointments.</summary>
/// <param name="ReleasedAt">From then on wishes may take it, and soon the public. Staff may take it before.</param>
public readonly record struct Piece(DateTimeOffset From, DateTimeOffset To, DateTimeOffset ReleasedAt);

/// <summary>Counts what is free. Counters of a calendar are alike, so a time is free while fewer are taken than there are.</summary>
public static class Capacity
{
    public static bool Fits(this CalendarWeek week, DateTimeOffset from, DateTimeOffset to, Channel channel, DateTimeOffset now)
    {
        foreach (var free in week.Free(from, to, channel, now))
        {
            if (free < 1)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>For each minute of a span: how many more appointments somebody may make. Negative: more are made than fit.</summary>
    public static int[] Free(this CalendarWeek week, DateTimeOffset from, DateTimeOffset to, Channel channel, DateTimeOffset now)
    {
        // The public and wishes take of the released pieces, staff of the others, as long as there are any.
        var (all, released) = (new Minutes(from, to), new Minutes(from, to));
        foreach (var piece in week.Pieces)
        {
            all.Add(piece.From, piece.To, 1);
            released.Add(piece.From, piece.To, week.OpensAt(piece, channel) <= now ? 1 : 0);
        }

        foreach (var taken in week.Appointments.Values.Where(a => a.IsLive(now)))
        {
            Take(taken.From, taken.To, taken.Channel);
        }

        // To the public a slot that returns later looks as if it was still taken.
        foreach (var slot in week.Returning.Where(s => channel is Channel.Public && now < s.PublicAt))
        {
            Take(slot.From, slot.To, slot.Channel);
        }

        int[] free = channel is Channel.Staff ? all.Sums() : [.. all.Sums().Zip(released.Sums(), Math.Min)];
        return week.Closures.IsEmpty ? free : [.. free.Zip(week.Closed(from, to), (have, closed) => have - closed)];

        void Take(DateTimeOffset begin, DateTimeOffset end, Channel by)
        {
            all.Add(begin, end, -1);
            released.Add(begin, end, by is Channel.Staff ? 0 : -1);
        }
    }

    /// <summary>For each minute: how many counters plans have closed, at most as many as there are.</summary>
    private static IEnumerable<int> Closed(this CalendarWeek week, DateTimeOffset from, DateTimeOffset to)
    {
        var (open, closed) = (new Minutes(from, to), new Minutes(from, to));
        foreach (var piece in week.Pieces)
        {
            open.Add(piece.From, piece.To, 1);
        }

        foreach (var closure in week.Closures)
        {
            closed.Add(closure.From, closure.To, closure.Counters);
        }

        return open.Sums().Zip(closed.Sums(), Math.Min);
    }

    /// <summary>The next moment at which more may be free than now, without anybody doing anything; null: none.</summary>
    public static DateTimeOffset? NextChange(this CalendarWeek week, Channel channel, DateTimeOffset now) => FirstAfter(now,
        week.Pieces.Select(p => week.OpensAt(p, channel))
            .Concat(week.Returning.Select(s => s.PublicAt))
            .Concat(week.Appointments.Values.Where(a => a.State is AppointmentState.Held or AppointmentState.Preconfirmed)
                .Select(a => a.Until)));

    /// <summary>The next release for the public within a span; null: all of it is released.</summary>
    public static DateTimeOffset? NextRelease(this CalendarWeek week, DateTimeOffset from, DateTimeOffset to, DateTimeOffset now) =>
        FirstAfter(now, week.Pieces.Where(p => p.From < to && p.To > from).Select(p => week.OpensAt(p, Channel.Public)));

    private static DateTimeOffset? FirstAfter(DateTimeOffset now, IEnumerable<DateTimeOffset> moments) =>
        moments.Where(at => at > now).Cast<DateTimeOffset?>().Min();

    private static DateTimeOffset OpensAt(this CalendarWeek week, Piece piece, Channel channel) =>
        channel is Channel.Public ? piece.ReleasedAt.AddMinutes(week.WishesFirstMinutes) : piece.ReleasedAt;

    /// <summary>Adds up spans, minute by minute.</summary>
    private readonly struct Minutes(DateTimeOffset from, DateTimeOffset to)
    {
        private readonly int[] _changes = new int[Math.Max(0, (int)Math.Ceiling((to - from).TotalMinutes)) + 1];

        public void Add(DateTimeOffset begin, DateTimeOffset end, int change)
        {
            if (begin < to && end > from)
            {
                _changes[Math.Max(0, (int)Math.Floor((begin - from).TotalMinutes))] += change;
                _changes[Math.Min(_changes.Length - 1, (int)Math.Ceiling((end - from).TotalMinutes))] -= change;
            }
        }

        public int[] Sums()
        {
            var sums = new int[_changes.Length - 1];
            for (int i = 0, sum = 0; i < sums.Length; i++)
            {
                sums[i] = sum += _changes[i];
            }

            return sums;
        }
    }
}

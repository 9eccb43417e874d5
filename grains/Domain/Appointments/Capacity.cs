namespace Aufruf.Domain.Appointments;

/// <summary>A part of one counter's time that is given to appointments.</summary>
/// <param name="ReleasedAt">From then on wishes may take it, and soon the public; null: only staff.</param>
public readonly record struct Piece(DateTimeOffset From, DateTimeOffset To, DateTimeOffset? ReleasedAt);

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
        var all = new Minutes(from, to);
        foreach (var piece in week.Pieces)
        {
            all.Add(piece.From, piece.To, 1);
        }

        // A public booking takes of the released pieces, a clerk's of the others, as long as there are any.
        var released = new Minutes(from, to);
        if (channel is not Channel.Staff)
        {
            foreach (var piece in week.Pieces.Where(p => week.IsReleased(p, channel, now)))
            {
                released.Add(piece.From, piece.To, 1);
            }

            foreach (var slot in week.Returning.Where(s => channel is Channel.Public && now < s.PublicAt))
            {
                released.Add(slot.From, slot.To, -1);
            }
        }

        foreach (var taken in week.Appointments.Values.Where(a => a.IsLive(now)))
        {
            all.Add(taken.From, taken.To, -1);
            if (taken.Channel is not Channel.Staff)
            {
                released.Add(taken.From, taken.To, -1);
            }
        }

        var free = all.Sums();
        if (channel is not Channel.Staff)
        {
            var ofReleased = released.Sums();
            for (var i = 0; i < free.Length; i++)
            {
                free[i] = Math.Min(free[i], ofReleased[i]);
            }
        }

        return free;
    }

    /// <summary>The next moment at which more may be free than now, without anybody doing anything; null: none.</summary>
    public static DateTimeOffset? NextChange(this CalendarWeek week, Channel channel, DateTimeOffset now)
    {
        var moments = week.Pieces.Select(p => week.OpensAt(p, channel))
            .Concat(week.Returning.Select(s => (DateTimeOffset?)s.PublicAt))
            .Concat(week.Appointments.Values
                .Where(a => a.State is AppointmentState.Held or AppointmentState.Preconfirmed).Select(a => (DateTimeOffset?)a.Until));
        return moments.Where(at => at > now).Min();
    }

    /// <summary>The next release for the public within a span; null: all of it is released.</summary>
    public static DateTimeOffset? NextRelease(this CalendarWeek week, DateTimeOffset from, DateTimeOffset to, DateTimeOffset now) =>
        week.Pieces.Where(p => p.From < to && p.To > from).Select(p => week.OpensAt(p, Channel.Public)).Where(at => at > now).Min();

    private static bool IsReleased(this CalendarWeek week, Piece piece, Channel channel, DateTimeOffset now) =>
        week.OpensAt(piece, channel) <= now;

    private static DateTimeOffset? OpensAt(this CalendarWeek week, Piece piece, Channel channel) =>
        channel is Channel.Public ? piece.ReleasedAt?.AddMinutes(week.WishesFirstMinutes) : piece.ReleasedAt;

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

namespace Aufruf.Domain.Queues;

/// <summary>Tickets as bytes for this very program: thousands are read in the time in which JSON reads hundreds.</summary>
internal static class TicketBytes
{
    public static void Write(BinaryWriter to, IReadOnlyCollection<Ticket> tickets)
    {
        var texts = new WrittenTexts(to);
        to.Write7BitEncodedInt(tickets.Count);
        foreach (var ticket in tickets)
        {
            Write(to, texts, ticket);
        }
    }

    public static Ticket[] Read(BinaryReader from)
    {
        var texts = new ReadTexts(from);
        var tickets = new Ticket[from.Read7BitEncodedInt()];
        for (var i = 0; i < tickets.Length; i++)
        {
            tickets[i] = Read(from, texts);
        }

        return tickets;
    }

    private static void Write(BinaryWriter to, WrittenTexts texts, Ticket t)
    {
        to.Write(t.Id.Value.ToByteArray());
        to.Write(t.Code.Value);
        to.Write(t.Number.Letter);
        to.Write7BitEncodedInt(t.Number.Value);
        texts.Write(t.Service.Value);
        texts.Write(t.Language);
        to.Write7BitEncodedInt64(t.Place);
        Write(to, t.TakenAt);
        to.Write((byte)t.State);
        to.Write7BitEncodedInt(t.Calls);
        texts.Write(t.Counter?.Value);
        Write(to, t.CalledAt);
        Write(to, t.LastCallAt);
        Write(to, t.ArrivedAt);
        Write(to, t.EndedAt);
        Write(to, t.DueAt);
        Write(to, t.HereSince);
        texts.Write(t.Wanted.Value);
        Write(to, t.Booked);
        texts.Write(t.Priority);
        to.Write7BitEncodedInt(t.Also.Count);
        foreach (var service in t.Also)
        {
            texts.Write(service.Value);
        }

        texts.Write(t.Remark);
        texts.Write(t.ForCounter?.Value);
        texts.Write(t.ForClerk?.Value);
        Write(to, t.NotBefore);
        to.Write(t.NotBeforeCall is not null);
        to.Write7BitEncodedInt64(t.NotBeforeCall ?? 0);
        Write(to, t.WakeAt);
        to.Write7BitEncodedInt(t.Misses);
        to.Write7BitEncodedInt(t.Parts.Count);
        foreach (var part in t.Parts)
        {
            texts.Write(part.Service.Value);
            texts.Write(part.Counter.Value);
            Write(to, part.CalledAt);
            Write(to, part.ArrivedAt);
            Write(to, part.EndedAt);
        }

        Write(to, t.PartCalledAt);
        to.Write(t.CutOff);
        texts.Write(t.FromArea);
        texts.Write(t.ToArea);
        to.Write(t.OnItsWay is not null);
        texts.Write(t.OnItsWay?.Area);
        texts.Write(t.OnItsWay?.Counter?.Value);
        texts.Write(t.OnItsWay?.Clerk?.Value);
        texts.Write(t.OnItsWay?.Service?.Value);
        to.Write7BitEncodedInt(t.Journeys);
        to.Write7BitEncodedInt(t.Changes);
    }

    // Initializers run in the order in which they are written, and so did the writer.
    private static Ticket Read(BinaryReader from, ReadTexts texts) => new(
        new(new Guid(from.ReadBytes(16))), new(from.ReadString()), new(from.ReadChar(), from.Read7BitEncodedInt()), new(texts.Read()), texts.Read(),
        from.Read7BitEncodedInt64(), ReadTime(from), (TicketState)from.ReadByte(), from.Read7BitEncodedInt(), texts.Maybe<CounterId>(),
        MaybeTime(from), MaybeTime(from), MaybeTime(from), MaybeTime(from))
    {
        DueAt = ReadTime(from),
        HereSince = ReadTime(from),
        Wanted = new(texts.Read()),
        Booked = MaybeTime(from),
        Priority = texts.MaybeText(),
        Also = Many(from, () => new ServiceId(texts.Read())),
        Remark = texts.MaybeText(),
        ForCounter = texts.Maybe<CounterId>(),
        ForClerk = texts.Maybe<ClerkId>(),
        NotBefore = MaybeTime(from),
        NotBeforeCall = MaybeNumber(from),
        WakeAt = MaybeTime(from),
        Misses = from.Read7BitEncodedInt(),
        Parts = Many(from, () => new Part(new(texts.Read()), new(texts.Read()), ReadTime(from), MaybeTime(from), ReadTime(from))),
        PartCalledAt = MaybeTime(from),
        CutOff = from.ReadBoolean(),
        FromArea = texts.MaybeText(),
        ToArea = texts.MaybeText(),
        OnItsWay = MaybeTarget(from, texts),
        Journeys = from.Read7BitEncodedInt(),
        Changes = from.Read7BitEncodedInt(),
    };

    private static TransferTarget? MaybeTarget(BinaryReader from, ReadTexts texts)
    {
        var isThere = from.ReadBoolean();
        var target = new TransferTarget(texts.MaybeText(), texts.Maybe<CounterId>(), texts.Maybe<ClerkId>(), texts.Maybe<ServiceId>());
        return isThere ? target : null;
    }

    private static long? MaybeNumber(BinaryReader from)
    {
        var (isThere, number) = (from.ReadBoolean(), from.Read7BitEncodedInt64());
        return isThere ? number : null;
    }

    private static T[] Many<T>(BinaryReader from, Func<T> read)
    {
        var count = from.Read7BitEncodedInt();
        if (count == 0)
        {
            return [];
        }

        var all = new T[count];
        for (var i = 0; i < count; i++)
        {
            all[i] = read();
        }

        return all;
    }

    private static void Write(BinaryWriter to, DateTimeOffset time)
    {
        to.Write(time.Ticks);
        to.Write((short)time.TotalOffsetMinutes);
    }

    private static void Write(BinaryWriter to, DateTimeOffset? time)
    {
        to.Write(time is not null);
        if (time is { } known)
        {
            Write(to, known);
        }
    }

    private static DateTimeOffset ReadTime(BinaryReader from) => new(from.ReadInt64(), TimeSpan.FromMinutes(from.ReadInt16()));

    private static DateTimeOffset? MaybeTime(BinaryReader from) => from.ReadBoolean() ? ReadTime(from) : null;

    /// <summary>The same few services and counters stand in every ticket: each is written once, and then its number.</summary>
    private sealed class WrittenTexts(BinaryWriter to)
    {
        private readonly Dictionary<string, int> _known = new(StringComparer.Ordinal);

        public void Write(string? text)
        {
            if (text is null)
            {
                to.Write7BitEncodedInt(0);
            }
            else if (_known.TryGetValue(text, out var number))
            {
                to.Write7BitEncodedInt(number);
            }
            else
            {
                _known[text] = _known.Count + 1;
                to.Write7BitEncodedInt(_known.Count);
                to.Write(text);
            }
        }
    }

    private sealed class ReadTexts(BinaryReader from)
    {
        private readonly List<string> _known = [];

        public string Read() => MaybeText() ?? throw new InvalidDataException("A text is missing.");

        public T? Maybe<T>() where T : struct, ITextId<T> => MaybeText() is { } text ? T.Of(text) : null;

        public string? MaybeText()
        {
            var number = from.Read7BitEncodedInt();
            if (number > _known.Count)
            {
                _known.Add(from.ReadString());
            }

            return number == 0 ? null : _known[number - 1];
        }
    }
}

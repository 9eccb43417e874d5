namespace Aufruf.Domain.Cases;

/// <summary>A list of codes, such as the kinds of something, as it is from a day on.</summary>
public sealed record CodeList(string Id, DateOnly Edition, IReadOnlyList<Code> Codes)
{
    public IEnumerable<string> Marks => Codes.SelectMany(code => code.Marks).Distinct();

    public Code? Find(string id) => Codes.FirstOrDefault(code => code.Id == id);
}

/// <param name="Marks">Properties that rules ask for.</param>
public sealed record Code(string Id, Texts Label, ImmutableHashSet<string> Marks);

/// <summary>Amounts by date and keys, as they are decided in a by-law.</summary>
public sealed record RateTable(string Id, DateOnly Edition, IReadOnlyList<RateKey> Keys, IReadOnlyList<RateRow> Rows)
{
    /// <summary>The amount in cents that is valid on a day; null: the table has none.</summary>
    public long? On(DateOnly day, IEnumerable<string> keys) => Rows
        .FirstOrDefault(row => row.From <= day && (row.Until is not { } until || day <= until) && row.Keys.SequenceEqual(keys))?.Cents;
}

public enum RateKey { Bool, Int, Code }

/// <param name="Until">The last day; null: still valid.</param>
public sealed record RateRow(DateOnly From, DateOnly? Until, IReadOnlyList<string> Keys, long Cents);

/// <summary>The text of a document, in paragraphs, with {names} of fields and values.</summary>
public sealed record DocumentTemplate(string Id, IReadOnlyDictionary<string, IReadOnlyList<string>> Paragraphs)
{
    /// <summary>The document's name and subject; null: those of the procedure.</summary>
    public Texts? Title { get; init; }
}

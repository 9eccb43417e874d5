namespace Aufruf.Domain.Cases.Expressions;

/// <summary>The type of a value in a declaration.</summary>
public enum Kind
{
    Bool,
    Int,
    Number,

    /// <summary>Whole cents.</summary>
    Money,

    /// <summary>An amount that is not rounded to cents yet. Only "cents(...)" takes it.</summary>
    Share,

    Text,
    Code,
    Date,
    Time,
    Moment,
    File,
    Name,
    Address,

    /// <summary>The entries of a repeated group.</summary>
    Entries,

    Group,
}

/// <summary>A value that somebody gave or that follows from such. An absent value is null, never one of these.</summary>
public abstract record Value
{
    private Value() { }

    public sealed record Bool(bool Is) : Value
    {
        public override string ToString() => Is ? "true" : "false";
    }

    /// <summary>Int, Number and Share; money in cents as Money.</summary>
    public sealed record Number(decimal Is) : Value
    {
        public override string ToString() => Is.ToString(CultureInfo.InvariantCulture);
    }

    public sealed record Money(long Cents) : Value
    {
        public override string ToString() => (Cents / 100m).ToString("0.00", CultureInfo.InvariantCulture);
    }

    /// <summary>Text, and all that is written as one word.</summary>
    public sealed record Text(string Is) : Value
    {
        public override string ToString() => Is;
    }

    /// <summary>One entry of a code list. Two lists may have the same word.</summary>
    /// <param name="List">The name that the declaration gives to the list.</param>
    public sealed record Code(string List, string Is) : Value
    {
        public override string ToString() => Is;
    }

    public sealed record Date(DateOnly Is) : Value
    {
        public override string ToString() => Is.ToString("O", CultureInfo.InvariantCulture);
    }

    public sealed record Time(TimeOnly Is) : Value
    {
        public override string ToString() => Is.ToString("HH:mm", CultureInfo.InvariantCulture);
    }

    /// <summary>Local date and time.</summary>
    public sealed record Moment(DateTime Is) : Value
    {
        public override string ToString() => Is.ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture);
    }

    /// <summary>An uploaded file: the name under which its sealed content is stored.</summary>
    public sealed record File(string Hash, long Bytes, string Mime, string FileName) : Value
    {
        public override string ToString() => FileName;
    }

    public sealed record Name(string Given, string Family, string? Doctorate) : Value
    {
        public override string ToString() => string.Join(' ', ((string?[])[Doctorate, Given, Family]).Where(part => part is not null));
    }

    public sealed record Address(string Street, string House, string? Extra, string Postcode, string Town) : Value
    {
        public override string ToString() => $"{Street} {House}{(Extra is null ? "" : $" {Extra}")}, {Postcode} {Town}";
    }

    public sealed record Entries(int Count) : Value
    {
        public override string ToString() => Count.ToString(CultureInfo.InvariantCulture);
    }
}

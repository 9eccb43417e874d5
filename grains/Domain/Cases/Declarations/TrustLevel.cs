namespace Aufruf.Domain.Cases.Declarations;

/// <summary>How surely an account belongs to its person, by the levels of the eIDAS regulation.</summary>
[JsonConverter(typeof(KebabEnum<TrustLevel>))]
public enum TrustLevel { Low, Substantial, High }

/// <summary>The origin of an answer where the citizen signs in with an account. At the counter the clerk enters it.</summary>
public enum FieldSource
{
    /// <summary>The person's own data, as the account has them.</summary>
    Account,

    /// <summary>Whether the register of residents has these data: yes or no.</summary>
    Register,
}

/// <summary>The types of fields that a source can answer.</summary>
public static class FieldSources
{
    public const string BirthDate = "G60000083";

    public static bool Answers(this FieldSource source, Field field) => source is FieldSource.Register ? field.Type is FieldType.Bool
        : field.Type is FieldType.PersonName or FieldType.Address or FieldType.Email
        || (field.Type is FieldType.Date && field.Fim.Contains(BirthDate));
}

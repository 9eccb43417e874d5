namespace Aufruf.Domain;

/// <summary>Enums are written as "nobody-waiting", never as numbers.</summary>
public sealed class KebabEnum<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false) where T
    : struct, Enum;

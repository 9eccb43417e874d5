using Aufruf.Portal.Content;

namespace Aufruf.Portal.Citizens.Mine;

/// <summary>A citizen's data as they were typed.</summary>
public sealed record CitizenFields(string? Name, string? Mail, string? Phone, string? Remark);

/// <param name="Complete">The value of autocomplete.</param>
public sealed record DataField(string Name, string Type, string? Complete, string? Value, bool IsLong = false);

/// <summary>The fields of a form for a citizen's data, on the page that has it.</summary>
public sealed record DataFields(CitizenPage On, TownContent Town, IReadOnlyList<DataField> Fields)
{
    public static IReadOnlyList<DataField> Of(CitizenFields entered, bool hasRemark) =>
    [
        new("name", "text", "name", entered.Name), new("mail", "email", "email", entered.Mail),
        new("phone", "tel", "tel", entered.Phone),
        .. hasRemark ? [new DataField("remark", "text", null, entered.Remark, IsLong: true)] : Array.Empty<DataField>(),
    ];
}

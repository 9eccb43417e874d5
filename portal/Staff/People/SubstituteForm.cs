using System.Globalization;
using Aufruf.Domain.Identity;

namespace Aufruf.Portal.Staff.People;

/// <summary>The form that says until when a person is away, and the colleague who takes over tasks.</summary>
/// <param name="To">The address that it is sent to.</param>
/// <param name="Wrong">The sentence about a wrong entry; null: none.</param>
public sealed record SubstituteForm(StaffFormPage Page, string To, Person Of, Domain.Identity.People Known, string? Wrong)
{
    public const string Field = "substitute";

    /// <summary>Those who are there, without the person.</summary>
    public IEnumerable<Person> Colleagues =>
        Known.ByName.Values.Where(person => person.IsEnabled && person.Name != Of.Name).OrderBy(person => person.DisplayName);

    /// <summary>The last day of a substitution, as an input of a day takes it.</summary>
    public string LastDay(TimeProvider clock) => Of.Absence is not { } absence ? ""
        : TimeZoneInfo.ConvertTime(absence.Until, clock.LocalTimeZone).AddTicks(-1).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>Without a name and a day the person is here.</summary>
    public static PeopleCommand.NameSubstitute CommandOf(string name, string? substitute, string? last, string by, TimeProvider clock)
    {
        if (string.IsNullOrEmpty(substitute))
        {
            return new(name, null, null, by);
        }

        if (!DateOnly.TryParseExact(last, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            || day == DateOnly.MaxValue)
        {
            return new(name, substitute, DateTimeOffset.MinValue, by); // It is refused, with the sentence about days.
        }

        var end = day.AddDays(1).ToDateTime(TimeOnly.MinValue);
        return new(name, substitute, new DateTimeOffset(end, clock.LocalTimeZone.GetUtcOffset(end)).ToUniversalTime(), by);
    }
}

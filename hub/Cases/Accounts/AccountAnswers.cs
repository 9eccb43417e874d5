using Aufruf.Contracts;
using Aufruf.Domain.Cases.Declarations;

namespace Aufruf.Hub.Cases.Accounts;

/// <summary>The answers of a form that come from an account, or from the register of residents.</summary>
internal static class AccountAnswers
{
    /// <param name="isRegistered">The register has this person at this address.</param>
    public static IReadOnlyDictionary<string, string> Of(ProcedureDefinition procedure, AccountData person, bool isRegistered) =>
        procedure.Pages.SelectMany(page => page.Fields).Where(field => field.From is not null)
            .SelectMany(field => field.From is FieldSource.Register ? [(field.Path, isRegistered ? "true" : "false")] : Of(field, person))
            .Where(answer => !string.IsNullOrWhiteSpace(answer.Item2))
            .ToDictionary(answer => answer.Item1, answer => answer.Item2!.Trim());

    private static (string Path, string? Text)[] Of(Field field, AccountData person) => field.Type switch
    {
        FieldType.PersonName => [($"{field.Path}.given", person.Given), ($"{field.Path}.family", person.Family),
            ($"{field.Path}.doctorate", person.Doctorate)],
        FieldType.Address => [($"{field.Path}.street", person.Street), ($"{field.Path}.number", person.Number),
            ($"{field.Path}.extra", person.Extra), ($"{field.Path}.postcode", person.Postcode), ($"{field.Path}.town", person.Town)],
        FieldType.Date => [(field.Path, person.Born)],
        _ => [(field.Path, person.Mail)],
    };
}

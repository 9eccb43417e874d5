using System.Globalization;
using Aufruf.Domain.Identity;
using Aufruf.Grains;
using Aufruf.Hub.Identity;

namespace Aufruf.Hub.Running;

/// <summary>"token person": makes a key of a person for a program, also beside a running hub. It is shown once.</summary>
/// <remarks>The journal names the operator. The person finds the key at the own account, and can end it.</remarks>
internal static class PersonKeyCommand
{
    private const int UsualDays = 90;

    /// <returns>0; 2: it was not made.</returns>
    public static async Task<int> RunAsync(IConfiguration configuration, string authority, string name, TimeProvider clock)
    {
        var days = configuration["days"] is { } text
            ? int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var given) ? Math.Min(given, 100_000) : 0 : UsualDays;
        await using var journal = await CommandSettings.OpenJournalAsync(configuration, readOnly: false);
        var people = Journaled.Of<People, PeopleCommand, PeopleEvent>(People.StreamOf(authority), journal, new PeopleCache(clock), clock);
        var known = (await people.ViewAsync()).State;
        if (known.Find(name) is null)
        {
            await Console.Error.WriteLineAsync(known.ByName.Count == 0
                ? $"'{Printable(authority)}' has no people. Name the town by its key, such as alsdorf, and give the hub's folder: "
                    + "--Hub:Data=DIR."
                : $"'{Printable(authority)}' has no person '{Printable(name)}', but {string.Join(", ", known.ByName.Keys)}.");
            return 2;
        }

        var key = Secret.New(authority, name);
        var answer = await people.Handle(new RequestId(Guid.CreateVersion7()), new PeopleCommand.MakeKey(name, key.Hash,
            configuration["name"] ?? "token", clock.GetUtcNow().AddDays(days), CommandSettings.By));
        if (answer.Refusal is { } refusal)
        {
            await Console.Error.WriteLineAsync(refusal.English);
            return 2;
        }

        Console.WriteLine(key.Token); // A running hub knows it at its first use.
        return 0;
    }

    private static string Printable(string text) =>
        new([.. text.Take(Credentials.LongestHolder).Select(c => char.IsControl(c) ? '?' : c)]);
}

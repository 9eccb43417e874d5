using System.Collections.Immutable;
using Aufruf.Hub.Letters;

namespace Aufruf.Hub.Cases;

/// <summary>The sender on the letters of each authority, as the files of towns have it now.</summary>
internal sealed class Letterheads
{
    private volatile ImmutableDictionary<string, TownLetterhead> _known = ImmutableDictionary<string, TownLetterhead>.Empty;

    public void Take(IEnumerable<ProcedureTown> towns) => _known = towns.Where(town => town.Letterhead is not null)
        .GroupBy(town => town.Authority).ToImmutableDictionary(same => same.Key, same => same.Last().Letterhead!);

    /// <param name="unit">As the procedure names it.</param>
    /// <param name="town">The sender where no file has one.</param>
    public Letterhead Of(string authority, string unit, string town) => _known.GetValueOrDefault(authority) is { } head
        ? new(head.Name, head.Units.GetValueOrDefault(unit, ""), head.ReturnLine, head.Foot)
        : new(town, "", town, []);
}

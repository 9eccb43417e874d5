using static Aufruf.Hub.Offices.OfficeRules;

namespace Aufruf.Hub.Offices;

/// <summary>Checks the areas of a board: they exist, and no number on the board may mean two tickets.</summary>
internal static class BoardRules
{
    public static IEnumerable<Finding> Broken(Office office, Board board, string path)
    {
        var taken = new Dictionary<char, WaitingArea>();
        foreach (var (id, index) in board.Areas.Select((id, index) => (id, index)))
        {
            if (office.Area(id) is not { } area)
            {
                yield return new($"{path}.areas[{index}]",
                    $"'{id}' is not an area of this office; expected one of {Listed(office.Areas.Select(a => a.Id))}.",
                    $"„{id}“ ist kein Wartebereich dieser Behörde; möglich sind: {Listed(office.Areas.Select(a => a.Id))}.");
                continue;
            }

            foreach (var letter in area.Services.Select(s => s.Letter).Distinct().Where(letter => !taken.TryAdd(letter, area)))
            {
                yield return new($"{path}.areas[{index}]",
                    $"'{id}' and '{taken[letter].Id}' both give the letter {letter}; on one board its numbers would mean two tickets.",
                    $"„{id}“ und „{taken[letter].Id}“ vergeben beide den Buchstaben {letter}; "
                    + "die Nummern wären auf einer Anzeige nicht eindeutig.");
            }
        }
    }
}

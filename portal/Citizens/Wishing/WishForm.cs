using Aufruf.Contracts;

namespace Aufruf.Portal.Citizens.Wishing;

/// <summary>The part of a form that asks where and when it suits, on the page that has it.</summary>
/// <param name="Offices">With their ids; one alone is no choice.</param>
public sealed record WishForm(CitizenPage On, WishTimes Times, IReadOnlyList<(string Id, Spoken Name)> Offices)
{
    public static WishForm Of(CitizenPage on, WishTimes times, IEnumerable<Offer> offers) =>
        new(on, times,
            [.. offers.DistinctBy(offer => offer.Office).Select(offer => (offer.Office.Split('.')[1], on.Say(offer.OfficeName)))]);

    /// <summary>Says what is wrong with the days.</summary>
    public static void Check(CitizenPage on, WishTimes times)
    {
        foreach (var (name, typed) in new[] { ("first", times.First), ("last", times.Last) })
        {
            if (typed is { Length: > 0 } && WishTimes.DateOf(typed) is null)
            {
                on.Errors.Add((name, on.Texts["wish.date.wrong"]));
            }
        }

        if (WishTimes.DateOf(times.First) > WishTimes.DateOf(times.Last))
        {
            on.Errors.Add(("last", on.Texts["wish.last.wrong"]));
        }
    }
}

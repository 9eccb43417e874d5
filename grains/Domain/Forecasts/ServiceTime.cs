using System.Text.Json.Serialization;

namespace Aufruf.Domain.Forecasts;

/// <summary>How long one service keeps a counter, and how many of its booked citizens come.</summary>
/// <param name="UsualMinutes">The configuration's word, for as long as little was seen.</param>
/// <param name="Times">From the call until the counter is free again.</param>
/// <param name="Came">Appointments whose citizen came; sightings that fade.</param>
/// <param name="StayedAway">Appointments whose citizen did not come.</param>
public sealed record ServiceTime(int UsualMinutes, Spread Times, double Came, double StayedAway)
{
    private const double GuessWeight = 6;       // A guess is worth six visits: after a busy morning it hardly counts.
    private const double GuessDeviation = 0.6;  // Of the logarithm.

    // Before anything is seen: 15 of 100 stay away, as sure as ten appointments would make us.
    private const double GuessedCame = 8.5;
    private const double GuessedAway = 1.5;

    public static ServiceTime Unseen(int usualMinutes) => new(usualMinutes, Guess(usualMinutes, GuessWeight), GuessedCame, GuessedAway);

    /// <summary>Probability that a booked citizen comes.</summary>
    [JsonIgnore]
    public double Comes => Came / (Came + StayedAway);

    internal ServiceTime Visit(double minutes) => this with { Times = Times.With(minutes) };

    internal ServiceTime Appointment(bool came) => came ? this with { Came = Came + 1 } : this with { StayedAway = StayedAway + 1 };

    /// <summary>What fades below the weight of a guess is filled up with the guess.</summary>
    internal ServiceTime Faded(double left)
    {
        var (times, known) = (Times.Faded(left), Math.Max(left, Math.Min(1, (GuessedCame + GuessedAway) / (Came + StayedAway))));
        return this with
        {
            Times = times.Total < GuessWeight ? times.Plus(Guess(UsualMinutes, GuessWeight - times.Total)) : times,
            Came = Came * known,
            StayedAway = StayedAway * known,
        };
    }

    // "Usual" is meant as a mean; the median of a log-normal lies below it.
    private static Spread Guess(int usualMinutes, double weight) =>
        Spread.Guess(Math.Max(0.5, usualMinutes) * Math.Exp(-0.5 * GuessDeviation * GuessDeviation), GuessDeviation, weight);
}

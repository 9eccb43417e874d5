namespace Aufruf.Domain.Forecasts;

/// <summary>What one may honestly tell a citizen, in round minutes; the words are a screen's.</summary>
/// <remarks>
/// From the middle to nine in ten: "15 to 30 min" is kept or beaten nine times in ten. Who is called before the lower end is not sorry,
/// and "about" is meant for that. The lower end is rounded down and the upper end up, in steps nobody takes for precision: 5, from 30 on 10, from 60 on 15 minutes.
/// </remarks>
/// <param name="From">Minutes; 0 with an upper end of 5 means "soon".</param>
/// <param name="To">Minutes; null: "more than".</param>
public sealed record PromisedRange(int From, int? To)
{
    private const double Soon = 5;
    private const double Long = 60;

    public bool IsSoon => To is 5;

    public static PromisedRange Of(WaitRange range)
    {
        if (range.P90 <= Soon)
        {
            return new(0, 5);
        }

        if (range.P50 >= Long)
        {
            return new(Down(range.P50), null);
        }

        var to = Up(range.P90);
        return new(Math.Min(Down(range.P50), to - 5), to);
    }

    private static int Down(double minutes) => (int)(Math.Floor(minutes / StepAt(minutes)) * StepAt(minutes));

    private static int Up(double minutes) => (int)(Math.Ceiling(minutes / StepAt(minutes)) * StepAt(minutes));

    private static int StepAt(double minutes) => minutes switch
    {
        <= 30 => 5,
        <= 60 => 10,
        _ => 15,
    };
}

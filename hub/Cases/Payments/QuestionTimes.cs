using System.Globalization;
using Aufruf.Domain.Cases;
using Aufruf.Domain.Deadlines;
using Aufruf.Hub.Appointments;
using Aufruf.Hub.Deadlines;

namespace Aufruf.Hub.Cases.Payments;

/// <summary>The times at which the hub asks a provider about an attempt.</summary>
internal static class QuestionTimes
{
    public const string Kind = "payment-question";

    private const int LastHour = 27, LastDay = 41;

    private static readonly TimeSpan[] First =
        [TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30)];

    /// <summary>After 10 s, 1, 5 and 30 minutes, then hourly to 24 hours, then daily to two weeks. Null: no more.</summary>
    public static TimeSpan? After(int step) => step < First.Length ? First[step]
        : step <= LastHour ? TimeSpan.FromHours(step - First.Length + 1)
        : step <= LastDay ? TimeSpan.FromDays(step - LastHour + 1) : null;

    /// <summary>Null: nothing is left to ask. An attempt that is over is asked about once more, after a day, until an answer comes.
    /// </summary>
    public static int? Next(Attempt attempt, int step, bool isAnswered, DateTimeOffset now)
    {
        if (!attempt.IsLive && (step < LastHour || isAnswered))
        {
            return step < LastHour && attempt.Reference is not null ? LastHour : null;
        }

        // Questions whose time went by while the hub stood still are one question.
        for (step++; After(step) is { } after; step++)
        {
            if (attempt.StartedAt + after > now)
            {
                return step;
            }
        }

        return null;
    }

    /// <summary>The provider is asked in this step.</summary>
    public static bool IsAsked(Attempt attempt, int step) => attempt.IsLive || step >= LastHour;

    public static Task SetAsync(IDeadlines deadlines, ClaimKey key, int attempt, DateTimeOffset startedAt, int step)
    {
        var about = string.Create(CultureInfo.InvariantCulture, $"{key.Authority}.{key.Number}.{key.Claim}/{attempt}/{step}");
        return deadlines.SetAsync(key.Authority, Bookings.RequestOf($"{Kind} {about}"),
            new Deadline(Kind, about, startedAt + (After(step) ?? throw new ArgumentOutOfRangeException(nameof(step)))));
    }

    /// <param name="id">Of a deadline that is met: "payment-question/alsdorf.33.10-2026-000001.fee/1/0".</param>
    public static (ClaimKey Key, int Attempt, int Step)? Read(string id) => id.Split('/') is [Kind, var key, var attempt, var step]
        ? (ClaimKey.Parse($"{Claim.StreamKind}/{key}"), int.Parse(attempt, CultureInfo.InvariantCulture),
            int.Parse(step, CultureInfo.InvariantCulture)) : null;
}

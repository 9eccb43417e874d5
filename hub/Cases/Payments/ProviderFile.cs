using System.Globalization;
using Aufruf.Contracts;

namespace Aufruf.Hub.Cases.Payments;

/// <param name="Reference">The provider's id; null: it was never heard.</param>
/// <param name="Request">Our id of the attempt.</param>
/// <param name="IsOfDay">It was paid on the day that is compared.</param>
internal sealed record PaidAttempt(string? Reference, string Request, long Cents, string Number, bool IsOfDay);

/// <summary>A provider's list of payments: lines of "reference;cents".</summary>
internal static class ProviderFile
{
    private static readonly char[] LineEnds = ['\r', '\n'];

    /// <summary>A payment of another day is known here, and is not missing there.</summary>
    public static PaymentComparison Compare(string file, IReadOnlyList<PaidAttempt> paid)
    {
        var (lines, unreadable) = Read(file);
        var open = paid.ToList();
        List<(string, long)> here = [];
        var (matched, cents) = (0, 0L);
        foreach (var (reference, amount) in lines)
        {
            // Each payment answers for one line: a line that comes twice is money that came twice.
            if (open.FirstOrDefault(one => (one.Reference == reference || one.Request == reference) && one.Cents == amount) is { } found)
            {
                open.Remove(found);
                (matched, cents) = (matched + 1, cents + amount);
            }
            else
            {
                here.Add((reference, amount));
            }
        }

        return new(matched, cents, here,
            [.. open.Where(one => one.IsOfDay).Select(one => (one.Reference ?? one.Request, one.Cents, one.Number))], unreadable);
    }

    /// <summary>The first line may be a heading.</summary>
    private static (List<(string Reference, long Cents)> Lines, List<int> Unreadable) Read(string file)
    {
        List<(string, long)> lines = [];
        List<int> unreadable = [];
        var number = 0;
        foreach (var line in file.TrimStart('\uFEFF').Replace("\r\n", "\n", StringComparison.Ordinal).Split(LineEnds))
        {
            number++;
            var fields = line.Split(';').Select(field => field.Trim().Trim('"')).ToArray();
            if (fields is [{ Length: > 0 } reference, var amount]
                && long.TryParse(amount, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var cents))
            {
                lines.Add((reference, cents));
            }
            else if (line.Trim().Length > 0 && number > 1)
            {
                unreadable.Add(number);
            }
        }

        return (lines, unreadable);
    }
}

using Aufruf.Contracts;

namespace Aufruf.Portal.Staff.Reports;

/// <summary>The sentences about figures that are not of this moment.</summary>
internal static class ReportNotices
{
    public static IEnumerable<string> Of(ReportAnswer answer, ReportWords words)
    {
        if (answer.IsBehind)
        {
            yield return answer.Report.AsOf == DateTimeOffset.UnixEpoch ? words["behind.all"]
                : words.Texts.Say("behind", ("moment", words.Moment(answer.Report.AsOf)));
        }

        if (answer.Rebuilt is { } percent)
        {
            yield return words.Texts.Say("rebuilding", ("percent", words.Count(percent)));
        }
    }
}

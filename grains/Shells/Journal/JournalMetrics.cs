using System.Diagnostics.Metrics;

namespace Aufruf.Grains.Journal;

/// <summary>The journal's figures for Prometheus.</summary>
internal static class JournalMetrics
{
    private static readonly Meter Meter = new("Aufruf.Journal");
    private static readonly Counter<long> Entries =
        Meter.CreateCounter<long>("aufruf.journal.entries", description: "Entries made durable");
    private static readonly Counter<long> Failures =
        Meter.CreateCounter<long>("aufruf.journal.failures", description: "Entries that could not be written");
    private static readonly Histogram<double> Groups = Meter.CreateHistogram("aufruf.journal.group.duration", "s",
        "Time to write one group",
        advice: new InstrumentAdvice<double>
        {
            HistogramBucketBoundaries = [0.0001, 0.0002, 0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.5, 1, 5],
        });

    public static void Written(int entries, TimeSpan took)
    {
        Entries.Add(entries);
        Groups.Record(took.TotalSeconds);
    }

    public static void Failed(int entries) => Failures.Add(entries);
}

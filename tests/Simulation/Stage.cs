using System.Globalization;
using Aufruf.Grains.Journal;
using Aufruf.Simulation.Clockwork;
using Aufruf.Simulation.Hub;

namespace Aufruf.Simulation;

/// <summary>The parts of every simulated world: one seed, one thread, one clock, one disk, and the first promise that was broken.</summary>
internal abstract class Stage
{
    private const int Remembered = 40;
    private readonly Queue<string> _recent = new();
    private readonly TextWriter? _verbose;
    private ulong _hash = 14695981039346656037; // FNV-1a

    protected Stage(ulong seed, Func<Chance, DateTimeOffset> beginning, Sabotage sabotage, TextWriter? verbose)
    {
        (Sabotage, _verbose) = (sabotage, verbose);
        Chance = new Chance(seed);
        Scheduler = new Scheduler(new Chance(Chance.Next()), beginning(Chance), Break);
        Disk = new SimulatedDisk(Written);
    }

    public Chance Chance { get; }
    public Scheduler Scheduler { get; }
    public VirtualTime Clock => Scheduler.Clock;
    public SimulatedDisk Disk { get; }
    public Sabotage Sabotage { get; }
    public Tally Tally { get; } = new();

    /// <summary>No fault is left, and none will come: everything must now be settled.</summary>
    public bool IsHealed { get; set; }

    /// <summary>The first promise that was broken; null while all are kept.</summary>
    public string? Broken { get; private set; }

    public string Hash => _hash.ToString("x16", CultureInfo.InvariantCulture);

    public IEnumerable<string> Recent => _recent;

    public TimeSpan Pause(double leastSeconds, double mostSeconds) =>
        Chance.Between(TimeSpan.FromSeconds(leastSeconds), TimeSpan.FromSeconds(mostSeconds));

    public void Break(string sentence)
    {
        if (Broken is null)
        {
            Broken = sentence;
            Log($"BROKEN: {sentence}");
        }
    }

    /// <summary>Checks one promise.</summary>
    public void Promise(bool kept, Func<string> sentence)
    {
        Tally.Checks++;
        if (!kept)
        {
            Break(sentence());
        }
    }

    public bool Happens(Fault fault, double probability)
    {
        if (IsHealed || !Chance.Hits(probability))
        {
            return false;
        }

        Tally.Add(fault);
        return true;
    }

    public void Log(FormattableString what)
    {
        var line = string.Create(CultureInfo.InvariantCulture, $"{Clock.Now:HH:mm:ss.fff} {what.ToString(CultureInfo.InvariantCulture)}");
        foreach (var letter in line)
        {
            _hash = (_hash ^ letter) * 1099511628211;
        }

        _recent.Enqueue(line);
        if (_recent.Count > Remembered)
        {
            _recent.Dequeue();
        }

        _verbose?.WriteLine(line);
    }

    /// <summary>An entry is durable now.</summary>
    protected abstract void Written(JournalEntry stored);
}

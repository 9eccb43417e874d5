using System.Collections.Concurrent;

namespace Aufruf.Hub.Running;

/// <summary>Unreadable or forged streams of the journal: queues of areas, credentials of offices. All others go on.</summary>
public sealed class UnreadableStreams(TimeProvider clock, ILogger log)
{
    private readonly ConcurrentDictionary<string, Trouble> _stopped = new();

    public IEnumerable<Trouble> Troubles => _stopped.Values;

    public bool Has(string stopped) => _stopped.ContainsKey(stopped);

    /// <summary>Logs it once for each reason.</summary>
    public void Add(string stopped, string stream, string reason)
    {
        var known = _stopped.GetValueOrDefault(stopped);
        var sentence = $"{stream} is stopped, all others go on: {reason}";
        if (known?.Sentence != sentence)
        {
            _stopped[stopped] = new(sentence, known?.Since ?? clock.GetUtcNow());
            HubLog.StreamUnreadable(log, stream, reason);
        }
    }

    public void Remove(string stopped) => _stopped.TryRemove(stopped, out _);
}

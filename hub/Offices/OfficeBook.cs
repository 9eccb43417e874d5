using System.Collections.Immutable;
using Aufruf.Domain.Offices;
using Aufruf.Domain.Queues;
using Aufruf.Grains;
using Aufruf.Hub.Gateway;
using Microsoft.Extensions.Options;

namespace Aufruf.Hub.Offices;

/// <summary>The offices this hub serves, kept in step with their files.</summary>
/// <remarks>A file that turns wrong while the hub runs changes nothing: the office goes on as it was, and the log says which line to mend.</remarks>
public sealed class OfficeBook : IOffices, IOfficeFinder, IHostedService, IDisposable
{
    // Editors write a file in several steps; wait until it rests.
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(300);

    private readonly string _folder;
    private readonly TimeProvider _clock;
    private readonly ILogger<OfficeBook> _log;
    private readonly Lock _reading = new();
    private ImmutableDictionary<string, Office> _offices;
    private FileSystemWatcher? _watcher;
    private ITimer? _rest;

    /// <exception cref="OfficeFilesException">A file is wrong: the hub does not start half-configured.</exception>
    public OfficeBook(IOptions<HubOptions> options, TimeProvider clock, ILogger<OfficeBook> log)
    {
        (_folder, _clock, _log) = (options.Value.Offices, clock, log);
        var (offices, errors) = ReadFolder();
        _offices = errors.Count == 0 ? offices : throw new OfficeFilesException(errors);
    }

    public IEnumerable<Office> All => _offices.Values;

    /// <summary>Told after an office changed, with its key.</summary>
    public event Action<Office>? Changed;

    /// <summary>A reason not to take a new version of an office, or null. Asked before a change takes effect.</summary>
    public Func<Office, Office?, string?> Objection { get; set; } = (_, _) => null;

    public Office? Find(string key) => _offices.GetValueOrDefault(key);

    public Setting? For(QueueKey key) => Find(key.OfficeKey) is { } office && office.Area(key.Area) is { } area ? new(office, area) : null;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _rest = _clock.CreateTimer(_ => Reread(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _watcher = new FileSystemWatcher(_folder, "*.json") { EnableRaisingEvents = true };
        _watcher.Changed += (_, _) => _rest.Change(Rest, Timeout.InfiniteTimeSpan);
        _watcher.Created += (_, _) => _rest.Change(Rest, Timeout.InfiniteTimeSpan);
        _watcher.Renamed += (_, _) => _rest.Change(Rest, Timeout.InfiniteTimeSpan);
        _watcher.Deleted += (_, _) => _rest.Change(Rest, Timeout.InfiniteTimeSpan);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        _watcher?.Dispose();
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        _watcher?.Dispose();
        _rest?.Dispose();
    }

    internal void Reread()
    {
        try
        {
            TakeOver();
        }
        catch (Exception error) when (error is not OutOfMemoryException) // Runs on a timer, where an exception would end the hub.
        {
            HubLog.OfficeFileWrong(_log, $"{_folder}: {error.Message}");
        }
    }

    private void TakeOver()
    {
        lock (_reading)
        {
            var (offices, errors) = ReadFolder();
            errors = [.. errors, .. errors.Count > 0 ? [] : _offices.Values
                .Select(old => Objection(old, offices.GetValueOrDefault(old.Key))).OfType<string>()];
            if (errors.Count > 0)
            {
                errors.ToList().ForEach(error => HubLog.OfficeFileWrong(_log, error));
                return;
            }

            var changed = offices.Values.Where(o => !SameAs(_offices.GetValueOrDefault(o.Key), o)).ToList();
            _offices = offices;
            foreach (var office in changed)
            {
                HubLog.OfficeChanged(_log, office.Key);
                Changed?.Invoke(office);
            }
        }
    }

    private static bool SameAs(Office? before, Office after) =>
        before is not null && System.Text.Json.JsonSerializer.Serialize(before, Domain.DomainJson.Options) == System.Text.Json.JsonSerializer.Serialize(after, Domain.DomainJson.Options);

    private (ImmutableDictionary<string, Office>, IReadOnlyList<string>) ReadFolder()
    {
        if (!Directory.Exists(_folder) || Directory.GetFiles(_folder, "*.json") is not { Length: > 0 } files)
        {
            return ([], [$"{_folder}: no office file found; expected a folder with one JSON file per office."]);
        }

        var offices = ImmutableDictionary<string, Office>.Empty;
        var errors = new List<string>();
        foreach (var file in files.Order(StringComparer.Ordinal))
        {
            if (!TryRead(file, out var json, errors))
            {
                continue;
            }

            var (office, wrong) = OfficeFile.Parse(file, json);
            errors.AddRange(wrong);
            if (office is not null && !offices.TryAdd(office, out offices))
            {
                errors.Add($"{file}: office '{office.Key}' is described in another file already.");
            }
        }

        return (offices, errors);
    }

    /// <summary>Editors and copy programs remove, lock and replace files at any moment; that must not end the hub.</summary>
    private static bool TryRead(string file, out string json, List<string> errors)
    {
        try
        {
            json = File.ReadAllText(file);
            return true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            json = "";
            errors.Add($"{file}: cannot be read: {error.Message}");
            return false;
        }
    }
}

file static class OfficesByKey
{
    public static bool TryAdd(this ImmutableDictionary<string, Office> offices, Office office, out ImmutableDictionary<string, Office> with)
    {
        with = offices.ContainsKey(office.Key) ? offices : offices.Add(office.Key, office);
        return with != offices;
    }
}

/// <summary>The sentences an operator needs to mend the office files.</summary>
public sealed class OfficeFilesException(IReadOnlyList<string> errors) : Exception(string.Join(Environment.NewLine, errors))
{
    public IReadOnlyList<string> Errors { get; } = errors;
}

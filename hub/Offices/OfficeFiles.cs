using Microsoft.Extensions.Options;

namespace Aufruf.Hub.Offices;

/// <summary>Reads the office files at start and again after each change.</summary>
/// <remarks>A wrong file changes nothing while the hub runs: the log names the line to mend.</remarks>
public sealed class OfficeFiles : IHostedService, IDisposable
{
    // Editors write a file in several steps; wait until it rests.
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(300);

    private readonly string _folder;
    private readonly ILogger<OfficeFiles> _log;
    private readonly Lock _reading = new();
    private readonly ITimer _rest;
    private FileSystemWatcher? _watcher;

    /// <exception cref="OfficeFilesException">A file is wrong: the hub does not start half-configured.</exception>
    public OfficeFiles(IOptions<HubOptions> options, TimeProvider clock, ILogger<OfficeFiles> log)
    {
        (_folder, _log) = (options.Value.Offices, log);
        _rest = clock.CreateTimer(_ => Reread(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        var (offices, errors) = ReadFolder();
        Current = errors.Count == 0 ? new(offices.Values) : throw new OfficeFilesException(errors);
    }

    public OfficeDirectory Current { get; }

    /// <summary>Raised after an office changed.</summary>
    public event Action<Office>? Changed;

    /// <summary>A reason not to take a new version of an office, or null. Asked before a change takes effect.</summary>
    public Func<Office, Office?, string?> Objection { get; set; } = (_, _) => null;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        void ReadLater(object sender, FileSystemEventArgs change) => _rest.Change(Rest, Timeout.InfiniteTimeSpan);

        _watcher = new FileSystemWatcher(_folder, "*.json") { EnableRaisingEvents = true };
        _watcher.Changed += ReadLater;
        _watcher.Created += ReadLater;
        _watcher.Renamed += ReadLater;
        _watcher.Deleted += ReadLater;
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
        _rest.Dispose();
    }

    internal void Reread()
    {
        try
        {
            lock (_reading)
            {
                ApplyChanges();
            }
        }
        catch (Exception error) when (error is not OutOfMemoryException) // An exception on this timer would end the hub.
        {
            HubLog.OfficeFileWrong(_log, $"{_folder}: {error.Message}");
        }
    }

    private void ApplyChanges()
    {
        var (offices, errors) = ReadFolder();
        if (errors.Count == 0)
        {
            errors.AddRange(Current.All.Select(old => Objection(old, offices.GetValueOrDefault(old.Key))).OfType<string>());
        }

        if (errors.Count > 0)
        {
            errors.ForEach(error => HubLog.OfficeFileWrong(_log, error));
            return;
        }

        var changed = offices.Values.Where(office => !IsSame(Current.Find(office.Key), office)).ToList();
        Current.Replace(offices.Values);
        foreach (var office in changed)
        {
            HubLog.OfficeChanged(_log, office.Key);
            Changed?.Invoke(office);
        }
    }

    private static bool IsSame(Office? before, Office after) => before is not null && JsonOf(before) == JsonOf(after);

    private static string JsonOf(Office office) => System.Text.Json.JsonSerializer.Serialize(office, DomainJson.Options);

    private (Dictionary<string, Office> Offices, List<string> Errors) ReadFolder()
    {
        var offices = new Dictionary<string, Office>();
        if (!Directory.Exists(_folder) || Directory.GetFiles(_folder, "*.json") is not { Length: > 0 } files)
        {
            return (offices, [$"{_folder}: no office file found; expected a folder with one JSON file per office."]);
        }

        var errors = new List<string>();
        foreach (var file in files.Order(StringComparer.Ordinal))
        {
            var (office, wrong) = Read(file);
            errors.AddRange(wrong);
            if (office is not null && !offices.TryAdd(office.Key, office))
            {
                errors.Add($"{file}: office '{office.Key}' is described in another file already.");
            }
        }

        return (offices, errors);
    }

    /// <summary>Editors and copy programs remove, lock and replace files at any moment. That must not end the hub.</summary>
    private static (Office? Office, IReadOnlyList<string> Errors) Read(string file)
    {
        try
        {
            return OfficeFile.Parse(file, File.ReadAllText(file));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return (null, [$"{file}: cannot be read: {error.Message}"]);
        }
    }
}

/// <summary>The sentences an operator needs to mend the office files.</summary>
public sealed class OfficeFilesException(IReadOnlyList<string> errors) : Exception(string.Join(Environment.NewLine, errors))
{
    public IReadOnlyList<string> Errors { get; } = errors;
}

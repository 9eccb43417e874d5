using System.Collections.Immutable;
using System.Globalization;
using Aufruf.Hub.Push;
using Aufruf.Hub.Running;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace Aufruf.Hub.Offices;

/// <summary>Reads the office files at start, and again when they have changed. Each office stands for itself.</summary>
/// <remarks>
/// It looks at the folder instead of waiting for events: a network share, a swapped folder or link raises none.
/// A wrong file changes nothing: its office goes on as it was, after a restart with its last good version, kept beside the data.
/// </remarks>
public sealed class OfficeFiles : BackgroundService, IHealthCheck
{
    private static readonly TimeSpan LookEach = TimeSpan.FromMilliseconds(500);

    // An edit that keeps a file's size and date is found by its content.
    private const int LooksPerRead = 10;

    private const string NotKnownYet = "Today's queues are not read yet.";

    private readonly string _folder;
    private readonly string _lastGood;
    private readonly string? _publicUrl;
    private readonly TimeProvider _clock;
    private readonly ILogger<OfficeFiles> _log;
    private readonly Lock _reading = new();
    private readonly HashSet<string> _told = []; // The companions, copies and warnings that the log has named.
    private Dictionary<string, Office> _inUse = []; // By file name.
    private List<OfficeFound> _found = [];
    private string _dates = "";
    private int _looks;
    private bool _hasStarted;

    /// <exception cref="OfficeFilesException">No office can be served.</exception>
    public OfficeFiles(IOptions<HubOptions> options, TimeProvider clock, ILogger<OfficeFiles> log)
    {
        (_folder, _publicUrl, _clock, _log) = (options.Value.Offices, options.Value.PublicUrl, clock, log);
        _lastGood = Path.Combine(options.Value.Data, "offices");
        foreach (var good in OfficeFolder.Files(_lastGood).Select(OfficeFolder.Read).Where(found => found.Office is not null))
        {
            _inUse[good.Name] = good.Office!;
        }

        Current = new OfficeDirectory(_inUse.Values.DistinctBy(office => office.Key));
        // The last good versions serve until they are replaced here; those whose file is gone leave. A loss of places waits.
        Reread();
        if (!Current.All.Any())
        {
            throw new OfficeFilesException([.. Current.Refused.Values.SelectMany(refused => refused.Errors)]);
        }

        _hasStarted = true;
    }

    public OfficeDirectory Current { get; }

    /// <summary>A change waits for an objection to go.</summary>
    internal bool IsWaiting { get; private set; }

    /// <summary>Raised after an office changed.</summary>
    public event Action<Office>? Changed;

    /// <summary>A reason not to take a new version of an office, or null. Asked before a change takes effect.</summary>
    /// <remarks>Before today's queues are read it is not known whether a lost place is needed.</remarks>
    public Func<Office, Office?, string?> Objection { get; set; } =
        (before, after) => LiveAreas.PlacesLost(before, after).Any() ? NotKnownYet : null;

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        HealthAnswers.Of(Current.Refused.Values.SelectMany(refused => refused.Errors, (refused, error) => new Trouble(
            $"{error} {(refused.Offices.Count > 0 ? $"The last good version of {string.Join(", ", refused.Offices)} is in force."
                : "The file is not used.")}", refused.Since)));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(LookEach, _clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            Look();
        }
    }

    /// <summary>Reads the files when they rest: editors and copy programs write in several steps.</summary>
    internal void Look()
    {
        var dates = Dates();
        _looks = dates == _dates ? _looks + 1 : 0;
        _dates = dates;
        if (_looks == 1 || (_looks > 0 && _looks % LooksPerRead == 0))
        {
            Reread();
        }
    }

    internal void Reread()
    {
        try
        {
            lock (_reading)
            {
                var found = OfficeFolder.Files(_folder).Select(OfficeFolder.Read).ToList();
                if (IsWaiting || found.Count == 0 || !found.Select(f => f.Path).SequenceEqual(_found.Select(f => f.Path))
                    || !found.Zip(_found).All(pair => pair.First.Bytes.AsSpan().SequenceEqual(pair.Second.Bytes)))
                {
                    _found = found;
                    ApplyChanges();
                }
            }
        }
        catch (Exception error) when (error is not OutOfMemoryException) // An exception here would end the hub.
        {
            HubLog.OfficeFileWrong(_log, $"{_folder}: {error.Message}");
        }
    }

    private string Dates()
    {
        try
        {
            return string.Join('\n', OfficeFolder.Files(_folder).Select(file => new FileInfo(file)).Select(file => string.Create(
                CultureInfo.InvariantCulture, $"{file.Name} {file.Length} {file.LastWriteTimeUtc.Ticks}")));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return error.Message; // It does not rest yet.
        }
    }

    private void ApplyChanges()
    {
        Tell(OfficeFolder.Companions(_folder));
        if (_found.Count == 0)
        {
            Refuse(new() { [_folder] = [$"{_folder}: no office file found; expected a folder with one JSON file per office."] });
            return;
        }

        var (refused, inUse) = (new Dictionary<string, IReadOnlyList<string>>(), new Dictionary<string, Office>());
        foreach (var file in _found.Where(f => f.Office is null))
        {
            refused[file.Name] = file.Errors;
        }

        foreach (var copies in _found.Where(f => f.Office is not null).GroupBy(f => f.Office!.Key))
        {
            var right = RightOf(copies);
            Tell(copies.Where(copy => copy != right)
                .Select(copy => $"{copy.Path}: is left out: office '{copies.Key}' is described in '{right.Name}'."));
            inUse[right.Name] = right.Office!;
        }

        foreach (var (name, before) in _inUse.Where(old => refused.ContainsKey(old.Key) && inUse.Values.All(o => o.Key != old.Value.Key)))
        {
            inUse[name] = before; // Its file is wrong now.
        }

        Tell(_found.Where(f => f.Office is not null).SelectMany(f => PaperWarnings.Of(f.Office!, _publicUrl, _clock.GetUtcNow())
            .Select(warning => OfficeFile.Sentence(f.Path, OfficeText.Decode(f.Path, f.Bytes).Text, warning))));
        IsWaiting = false;
        foreach (var before in Current.All)
        {
            var (name, after) = inUse.FirstOrDefault(next => next.Value.Key == before.Key);
            if (after != before && (Objection(before, after) ?? PerhapsRenamed(before, after, refused.Keys)) is { } why)
            {
                name ??= _inUse.First(old => old.Value.Key == before.Key).Key;
                (refused[name], inUse[name], IsWaiting) = ([why], before, true);
            }
        }

        Refuse(refused);
        Use(inUse);
    }

    /// <summary>A refused file of no known office may be that of an office whose file is gone.</summary>
    private string? PerhapsRenamed(Office before, Office? after, IEnumerable<string> refused) =>
        after is null && refused.FirstOrDefault(file => !_inUse.ContainsKey(file)) is { } unknown
            ? $"{before.Key}: its file is gone, and '{unknown}' cannot be used; it stays until that file is mended or removed." : null;

    /// <summary>Of several files that describe one office: that with the office's name, or that in use, or the shortest name.</summary>
    private OfficeFound RightOf(IGrouping<string, OfficeFound> copies) => copies
        .OrderByDescending(copy => copy.Name == $"{copies.Key}.json")
        .ThenByDescending(copy => _inUse.GetValueOrDefault(copy.Name)?.Key == copies.Key)
        .ThenBy(copy => copy.Name.Length).ThenBy(copy => copy.Name, StringComparer.Ordinal).First();

    private void Use(Dictionary<string, Office> inUse)
    {
        var changed = inUse.Values.Where(office => !IsSame(Current.Find(office.Key), office)).ToList();
        _inUse = inUse;
        Current.Replace(inUse.Values);
        KeepLastGood();
        foreach (var office in changed.Where(_ => _hasStarted))
        {
            HubLog.OfficeChanged(_log, office.Key);
            Changed?.Invoke(office);
        }
    }

    private void Refuse(Dictionary<string, IReadOnlyList<string>> refused)
    {
        var (before, now) = (Current.Refused, _clock.GetUtcNow());
        Current.Refused = refused.ToImmutableSortedDictionary(r => r.Key, r => new RefusedFile(r.Key, r.Value,
            before.GetValueOrDefault(r.Key)?.Since ?? now,
            r.Key == _folder ? [.. Current.All.Select(office => office.Key)]
                : _inUse.TryGetValue(r.Key, out var office) ? [office.Key] : []), StringComparer.Ordinal);
        // An objection counts the tickets that wait; it is logged once.
        foreach (var error in refused.Where(r => before.GetValueOrDefault(r.Key) is not { } known || known.Errors[0] == NotKnownYet
            || (!IsWaiting && !known.Errors.SequenceEqual(r.Value))).SelectMany(r => r.Value).Where(error => error != NotKnownYet))
        {
            HubLog.OfficeFileWrong(_log, error);
        }
    }

    private void Tell(IEnumerable<string> sentences)
    {
        foreach (var sentence in sentences.Where(_told.Add))
        {
            HubLog.OfficeFileRemark(_log, sentence);
        }
    }

    /// <summary>Keeps the files in use beside the data, byte for byte.</summary>
    private void KeepLastGood()
    {
        try
        {
            Directory.CreateDirectory(_lastGood);
            foreach (var good in _found.Where(f => f.Office is not null && ReferenceEquals(_inUse.GetValueOrDefault(f.Name), f.Office)))
            {
                var file = Path.Combine(_lastGood, good.Name);
                if (!File.Exists(file) || !File.ReadAllBytes(file).AsSpan().SequenceEqual(good.Bytes))
                {
                    File.WriteAllBytes(file + ".new", good.Bytes);
                    File.Move(file + ".new", file, overwrite: true);
                }
            }

            foreach (var file in OfficeFolder.Files(_lastGood).Where(file => !_inUse.ContainsKey(Path.GetFileName(file))))
            {
                File.Delete(file);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            HubLog.LastGoodNotKept(_log, error.Message);
        }
    }

    private static bool IsSame(Office? before, Office after) => before is not null && JsonOf(before) == JsonOf(after);

    private static string JsonOf(Office office) => System.Text.Json.JsonSerializer.Serialize(office, DomainJson.Options);
}

/// <summary>A file that is not used, and why.</summary>
/// <param name="Offices">The offices that go on as they were.</param>
public sealed record RefusedFile(string Name, IReadOnlyList<string> Errors, DateTimeOffset Since, IReadOnlyList<string> Offices)
{
    private const int Letters = 300;

    /// <summary>A clerk does not need the folder; a technician may be read the sentence on the telephone.</summary>
    public DeskRefusal ForDesk => new(Since, Shortened(Errors[0][Math.Max(0, Errors[0].IndexOf(Name, StringComparison.Ordinal))..]),
        Errors.Count - 1);

    private static string Shortened(string error) => error.Length <= Letters ? error : error[..Letters] + "…";
}

/// <summary>The sentences an operator needs to mend the office files.</summary>
public sealed class OfficeFilesException(IReadOnlyList<string> errors) : Exception(string.Join(Environment.NewLine, errors))
{
    public IReadOnlyList<string> Errors { get; } = errors;
}

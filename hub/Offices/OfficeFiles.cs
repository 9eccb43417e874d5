using System.Collections.Immutable;
using System.Globalization;
using Aufruf.Hub.Running;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace Aufruf.Hub.Offices;

/// <summary>Takes the office files into the journal at start, and again when they have changed. Each office stands for itself.</summary>
/// <remarks>
/// It looks at the folder instead of waiting for events: a network share, a swapped folder or link raises none.
/// A wrong file changes nothing: its office goes on as the journal has it, after a restart too.
/// </remarks>
/// <param name="isShared">Other hubs write the same journal. So a file that is not here may be there.</param>
public sealed class OfficeFiles(OfficeDirectory offices, OfficeCopies copies, OfficeChanges changes, IOptions<HubOptions> options,
    bool isShared, TimeProvider clock, ILogger<OfficeFiles> log) : BackgroundService, IHealthCheck
{
    private static readonly TimeSpan LookEach = TimeSpan.FromMilliseconds(500);

    // An edit that keeps a file's size and date is found by its content.
    private const int LooksPerRead = 10;

    private readonly string _folder = options.Value.Offices;
    private readonly HashSet<string> _told = []; // The companions, copies and warnings that the log has named.
    private readonly Dictionary<string, TakenFile> _taken = []; // By office. So two hubs with different files do not take turns.
    private List<OfficeFound> _found = [];
    private string _dates = "";
    private int _looks;
    private bool _hasBegun;
    private bool _isWaiting; // A change waits for tickets, or for the journal.

    /// <summary>Reads the offices from the journal, and the files. The files are not taken yet.</summary>
    /// <exception cref="OfficeFilesException">There are files, and none can be used. Without any file the administration makes an office.
    /// </exception>
    public async Task BeginAsync(CancellationToken cancellationToken)
    {
        if (!_hasBegun)
        {
            await copies.ReadAllAsync(cancellationToken);
            _found = Read();
            if (!offices.All.Any() && _found.Count > 0 && _found.TrueForAll(file => file.Office is null))
            {
                throw new OfficeFilesException([.. _found.SelectMany(file => file.Errors)]);
            }

            _hasBegun = true;
        }
    }

    /// <summary>Takes the files that were found first. The offices of the journal serve already.</summary>
    /// <exception cref="OfficeFilesException">No office can be served.</exception>
    public async Task TakeFirstAsync()
    {
        await ApplyChangesAsync();
        if (!offices.All.Any() && _found.Count > 0)
        {
            throw new OfficeFilesException([.. offices.Refused.Values.SelectMany(refused => refused.Errors)]);
        }
    }

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        HealthAnswers.Of(offices.Refused.Values.SelectMany(refused => refused.Errors, (refused, error) => new Trouble(
            $"{error} {(refused.Offices.Count > 0 ? $"The last good version of {string.Join(", ", refused.Offices)} is in force."
                : "The file is not used.")}", refused.Since)));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(LookEach, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await LookAsync();
        }
    }

    private string NoFile => $"{_folder}: no office file found; expected a folder with one JSON file per office.";

    /// <summary>Reads the files when they rest: editors and copy programs write in several steps.</summary>
    private async Task LookAsync()
    {
        var dates = Dates();
        _looks = dates == _dates ? _looks + 1 : 0;
        _dates = dates;
        if (_looks == 1 || (_looks > 0 && _looks % LooksPerRead == 0))
        {
            await RereadAsync();
        }
    }

    internal async Task RereadAsync()
    {
        try
        {
            var found = Read();
            if (_isWaiting || found.Count == 0 || !found.Select(f => (f.Path, f.Hash)).SequenceEqual(_found.Select(f => (f.Path, f.Hash))))
            {
                _found = found;
                await ApplyChangesAsync();
            }
        }
        catch (Exception error) when (error is not OutOfMemoryException) // An exception here would end the hub.
        {
            HubLog.OfficeFileWrong(log, $"{_folder}: {error.Message}");
        }
    }

    /// <summary>A file that is known already costs its bytes only.</summary>
    private List<OfficeFound> Read() => [.. OfficeFolder.Files(_folder).Select(file => OfficeFolder.Read(file, hash =>
        _found.Find(known => known.Hash == hash)?.Office
        ?? offices.Configurations.FirstOrDefault(known => known.File?.Hash == hash)?.Office))];

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

    private async Task ApplyChangesAsync()
    {
        _isWaiting = false;
        Tell(OfficeFolder.Companions(_folder));
        var refused = _found.Where(file => file.Office is null).ToDictionary(file => file.Name, file => file.Errors);
        if (_found.Count > 0)
        {
            await TakeFilesAsync(refused);
        }
        else if (offices.Configurations.Any(known => known.IsFromFile))
        {
            refused[_folder] = [NoFile];
        }
        else if (offices.All.Any())
        {
            Tell([$"{_folder}: has no office file. The offices of the journal are served: see './run offices'."]);
        }

        Refuse(refused);
    }

    private async Task TakeFilesAsync(Dictionary<string, IReadOnlyList<string>> refused)
    {
        var described = new HashSet<string>();
        foreach (var same in _found.Where(file => file.Office is not null).GroupBy(file => file.Office!.Key).ToList())
        {
            var right = RightOf(same);
            Tell(same.Where(copy => copy != right)
                .Select(copy => $"{copy.Path}: is left out: office '{same.Key}' is described in '{right.Name}'."));
            Tell(PaperWarnings.Of(right.Office!, options.Value.PublicUrl, clock.GetUtcNow()).Concat(HomeTicketWarnings.Of(right.Office!))
                .Select(warning => OfficeFile.Sentence(right.Path, right.Text, warning)));
            described.Add(same.Key);
            await RefuseUnlessAsync(() => TakeAsync(same.Key, right), right.Name, refused);
        }

        foreach (var (office, file) in offices.Configurations.Where(known => known.IsFromFile)
            .Select(known => (known.Office!.Key, known.File!.Name)).Where(gone => !described.Contains(gone.Key)).ToList())
        {
            if (!refused.ContainsKey(file)) // Otherwise its file is wrong now.
            {
                await RefuseUnlessAsync(() => LeaveAsync(office, file, refused.Keys), file, refused);
            }
        }
    }

    private async Task RefuseUnlessAsync(Func<Task<string?>> change, string file, Dictionary<string, IReadOnlyList<string>> refused)
    {
        string? why;
        try
        {
            why = await change();
        }
        catch (Exception error) when (error is not OutOfMemoryException) // The journal, or another hub: the other offices go on.
        {
            why = $"{file}: cannot be taken now, and is tried again: {error.Message}";
        }

        if (why is not null)
        {
            (refused[file], _isWaiting) = ([why], true);
        }
    }

    /// <summary>Null: the file is in force, or not new.</summary>
    private async Task<string?> TakeAsync(string office, OfficeFound found)
    {
        var (known, file) = (offices.ConfigurationOf(office).Known, new TakenFile(found.Name, found.Hash));
        if (known.IsFromFile ? file == known.File : file.Hash == known.File?.Hash)
        {
            Tell(known.IsFromFile ? [] : [$"{found.Path}: is not used, because {office} was changed after it by {known.By}. "
                + $"To go back to the file: ./run offices import {found.Path}"]);
        }
        else if (file != _taken.GetValueOrDefault(office))
        {
            if (await changes.TryAsync(office, new OfficeCommand.Publish(found.Office!, OfficeConfiguration.ByFile(found.Name), found.Hash))
                is { } why)
            {
                return why;
            }

            Tell(OfficeChanges.Sentences(found.Office!, await changes.HitByAsync(known.Office, found.Office!), options.Value.PublicUrl)
                .Take(1));
        }

        _taken[office] = file;
        return null;
    }

    /// <summary>Null: the office has left with its file, or it may be that of another hub.</summary>
    private async Task<string?> LeaveAsync(string office, string file, IEnumerable<string> refused)
    {
        if (isShared && !_taken.ContainsKey(office))
        {
            Tell([$"{office}: its file '{file}' is not in {_folder}. Another hub may have it, so the office stays. "
                + $"To end it: ./run offices withdraw --office {office}"]);
            return null;
        }

        // A refused file of no known office may be that of an office whose file is gone.
        if (refused.FirstOrDefault(name => offices.Configurations.All(known => known.File?.Name != name)) is { } unknown)
        {
            return $"{office}: its file is gone, and '{unknown}' cannot be used; it stays until that file is mended or removed.";
        }

        var why = await changes.TryAsync(office, new OfficeCommand.Withdraw(OfficeConfiguration.ByFile(file)));
        if (why is null)
        {
            _taken.Remove(office);
        }

        return why;
    }

    /// <summary>Of several files that describe one office: that with the office's name, or that in use, or the shortest name.</summary>
    private OfficeFound RightOf(IGrouping<string, OfficeFound> same) => same
        .OrderByDescending(copy => copy.Name == $"{same.Key}.json")
        .ThenByDescending(copy => offices.ConfigurationOf(same.Key).Known.File?.Name == copy.Name)
        .ThenBy(copy => copy.Name.Length).ThenBy(copy => copy.Name, StringComparer.Ordinal).First();

    private void Refuse(Dictionary<string, IReadOnlyList<string>> refused)
    {
        var (before, now) = (offices.Refused, clock.GetUtcNow());
        offices.Refused = refused.ToImmutableSortedDictionary(r => r.Key, r => new RefusedFile(r.Key, r.Value,
            before.GetValueOrDefault(r.Key)?.Since ?? now, [.. offices.Configurations
                .Where(known => known.Office is not null && (r.Key == _folder ? known.IsFromFile : known.File?.Name == r.Key))
                .Select(known => known.Office!.Key)]), StringComparer.Ordinal);
        // An objection counts the tickets that wait; it is logged once.
        foreach (var error in refused.Where(r => before.GetValueOrDefault(r.Key) is not { } known
            || (!_isWaiting && !known.Errors.SequenceEqual(r.Value))).SelectMany(r => r.Value))
        {
            HubLog.OfficeFileWrong(log, error);
        }
    }

    private void Tell(IEnumerable<string> sentences)
    {
        foreach (var sentence in sentences.Where(_told.Add))
        {
            HubLog.OfficeFileRemark(log, sentence);
        }
    }
}

/// <summary>The sentences an operator needs to mend the office files.</summary>
public sealed class OfficeFilesException(IReadOnlyList<string> errors) : Exception(string.Join(Environment.NewLine, errors))
{
    public IReadOnlyList<string> Errors { get; } = errors;
}

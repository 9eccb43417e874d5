using System.Globalization;
using Aufruf.Contracts;
using Aufruf.Domain.Cases;
using Aufruf.Domain.Cases.Declarations;
using Aufruf.Grains;
using Aufruf.Grains.Subscriptions;
using Aufruf.Hub.Running;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace Aufruf.Hub.Cases;

/// <summary>Reads the procedures from the journal, and takes the files of the folder into it: at start, and when they change.</summary>
/// <remarks>A wrong file changes nothing: its procedure goes on as the journal has it.</remarks>
internal sealed class ProcedureFiles(Procedures procedures, Letterheads letterheads, IJournal journal,
    Announcements<PublishedProcedure, ProcedureEvent> announcements,
    IGrainFactory grains, IOptions<HubOptions> options, TimeProvider clock, ILogger<ProcedureFiles> log) : BackgroundService, IHealthCheck
{
    private static readonly TimeSpan LookEach = TimeSpan.FromSeconds(2);

    private readonly Subscription _others = new("procedures", PublishedProcedure.StreamKind, journal, announcements, clock, log);
    private readonly string _folder = options.Value.Procedures;
    private List<Trouble> _troubles = [];
    private string _dates = "";

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        HealthAnswers.Of(_troubles);

    /// <summary>Knows where to begin before it reads: no entry is missed between.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await announcements.BeginAsync(cancellationToken);
        await announcements.CatchUpAllAsync(PublishedProcedure.StreamKind, cancellationToken);
        await LookAsync();
        await base.StartAsync(cancellationToken);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(_others.RunAsync(stoppingToken), WatchAsync(stoppingToken));

    private async Task WatchAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(LookEach, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await LookAsync();
        }
    }

    private async Task LookAsync()
    {
        try
        {
            var dates = Dates();
            if (dates != _dates)
            {
                Say(await TakeAsync());
                _dates = dates;
            }
        }
        catch (Exception error) when (error is not OutOfMemoryException) // The folder, the journal or another hub: it is tried again.
        {
            Say([error.Message]);
        }
    }

    private string Dates() => string.Join('\n', ((string[])["", "library", "towns"])
        .SelectMany(part => ProcedureFolder.Files(Path.Combine(_folder, part))).Select(file => new FileInfo(file))
        .Select(file => string.Create(CultureInfo.InvariantCulture, $"{file.FullName} {file.Length} {file.LastWriteTimeUtc.Ticks}")));

    /// <summary>The sentences about files that are not used.</summary>
    private async Task<List<string>> TakeAsync()
    {
        var (folder, wrong) = (ProcedureFolder.Read(_folder), new List<string>());
        letterheads.Take(folder.Towns);
        foreach (var file in ProcedureFolder.Files(_folder))
        {
            var text = await File.ReadAllTextAsync(file);
            var (read, faults) = ProcedureReader.Read(text, folder.Library);
            wrong.AddRange(faults.Select(fault => ProcedureFolder.Sentence(file, fault)));
            foreach (var town in read is null ? [] : folder.Towns)
            {
                var version = new ProcedureVersion(read!.Version, text, folder.PartsOf(read), town.Town, [.. town.Postcodes],
                    town.TimeZone);
                if (procedures.Of(town.Authority, read.Id).Newest?.IsSameAs(version) is true)
                {
                    continue;
                }

                var answer = await grains.GetGrain<IProcedureGrain>(PublishedProcedure.StreamOf(town.Authority, read.Id)).Handle(
                    new RequestId(Guid.CreateVersion7()), new ProcedureCommand.Publish(version,
                        PublishedProcedure.ByFile(Path.GetFileName(file))));
                wrong.AddRange(answer.Refusal is { } refusal
                    ? [$"{file}: {refusal.English} ./run procedures check says more."] : Array.Empty<string>());
            }
        }

        return wrong;
    }

    private void Say(List<string> sentences)
    {
        foreach (var sentence in sentences.Where(sentence => !_troubles.Exists(known => known.Sentence == sentence)))
        {
            HubLog.ProcedureFileWrong(log, sentence);
        }

        _troubles = sentences.ConvertAll(sentence => _troubles.Find(known => known.Sentence == sentence)
            ?? new Trouble(sentence, clock.GetUtcNow()));
    }
}

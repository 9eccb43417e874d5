using System.Data.Common;
using Aufruf.Contracts;
using Aufruf.Grains;
using Aufruf.Grains.Subscriptions;
using Aufruf.Hub.Running;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aufruf.Hub.Offices;

/// <summary>Keeps the directory of this process as the journal has the offices, whichever process writes.</summary>
public sealed class OfficeCopies : BackgroundService, ICopies<OfficeConfiguration, OfficeEvent>
{
    private readonly OfficeDirectory _offices;
    private readonly IJournal _journal;
    private readonly UnreadableStreams _unreadable;
    private readonly TimeProvider _clock;
    private readonly Announcements<OfficeConfiguration, OfficeEvent> _announcements;
    private readonly Subscription _others;

    public OfficeCopies(OfficeDirectory offices, IJournal journal, UnreadableStreams unreadable, TimeProvider clock, ILogger log)
    {
        (_offices, _journal, _unreadable, _clock) = (offices, journal, unreadable, clock);
        _announcements = new(journal, this, _ => OfficeConfiguration.Empty, (configuration, happened) => configuration.Apply(happened));
        _others = new("offices", OfficeConfiguration.StreamKind, journal, _announcements, clock, log);
    }

    /// <summary>The copies of a journal, for a command.</summary>
    public static async Task<(OfficeDirectory Offices, OfficeCopies Copies)> ReadAsync(IJournal journal, Action<string>? say = null)
    {
        var (offices, clock) = (new OfficeDirectory(), TimeProvider.System);
        var unreadable = new UnreadableStreams(clock, NullLogger.Instance);
        var copies = new OfficeCopies(offices, journal, unreadable, clock, NullLogger.Instance);
        await copies.ReadAllAsync(CancellationToken.None);
        unreadable.Troubles.ToList().ForEach(trouble => say?.Invoke(trouble.Sentence));
        return (offices, copies);
    }

    /// <summary>Reads all offices. Later entries are read by the service, and none between is missed.</summary>
    /// <exception cref="JournalUnavailableException">The journal cannot be read.</exception>
    public async Task ReadAllAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _announcements.BeginAsync(cancellationToken);
            foreach (var stream in await _journal.StreamsAsync(OfficeConfiguration.StreamKind, cancellationToken)
                .ToListAsync(cancellationToken))
            {
                await CatchUpAsync(stream, cancellationToken);
            }
        }
        catch (DbException error)
        {
            throw new JournalUnavailableException($"The journal cannot be read: {error.Message}", error);
        }
    }

    /// <summary>Reads the entries of an office that are not known here.</summary>
    public Task CatchUpAsync(string stream, CancellationToken cancellationToken = default) =>
        _announcements.CatchUpAsync(stream, cancellationToken);

    public void Announce(string stream, long version, OfficeConfiguration state, IReadOnlyList<OfficeEvent>? happened)
    {
        _offices.Take(OfficeConfiguration.KeyOf(stream), version, state, isReadAgain: happened is null);
        _unreadable.Remove(stream);
    }

    public (long Version, OfficeConfiguration State)? CopyOf(string stream) =>
        _offices.ConfigurationOf(OfficeConfiguration.KeyOf(stream));

    /// <summary>The office stays as it was read before.</summary>
    public void CannotRead(string stream, string reason) => _unreadable.Add(stream, stream, reason);

    /// <summary>The office's aggregate without its grain, on the journal itself.</summary>
    public Journaled<OfficeConfiguration, OfficeCommand, OfficeEvent> ShellOf(string stream) =>
        Journaled.Of<OfficeConfiguration, OfficeCommand, OfficeEvent>(stream, _journal, this, _clock);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => _others.RunAsync(stoppingToken);
}

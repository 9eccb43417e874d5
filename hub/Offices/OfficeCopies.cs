using System.Data.Common;
using Aufruf.Contracts;
using Aufruf.Grains;
using Aufruf.Hub.Running;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aufruf.Hub.Offices;

/// <summary>Keeps the directory of this process as the journal has the offices, whichever process writes.</summary>
public sealed class OfficeCopies(OfficeDirectory offices, IJournal journal, UnreadableStreams unreadable, TimeProvider clock)
    : ICopies<OfficeConfiguration, OfficeEvent>
{
    public const string Kind = "office";

    /// <summary>The offices of a journal, for a command.</summary>
    public static async Task<OfficeDirectory> ReadAsync(IJournal journal)
    {
        var offices = new OfficeDirectory();
        await new OfficeCopies(offices, journal, new(TimeProvider.System, NullLogger.Instance), TimeProvider.System)
            .ReadAllAsync(CancellationToken.None);
        return offices;
    }

    /// <summary>The office of a stream.</summary>
    private static string KeyOf(string stream) => stream[(Kind.Length + 1)..];

    public void Announce(string stream, long version, OfficeConfiguration state, IReadOnlyList<OfficeEvent>? happened) =>
        offices.Take(KeyOf(stream), version, state);

    public (long Version, OfficeConfiguration State)? Known(string stream) => offices.ConfigurationOf(KeyOf(stream));

    /// <summary>Reads the last versions of all offices.</summary>
    /// <exception cref="JournalUnavailableException">The journal cannot be read.</exception>
    public async Task ReadAllAsync(CancellationToken cancellationToken)
    {
        foreach (var stream in await StreamsAsync(cancellationToken))
        {
            await ReadAsync(stream, atLeast: 0);
        }
    }

    private async Task<List<string>> StreamsAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await journal.StreamsAsync(Kind, cancellationToken).ToListAsync(cancellationToken);
        }
        catch (DbException error)
        {
            throw new JournalUnavailableException($"The journal cannot be read: {error.Message}", error);
        }
    }

    public async Task ReadAsync(string stream, long atLeast)
    {
        try
        {
            await ShellOf(stream).ViewAsync(); // It announces what it reads.
            unreadable.Remove(stream);
        }
        catch (UnreadableStreamException error)
        {
            unreadable.Add(stream, stream, error.Message); // The office stays as it is known here. The others go on.
        }
    }

    /// <summary>The office's aggregate without its grain, on the journal itself.</summary>
    public Journaled<OfficeConfiguration, OfficeCommand, OfficeEvent> ShellOf(string stream) => new(stream, journal, this, clock,
        OfficeConfiguration.None, (configuration, command, now) => configuration.Decide(command, now),
        (configuration, happened) => configuration.Apply(happened));
}

using System.Data.Common;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using Aufruf.Contracts;
using Aufruf.Domain.Identity;
using Aufruf.Grains;
using Aufruf.Grains.Journal;
using Aufruf.Hub.Identity;

namespace Aufruf.Hub.Audit;

/// <summary>Searches the log of access, and the changes of configuration, credentials and people, in the journal itself.</summary>
/// <remarks>However many entries a year has, it holds no more rows than <see cref="MostChanges"/> and those that were asked for.</remarks>
internal sealed class AccessSearch(IJournal journal)
{
    /// <summary>Of configuration, credentials and people, in the days that are searched. Older ones are left out.</summary>
    internal const int MostChanges = 5_000;

    // A hundred rows a page, and a broken disk may break every stream.
    private const int MostFaults = 20;

    /// <summary>All that a search has read so far.</summary>
    private sealed class Reading
    {
        public long Entries { get; set; }
        public List<string> Faults { get; } = [];
        public bool IsCut { get; set; }
    }

    public async Task<AccessFound> FindAsync(string authority, AccessQuery query, CancellationToken cancellationToken)
    {
        var (reading, latest) = (new Reading(), new Queue<AccessRow>());
        await foreach (var row in ReadableAsync(RowsAsync(authority, query, reading, cancellationToken)))
        {
            reading.IsCut |= Keep(latest, row, query.Most);
        }

        return new([.. latest.OrderByDescending(row => row.At)], reading.IsCut, reading.Entries, reading.Faults);
    }

    /// <summary>All rows, the earliest first.</summary>
    public IAsyncEnumerable<AccessRow> ReadAsync(string authority, AccessQuery query, CancellationToken cancellationToken) =>
        ReadableAsync(RowsAsync(authority, query, new(), cancellationToken));

    /// <summary>The log day by day, and between its rows the changes of the same days.</summary>
    private async IAsyncEnumerable<AccessRow> RowsAsync(
        string authority, AccessQuery query, Reading reading, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var changes = new Queue<AccessRow>(await ChangesAsync(authority, query, reading, cancellationToken));
        var days = await journal.StreamsAsync(AccessLog.StreamKind, cancellationToken)
            .Where(stream => IsIn(stream, authority, query)).ToListAsync(cancellationToken);
        foreach (var day in days)
        {
            await foreach (var row in RowsOfAsync<AccessLogEvent>(day, happened => happened is AccessLogEvent.AccessNoted noted
                ? new(noted.At, noted.Access.Who, noted.Access.Office, Word(noted.Access.What), noted.Access.Subject,
                    Word(noted.Access.Way)) : null, query, reading, cancellationToken))
            {
                while (changes.TryPeek(out var change) && change.At <= row.At)
                {
                    yield return changes.Dequeue();
                }

                yield return row;
            }
        }

        while (changes.TryDequeue(out var change))
        {
            yield return change;
        }
    }

    /// <summary>Also of an office that was withdrawn. The earliest first.</summary>
    private async Task<IReadOnlyList<AccessRow>> ChangesAsync(
        string authority, AccessQuery query, Reading reading, CancellationToken cancellationToken)
    {
        var latest = new PriorityQueue<AccessRow, DateTimeOffset>();
        async Task TakeAsync(IAsyncEnumerable<AccessRow> rows)
        {
            await foreach (var row in rows)
            {
                latest.Enqueue(row, row.At);
                if (latest.Count > MostChanges)
                {
                    latest.Dequeue();
                    reading.IsCut = true;
                }
            }
        }

        await TakeAsync(RowsOfAsync<PeopleEvent>(People.StreamOf(authority), PeopleRows.RowOf, query, reading, cancellationToken));
        foreach (var office in await journal.StreamsAsync(OfficeConfiguration.StreamKind, cancellationToken)
            .Select(OfficeConfiguration.KeyOf).Where(office => office.Split('.')[0] == authority).ToListAsync(cancellationToken))
        {
            await TakeAsync(RowsOfAsync<OfficeEvent>(OfficeConfiguration.StreamOf(office), happened => happened switch
            {
                OfficeEvent.OfficePublished e => new(e.At, e.By, office, NameOf(e), office, null),
                OfficeEvent.OfficeConfirmed e => new(e.At, e.By, office, NameOf(e), office, null),
                OfficeEvent.OfficeWithdrawn e => new(e.At, e.By, office, NameOf(e), office, null),
                _ => null,
            }, query, reading, cancellationToken));
            await TakeAsync(RowsOfAsync<CredentialsEvent>(CredentialCache.StreamOf(office), happened => happened switch
            {
                CredentialsEvent.CredentialIssued e => new(e.At, e.By, office, NameOf(e), e.Holder, null),
                CredentialsEvent.CredentialRevoked e => new(e.At, e.By, office, NameOf(e), e.Holder, null),
                CredentialsEvent.PairingOffered e => new(e.At, e.By, office, NameOf(e), e.Holder, null),
                CredentialsEvent.PairingRedeemed e => new(e.At, null, office, NameOf(e), e.Holder, null),
                _ => null,
            }, query, reading, cancellationToken));
        }

        return [.. latest.UnorderedItems.Select(item => item.Element).OrderBy(row => row.At)];
    }

    /// <summary>The rows of one stream that match.</summary>
    private async IAsyncEnumerable<AccessRow> RowsOfAsync<TEvent>(string stream, Func<TEvent, AccessRow?> rowOf, AccessQuery query,
        Reading reading, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var verified = new VerifiedStream(journal, stream);
        await foreach (var entry in verified.ReadAsync(cancellationToken))
        {
            foreach (var row in EventsOf<TEvent>(entry, reading).Select(rowOf).OfType<AccessRow>().Where(row => Matches(row, query)))
            {
                yield return row;
            }
        }

        reading.Entries += verified.Entries;
        Note(verified.Fault, reading);
    }

    private static IReadOnlyList<TEvent> EventsOf<TEvent>(JournalEntry entry, Reading reading)
    {
        try
        {
            return EntryContent<TEvent>.Read(entry).Events;
        }
        catch (InvalidDataException error)
        {
            Note(error.Message, reading);
            return [];
        }
    }

    private static void Note(string? fault, Reading reading)
    {
        if (fault is not null && reading.Faults.Count < MostFaults)
        {
            reading.Faults.Add(fault);
        }
    }

    /// <returns>True: an earlier row had to go.</returns>
    private static bool Keep(Queue<AccessRow> latest, AccessRow row, int most)
    {
        latest.Enqueue(row);
        return latest.Count > most && latest.TryDequeue(out _);
    }

    private static async IAsyncEnumerable<AccessRow> ReadableAsync(IAsyncEnumerable<AccessRow> rows)
    {
        await using var row = rows.GetAsyncEnumerator();
        while (await NextAsync(row))
        {
            yield return row.Current;
        }
    }

    private static async Task<bool> NextAsync(IAsyncEnumerator<AccessRow> rows)
    {
        try
        {
            return await rows.MoveNextAsync();
        }
        catch (DbException error)
        {
            throw new JournalUnavailableException($"The journal cannot be read: {error.Message}", error);
        }
    }

    private static bool IsIn(string stream, string authority, AccessQuery query) =>
        stream[(AccessLog.StreamKind.Length + 1)..].Split('.') is [var of, var day] && of == authority
        && DateOnly.TryParseExact(day, "yyyy-MM-dd", out var date) && date >= query.From && date <= query.To;

    private static bool Matches(AccessRow row, AccessQuery query) =>
        DateOnly.FromDateTime(row.At.UtcDateTime) is var day && day >= query.From && day <= query.To
        && (query.Who is null || row.Who?.Contains(query.Who, StringComparison.OrdinalIgnoreCase) is true)
        && (query.What is null || row.What == query.What);

    private static string Word(Enum value) => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());

    /// <summary>As the event stands in the journal.</summary>
    internal static string NameOf<TEvent>(TEvent happened) where TEvent : notnull =>
        typeof(TEvent).BaseType!.GetCustomAttributes<JsonDerivedTypeAttribute>()
            .First(known => known.DerivedType == happened.GetType()).TypeDiscriminator as string ?? "";
}

internal static class AuditSetup
{
    public static IServiceCollection AddAudit(this IServiceCollection services) => services
        .AddSingleton<AccessSearch>().AddSingleton<IAccessBook, AccessBook>().AddSingleton<Looks>();
}

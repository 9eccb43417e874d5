using System.Data.Common;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using Aufruf.Contracts;
using Aufruf.Domain.Identity;
using Aufruf.Grains;
using Aufruf.Grains.Journal;
using Aufruf.Hub.Identity;

namespace Aufruf.Hub.Audit;

/// <summary>Searches the log of access, and the changes of configuration and credentials, in the journal itself.</summary>
internal sealed class AccessSearch(IJournal journal)
{
    // A hundred rows a page, and a broken disk may break every stream.
    private const int MostFaults = 20;

    public async Task<AccessFound> FindAsync(string authority, AccessQuery query, CancellationToken cancellationToken)
    {
        var (rows, faults, entries) = (new List<AccessRow>(), new List<string>(), 0L);
        try
        {
            await foreach (var stream in journal.StreamsAsync(AccessLog.StreamKind, cancellationToken))
            {
                if (IsIn(stream, authority, query))
                {
                    await ReadAsync<AccessLogEvent>(stream, happened => happened is AccessLogEvent.AccessNoted noted
                        ? new(noted.At, noted.Access.Who, noted.Access.Office, Word(noted.Access.What), noted.Access.Subject,
                            Word(noted.Access.Way)) : null);
                }
            }

            // Also of an office that was withdrawn.
            foreach (var office in await journal.StreamsAsync(OfficeConfiguration.StreamKind, cancellationToken)
                .Select(OfficeConfiguration.KeyOf).Where(office => office.Split('.')[0] == authority).ToListAsync(cancellationToken))
            {
                await ReadAsync<OfficeEvent>(OfficeConfiguration.StreamOf(office), happened => happened switch
                {
                    OfficeEvent.OfficePublished e => new(e.At, e.By, office, NameOf(e), office, null),
                    OfficeEvent.OfficeConfirmed e => new(e.At, e.By, office, NameOf(e), office, null),
                    OfficeEvent.OfficeWithdrawn e => new(e.At, e.By, office, NameOf(e), office, null),
                    _ => null,
                });
                await ReadAsync<CredentialsEvent>(CredentialCache.StreamOf(office), happened => happened switch
                {
                    CredentialsEvent.CredentialIssued e => new(e.At, null, office, NameOf(e), e.Holder, null),
                    CredentialsEvent.CredentialRevoked e => new(e.At, null, office, NameOf(e), e.Holder, null),
                    CredentialsEvent.PairingOffered e => new(e.At, e.By, office, NameOf(e), e.Holder, null),
                    CredentialsEvent.PairingRedeemed e => new(e.At, null, office, NameOf(e), e.Holder, null),
                    _ => null,
                });
            }
        }
        catch (DbException error)
        {
            throw new JournalUnavailableException($"The journal cannot be read: {error.Message}", error);
        }

        var found = rows.Where(row => Matches(row, query)).OrderByDescending(row => row.At).ToList();
        return new([.. found.Take(query.Most)], found.Count > query.Most, entries, [.. faults.Take(MostFaults)]);

        async Task ReadAsync<TEvent>(string stream, Func<TEvent, AccessRow?> rowOf)
        {
            var read = await VerifiedStream.OfAsync(journal, stream, cancellationToken);
            entries += read.Entries.Count;
            if (read.Fault is { } fault)
            {
                faults.Add(fault);
            }

            foreach (var entry in read.Entries)
            {
                try
                {
                    rows.AddRange(EntryContent<TEvent>.Read(entry).Events.Select(rowOf).OfType<AccessRow>());
                }
                catch (InvalidDataException error)
                {
                    faults.Add(error.Message);
                }
            }
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
    private static string NameOf<TEvent>(TEvent happened) where TEvent : notnull =>
        typeof(TEvent).BaseType!.GetCustomAttributes<JsonDerivedTypeAttribute>()
            .First(known => known.DerivedType == happened.GetType()).TypeDiscriminator as string ?? "";
}

internal static class AuditSetup
{
    public static IServiceCollection AddAudit(this IServiceCollection services) => services
        .AddSingleton<AccessSearch>().AddSingleton<IAccessBook, AccessBook>();
}

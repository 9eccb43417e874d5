using System.Collections.Concurrent;
using Aufruf.Domain.Cases;
using Aufruf.Domain.Cases.Declarations;
using Aufruf.Grains.Subscriptions;
using Aufruf.Hub.Connectors.Payments;
using Aufruf.Hub.Running;
using Microsoft.Extensions.Options;

namespace Aufruf.Hub.Cases;

/// <summary>The procedures of all authorities as the journal has them, read and ready to be filled in.</summary>
internal sealed class Procedures(UnreadableStreams unreadable, PaymentProviders payments, IOptions<HubOptions> hub)
    : ICopies<PublishedProcedure, ProcedureEvent>
{
    private static readonly FieldType[] NotYetOnline =
        [FieldType.Signature, FieldType.Group, FieldType.Repeat];

    private readonly ConcurrentDictionary<string, (long Version, PublishedProcedure Known)> _known = new();
    private readonly ConcurrentDictionary<(string Stream, int Number), KnownProcedure?> _read = new();

    public PublishedProcedure Of(string authority, string procedure) =>
        CopyOf(PublishedProcedure.StreamOf(authority, procedure))?.State ?? PublishedProcedure.Empty;

    /// <summary>The procedures for which a citizen can apply in the portal.</summary>
    public IReadOnlyList<KnownProcedure> OnlineIn(string authority) =>
        [.. OfferedIn(authority).Where(known => IsOnline(authority, known.Is))];

    /// <summary>The procedures that a clerk can begin: for the person at the counter, or from a paper.</summary>
    public IReadOnlyList<KnownProcedure> AtCounterIn(string authority) =>
        [.. OfferedIn(authority).Where(known => ChannelsOf(known).Length > 0 && HasForm(known.Is))];

    /// <summary>"counter" and "post", as the declaration has them.</summary>
    public static string[] ChannelsOf(KnownProcedure known) =>
        [.. known.Is.Channels.Where(channel => channel is DraftOrigin.Counter or DraftOrigin.Post)];

    /// <summary>All that the authority has, whether new applications can begin or not, by id.</summary>
    public IReadOnlyList<(string Id, PublishedProcedure Known)> AllIn(string authority)
    {
        var before = PublishedProcedure.StreamOf(authority, "");
        return [.. _known.Where(known => known.Key.StartsWith(before, StringComparison.Ordinal))
            .Select(known => (known.Key[before.Length..], known.Value.Known)).OrderBy(known => known.Item1, StringComparer.Ordinal)];
    }

    /// <summary>The newest versions of all that can begin, online or at the counter.</summary>
    public IReadOnlyList<KnownProcedure> OfferedIn(string authority) =>
    [
        .. from known in _known
           where known.Key.StartsWith(PublishedProcedure.StreamOf(authority, ""), StringComparison.Ordinal)
           where known.Value.Known.Newest is not null
           let read = ReadOf(known.Key, known.Value.Known.Newest!)
           where read is not null
           orderby read.Is.Id
           select read,
    ];

    /// <summary>The law of a version, in the words of the newest one.</summary>
    public KnownProcedure? Find(string authority, string procedure, int number)
    {
        var (stream, published) = (PublishedProcedure.StreamOf(authority, procedure), Of(authority, procedure));
        var pinned = published.Find(number) is { } version ? ReadOf(stream, version) : null;
        var newest = published.Versions is [.., var last] ? ReadOf(stream, last) : null;
        return pinned is null || newest is null || newest == pinned ? pinned
            : pinned with { Is = pinned.Is.WithTextsOf(newest.Is) };
    }

    public void Announce(string stream, long version, PublishedProcedure state, IReadOnlyList<ProcedureEvent>? happened)
    {
        _known.AddOrUpdate(stream, (version, state), (_, known) => happened is not null && version <= known.Version ? known
            : (version, state));
        unreadable.Remove(stream);
    }

    public (long Version, PublishedProcedure State)? CopyOf(string stream) =>
        _known.GetValueOrDefault(stream, (0, PublishedProcedure.Empty));

    public void CannotRead(string stream, string reason) => unreadable.Add(stream, stream, reason);

    public bool IsOnline(string authority, ProcedureDefinition procedure) => procedure.Channels.Contains(DraftOrigin.Online)
        && CanBeSigned(authority, procedure) && CanBePaid(authority, procedure) && HasForm(procedure);

    private bool CanBeSigned(string authority, ProcedureDefinition procedure) => procedure.Identity is IdentityNeeded.None
        || (procedure.Identity is IdentityNeeded.Account && hub.Value.Accounts.ContainsKey(authority));

    // These fields need parts that the portal does not have.
    private static bool HasForm(ProcedureDefinition procedure) =>
        !procedure.Pages.SelectMany(page => page.Fields).Any(field => NotYetOnline.Contains(field.Type));

    /// <summary>Before the work begins: by a provider, or all of it at the counter.</summary>
    private bool CanBePaid(string authority, ProcedureDefinition procedure) => procedure.Flow.Pay is not PayWhen.Before
        || payments.Has(authority) || procedure.Claims.Where(claim => claim.At is CaseState.AwaitingPayment)
            .All(claim => claim.Collect is Collect.Counter);

    private KnownProcedure? ReadOf(string stream, ProcedureVersion version) => _read.GetOrAdd((stream, version.Number),
        static (_, version) => version.Read() is { } read ? new(version, read) : null, version);
}

internal sealed record KnownProcedure(ProcedureVersion Version, ProcedureDefinition Is)
{
    public DateOnly DayAt(DateTimeOffset instant) => DateOnly.FromDateTime(
        TimeZoneInfo.ConvertTime(instant, TimeZoneInfo.FindSystemTimeZoneById(Version.TimeZone)).DateTime);

    /// <summary>The procedure's own sentence about a state. It speaks of success, so a refused application has none.</summary>
    public Texts? SaysOf(CitizenCase found, CaseState state) =>
        found.Outcome is DecisionOutcome.Refused ? null : Is.Says.GetValueOrDefault(state);

    public Evaluation Evaluate(IReadOnlyDictionary<string, string> answers, DateOnly today) =>
        Evaluation.Of(Is, answers, today, Version.Place);
}

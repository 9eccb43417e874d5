using System.Globalization;
using System.Text.RegularExpressions;
using Aufruf.Contracts;
using Aufruf.Domain.Cases;
using Aufruf.Domain.Cases.Declarations;
using Aufruf.Grains;
using Aufruf.Grains.Journal;
using Aufruf.Hub.Offices;

namespace Aufruf.Hub.Cases;

/// <summary>Procedures as the authority's own administrators write them, without a file and without a restart.</summary>
internal sealed partial class ProcedureAdministration(Procedures procedures, ProcedureParts parts, IJournal journal, IGrainFactory grains,
    TimeProvider clock) : IProcedureAdministration
{
    public IReadOnlyList<ProcedureRow> List(string authority) =>
        [.. procedures.AllIn(authority).Select(known => RowOf(authority, known.Id, known.Known))];

    public ProcedureDesk? Find(string authority, string id)
    {
        var known = procedures.Of(authority, id);
        return known is { Draft: null, Versions: [] } ? null
            : new(RowOf(authority, id, known), known.Draft is { } draft ? new(draft.Json, draft.Library) : NextOf(known.Versions[^1]),
                known.Revision, known.Draft?.By, known.Draft?.At, parts.TownOf(authority)?.TimeZone ?? "UTC");
    }

    public ProcedureCheck Check(string authority, string id, ProcedureText text)
    {
        List<(string, Fault)> faults = [];
        foreach (var (file, n) in text.Library.Select((file, n) => (file, n + 1)))
        {
            Library.Empty.With(file, out var wrong);
            faults.AddRange(wrong.Select(fault => (string.Create(CultureInfo.InvariantCulture, $"{n}"), fault)));
        }

        if (faults.Count > 0)
        {
            return new(faults, 0, null);
        }

        if (parts.TownOf(authority) is not { } town)
        {
            return new([], 0, Refusal.ProcedureTownUnknown);
        }

        var library = parts.LibraryFor(authority, id, text.Library).Library with
        {
            Procedures = [.. procedures.AllIn(authority).Select(known => known.Id).Append(id)],
        };
        faults.AddRange(Linter.Check(text.Json, library, TodayIn(town), town.Is).Select(fault => ("", fault)));
        return faults.Count > 0 ? new(faults, 0, null) : new([], Walk.Citizens, WhyNot(authority, id, text.Json))
        {
            Remarks = ProcedureReader.Read(text.Json, library).Procedure is { } read ? LabelRules.RemarksOn(read) : [],
        };
    }

    public async Task<ProcedureAnswer> SaveAsync(string authority, string? id, ProcedureText text, int seen, string who)
    {
        var named = IdIn(text.Json);
        if (named is null || (id is not null && named != id))
        {
            return new(id, Refusal.ProcedureUnnamed);
        }

        var answer = await Grain(authority, named).Handle(New(), new ProcedureCommand.SaveDraft(text.Json, text.Library, seen, By(who)));
        return new(named, answer.Refusal);
    }

    public async Task<ProcedureAnswer> PublishAsync(string authority, string id, int seen, string who)
    {
        if ((await Grain(authority, id).View()).Draft is not { } draft)
        {
            return new(id, Refusal.NoDraft);
        }

        if (parts.TownOf(authority) is not { } town)
        {
            return new(id, Refusal.ProcedureTownUnknown);
        }

        var files = parts.LibraryFor(authority, id, draft.Library);
        if (IdIn(draft.Json) != id || ProcedureReader.Read(draft.Json, files.Library).Procedure is not { } read)
        {
            return new(id, Refusal.ProcedureFaulty);
        }

        var version = new ProcedureVersion(read.Version, draft.Json, files.PartsOf(read), town.Town, [.. town.Postcodes], town.TimeZone);
        return new(id, (await Grain(authority, id).Handle(New(), new ProcedureCommand.Publish(version, By(who), seen))).Refusal);
    }

    public async Task<ProcedureAnswer> DiscardAsync(string authority, string id, int seen, string who) =>
        new(id, (await Grain(authority, id).Handle(New(), new ProcedureCommand.DiscardDraft(seen, By(who)))).Refusal);

    public async Task<ProcedureAnswer> WithdrawAsync(string authority, string id, string who) =>
        new(id, (await Grain(authority, id).Handle(New(), new ProcedureCommand.Withdraw(By(who)))).Refusal);

    public async Task<ProcedureAnswer> OfferAgainAsync(string authority, string id, string who) =>
        (await Grain(authority, id).View()).Versions is not [.., var last] ? new(id, Refusal.ProcedureUnknown)
            : new(id, (await Grain(authority, id).Handle(New(), new ProcedureCommand.Publish(last, By(who)))).Refusal);

    public async Task<IReadOnlyList<ProcedureEdition>> HistoryAsync(string authority, string id)
    {
        List<ProcedureEdition> all = [];
        var before = "{}";
        await foreach (var entry in journal.ReadAsync(PublishedProcedure.StreamOf(authority, id), 0, CancellationToken.None))
        {
            foreach (var happened in EntryContent<ProcedureEvent>.Read(entry).Events)
            {
                if (happened is ProcedureEvent.ProcedurePublished e)
                {
                    all.Add(new(e.Version.Number, e.By, e.At, before == "{}" ? [] : OfficeDifferences.Between(before, e.Version.Json),
                        new(e.Version.Json, e.Version.Library)));
                    before = e.Version.Json;
                }
                else if (happened is ProcedureEvent.ProcedureWithdrawn w)
                {
                    all.Add(new(null, w.By, w.At, [], null));
                }
            }
        }

        all.Reverse();
        return all;
    }

    private ProcedureRow RowOf(string authority, string id, PublishedProcedure known)
    {
        var newest = known.Versions is [.., var last] ? procedures.Find(authority, id, last.Number) : null;
        return new(id, newest?.Is.Title ?? [], known.Versions is [.., var v] ? v.Number : null, newest?.Is.ValidFrom,
            known.IsOffered && newest is not null && procedures.IsOnline(authority, newest.Is),
            procedures.AtCounterIn(authority).Any(one => one.Is.Id == id), known.IsOffered, known.Versions.Count == 0 || newest is not null,
            known.Draft?.By);
    }

    /// <summary>A number that is used up is found before the draft is published.</summary>
    private Refusal? WhyNot(string authority, string id, string json) => IdIn(json) != id ? Refusal.ProcedureUnnamed
        : procedures.Of(authority, id).Versions is [.., var last] && Number().Match(json) is { Success: true } found
            && int.Parse(found.Groups[2].ValueSpan, CultureInfo.InvariantCulture) <= last.Number ? Refusal.ProcedureVersionUsed : null;

    /// <summary>The text of a version as the beginning of the next one.</summary>
    private static ProcedureText NextOf(ProcedureVersion last) => new(Number().Replace(last.Json,
        found => string.Create(CultureInfo.InvariantCulture, $"{found.Groups[1].Value}{last.Number + 1}"), 1), []);

    private DateOnly TodayIn(ProcedureTown town) => DateOnly.FromDateTime(
        TimeZoneInfo.ConvertTime(clock.GetUtcNow(), TimeZoneInfo.FindSystemTimeZoneById(town.TimeZone)).DateTime);

    /// <summary>Null: the text is no JSON, or has no usable name.</summary>
    private static string? IdIn(string json) => OfficeDraftText.Read(json)?["procedure"] is System.Text.Json.Nodes.JsonValue name
        && name.TryGetValue<string>(out var id) && id != "new" && Name().IsMatch(id) ? id : null; // "new" is an address.

    private IProcedureGrain Grain(string authority, string id) =>
        grains.GetGrain<IProcedureGrain>(PublishedProcedure.StreamOf(authority, id));

    private static RequestId New() => new(Guid.CreateVersion7());

    private static string By(string who) => $"staff:{who}";

    [GeneratedRegex("^[a-z][a-z0-9-]{0,59}$")]
    private static partial Regex Name();

    [GeneratedRegex("(\"version\"\\s*:\\s*)([0-9]{1,6})")]
    private static partial Regex Number();
}

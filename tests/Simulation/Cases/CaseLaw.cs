using Aufruf.Domain.Cases;
using Aufruf.Domain.Cases.Declarations;
using Aufruf.Hub;
using Aufruf.Hub.Cases;
using Aufruf.Hub.Connectors.Payments;
using Aufruf.Hub.Running;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Aufruf.Simulation.Cases;

/// <summary>The procedures of the house, published by the rules of the house. No simulated town changes them.</summary>
internal static class CaseLaw
{
    private static readonly Lazy<Procedures> Known = new(Read);

    public static Procedures Procedures => Known.Value;

    /// <summary>All that a clerk can begin, by id.</summary>
    public static IReadOnlyList<KnownProcedure> All => Procedures.AtCounterIn(CaseTown.Authority);

    private static Procedures Read()
    {
        Procedures all = new(new UnreadableStreams(TimeProvider.System, NullLogger.Instance),
            new PaymentProviders(new() { [CaseTown.Authority] = ("lying", LyingProvider.Nobody) }),
            Options.Create(new HubOptions()));
        var at = Path.Combine(AppContext.BaseDirectory, "demo", "procedures");
        var folder = ProcedureFolder.Read(at);
        foreach (var file in ProcedureFolder.Files(at))
        {
            var json = File.ReadAllText(file);
            var read = ProcedureReader.Read(json, folder.Library).Procedure ?? throw new InvalidDataException(file);
            var town = folder.Towns.First(known => known.Authority == CaseTown.Authority);
            ProcedureVersion version = new(read.Version, json, folder.PartsOf(read), town.Town, [.. town.Postcodes], town.TimeZone);
            all.Announce(PublishedProcedure.StreamOf(CaseTown.Authority, read.Id), 1, PublishedProcedure.Empty.Apply(
                new ProcedureEvent.ProcedurePublished(version, PublishedProcedure.ByFile(Path.GetFileName(file)),
                    DateTimeOffset.UnixEpoch)), null);
        }

        return all;
    }
}

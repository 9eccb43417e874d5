using Aufruf.Domain.Cases.Declarations;
using Microsoft.Extensions.Options;

namespace Aufruf.Hub.Cases;

/// <summary>Tables, templates and the town for a declaration of the administration: its own, those in force, those of the folder.</summary>
internal sealed class ProcedureParts(Procedures procedures, IOptions<HubOptions> options)
{
    /// <summary>Null: no procedure of this authority and no file says it.</summary>
    public ProcedureTown? TownOf(string authority) =>
        procedures.AllIn(authority).Select(known => known.Known.Versions).FirstOrDefault(versions => versions.Count > 0) is [.., var last]
            ? new(authority, last.Town, [.. last.Postcodes], last.TimeZone)
            : Folder().Towns.FirstOrDefault(town => town.Authority == authority);

    /// <summary>Later ones replace earlier ones of the same name: the folder's, those of the version in force, and the draft's own.
    /// </summary>
    public ProcedureFolder LibraryFor(string authority, string id, IReadOnlyList<string> own)
    {
        var all = Folder();
        foreach (var file in (procedures.Of(authority, id).Versions is [.., var last] ? last.Library : []).Concat(own))
        {
            if (Library.NameOf(file) is { } name)
            {
                all = all with { Library = all.Library.With(file, out _), Parts = all.Parts.SetItem(name, file) };
            }
        }

        return all;
    }

    /// <summary>A wrong file of the folder is said by the hub's health. Here it only gives nothing.</summary>
    private ProcedureFolder Folder()
    {
        try
        {
            return ProcedureFolder.Read(options.Value.Procedures);
        }
        catch (InvalidDataException)
        {
            return ProcedureFolder.Nothing;
        }
    }
}

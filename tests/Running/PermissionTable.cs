using System.Text;
using System.Text.Json;
using Aufruf.Domain.Identity;
using Aufruf.Hub.Gateway;
using Aufruf.Portal.Staff.People;

namespace Aufruf.Tests.Running;

/// <summary>The permissions as hub/permissions.md shows them.</summary>
internal static class PermissionTable
{
    private static readonly (string Name, Principal Principal)[] Holders =
    [
        ("anybody", Principal.Citizen), ("this machine", Principal.ThisMachine),
        .. Enum.GetValues<CredentialKind>().Select(kind => (NameOf(kind), Principal.Of(kind, "town.office", "name"))),
    ];

    public static string Write(IReadOnlyList<WayIn> ways, IReadOnlyList<LiveMethod> methods)
    {
        var text = new StringBuilder("""
            # Permissions

            `./run permissions` writes this file from the running hub; a test compares it and tries every line.
            A permission of a credential holds in its own office only. Messages belong to the authority: all its offices share them.

            ## Holders


            """);
        Table(text, ["permission", .. Holders.Select(h => h.Name)], Enum.GetValues<Permission>().Select(permission =>
            (string[])[NameOf(permission), .. Holders.Select(h => h.Principal.May(permission) ? "yes" : "")]));
        text.Append("\n## Roles\n\nA role of a person holds in the place of its grant, and in all places inside it.\n\n");
        Table(text, ["permission", .. Role.BuiltIn.Select(role => role.Id)], PermissionsPage.All.Select(permission =>
            (string[])[NameOf(permission), .. Role.BuiltIn.Select(role => role.Permissions.Contains(permission) ? "yes" : "")]));
        text.Append("\n## Requests\n\n");
        Table(text, ["address", "verb", "permission"], ways.Where(d => d.Kind is WayInKind.Endpoint).Select(Row));
        text.Append("\n## Pages\n\n");
        Table(text, ["address", "verb", "permission"], ways.Where(d => d.Kind is WayInKind.Page).Select(Row)
            .Append(["files of the screens", "GET", string.Join(", ", ways.Where(d => d.Kind is WayInKind.File).Select(d => NameOf(d.Needs))
                .Distinct())]));
        text.Append("\n## Live connections\n\n");
        Table(text, ["address", "method", "permission"], ways.Where(d => d.Kind is WayInKind.Live && d.Verb is "GET")
            .Select(d => (string[])[$"`{d.Address}`", "", NameOf(d.Needs)])
            .Concat(methods.Select(m => (string[])[$"`{m.Address}`", m.Method.Name, NameOf(m.Needs)]))
            .OrderBy(row => row[0], StringComparer.Ordinal).ThenBy(row => row[1], StringComparer.Ordinal));
        text.Append("\n## Topics\n\nA device publishes and hears as itself only.\n\n");
        Table(text, ["topic", "to publish", "to hear"], WaysIn.OfBroker.Select(topic =>
            (string[])[$"`{topic.Name}`", topic.Publish is { } needed ? NameOf(needed) : "the hub alone", NameOf(TopicRights.Hear)]));
        return text.ToString();
    }

    private static string[] Row(WayIn way) => [$"`{way.Address}`", way.Verb, NameOf(way.Needs)];

    private static string NameOf<T>(T? value) => JsonNamingPolicy.KebabCaseLower.ConvertName(value?.ToString() ?? "not stated");

    private static void Table(StringBuilder text, string[] heads, IEnumerable<string[]> rows)
    {
        foreach (var row in rows.Prepend([.. heads.Select(_ => "---")]).Prepend(heads))
        {
            text.Append("| ").AppendJoin(" | ", row).Append(" |\n");
        }
    }
}

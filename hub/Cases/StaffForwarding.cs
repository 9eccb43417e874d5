using Aufruf.Contracts;
using Aufruf.Domain.Cases;
using Aufruf.Domain.Identity;

namespace Aufruf.Hub.Cases;

/// <summary>A task goes to another role, or to a person who works on cases.</summary>
internal static class StaffForwarding
{
    private const string ToRole = "role:", ToPerson = "person:";

    public static IReadOnlyList<ForwardTarget> TargetsOf(People known, string authority) =>
    [
        .. known.Roles.Where(role => role.Permissions.Contains(Permission.Cases))
            .Select(role => new ForwardTarget($"{ToRole}{role.Id}", role.Name)),
        .. known.ByName.Values.Where(person => CaseRoles.Of(known, authority, person.Name).Ids.Count > 0)
            .OrderBy(person => person.DisplayName, StringComparer.CurrentCulture)
            .Select(person => new ForwardTarget($"{ToPerson}{person.Name}",
                new() { ["de"] = person.DisplayName, ["en"] = person.DisplayName })),
    ];

    /// <summary>A person who does not do the task's role gets it with a role that the person has.</summary>
    /// <returns>Null: nobody is meant who works on cases.</returns>
    public static CaseCommand? CommandOf(CitizenCase c, CaseDeed deed, ClerkId clerk, People known, string authority)
    {
        CaseActor by = new(CaseRole.Clerk, clerk, null);
        var (to, task) = (deed.To ?? "", deed.Task ?? "");
        if (to.StartsWith(ToRole, StringComparison.Ordinal))
        {
            return known.Role(to[ToRole.Length..]) is { } role && role.Permissions.Contains(Permission.Cases)
                ? new CaseCommand.ForwardTask(task, role.Id, null, by) : null;
        }

        var name = to.StartsWith(ToPerson, StringComparison.Ordinal) ? to[ToPerson.Length..] : "";
        var roles = CaseRoles.Of(known, authority, name);
        var present = c.Tasks.GetValueOrDefault(task)?.Role;
        return roles.Ids.Count == 0 ? null
            : new CaseCommand.ForwardTask(task, roles.Do(present) ? present : roles.Ids.Order(StringComparer.Ordinal).First(),
                new ClerkId(name), by);
    }
}

namespace Aufruf.Domain.Identity;

/// <summary>The people who lose something when an own role gets other permissions.</summary>
public sealed record RoleLoss(IReadOnlyList<Permission> Lost, IReadOnlyList<Person> Losing)
{
    public static RoleLoss Of(People people, string role, IEnumerable<Permission> permissions)
    {
        Permission[] lost = people.OwnRoles.TryGetValue(role, out var before)
            ? [.. before.Permissions.Except(Sight.With(permissions)).Where(permission => permission is not Permission.OwnAccount)] : [];
        return new(lost, lost.Length == 0 ? [] : [.. people.HoldersOf(role)]);
    }

    /// <summary>True: nobody loses anything, or the one who wishes it has read how many do.</summary>
    public bool IsKnown(int? read) => Losing.Count == 0 || read == Losing.Count;
}

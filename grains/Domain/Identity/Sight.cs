using System.Collections.Frozen;

namespace Aufruf.Domain.Identity;

/// <summary>A right to change something holds the right to see it.</summary>
public static class Sight
{
    private static readonly FrozenDictionary<Permission, Permission> Of = new Dictionary<Permission, Permission>
    {
        [Permission.Appointments] = Permission.SeeAppointments,
        [Permission.Plans] = Permission.SeePlans,
        [Permission.Cases] = Permission.SeeCases,
        [Permission.Messages] = Permission.SeeMessages,
        [Permission.People] = Permission.SeePeople,
        [Permission.Configure] = Permission.SeeConfiguration,
        [Permission.Devices] = Permission.SeeDevices,
    }.ToFrozenDictionary();

    public static IEnumerable<Permission> With(IEnumerable<Permission> permissions) => permissions
        .SelectMany(permission => Of.TryGetValue(permission, out var seen) ? [permission, seen] : (Permission[])[permission]);
}

using System.Security.Cryptography;
using System.Text;
using Aufruf.Domain.Deadlines;
using Aufruf.Grains;
using Aufruf.Grains.Deadlines;

namespace Aufruf.Hub.Deadlines;

/// <summary>Destroys the keys of personal values at the end of each day of an office: a deadline that is set on the day before.</summary>
internal sealed class KeyRetention(Vault vault, TimeProvider clock) : IDeadlineHandler
{
    private const string Keys = "vault-keys";

    public string Kind => Keys;

    /// <summary>All keys whose time is over. A repeat finds none.</summary>
    public Task CarryOutAsync(Deadline deadline, RequestId request) => vault.DestroyDueAsync(clock.GetUtcNow());

    /// <summary>The same for every hub, and for every start on this day.</summary>
    public static Task SetAsync(IDeadlines deadlines, Office office, DateTimeOffset now)
    {
        var end = office.NextDay(now);
        return deadlines.SetAsync(office.Authority.Id,
            new(new Guid(SHA256.HashData(Encoding.UTF8.GetBytes($"{Keys} {office.Key} {end.UtcTicks}"))[..16])),
            new(Keys, office.Key, end));
    }
}

using System.Text.Json;
using Aufruf.Contracts;
using Aufruf.Domain.Appointments;
using Aufruf.Grains;

namespace Aufruf.Hub.Appointments;

/// <summary>The data of citizens who wish for an appointment: sealed under a subject of each wish.</summary>
internal sealed class WishCitizens(Vault vault)
{
    public async Task<string> SealAsync(WishId wish, DateTimeOffset keptUntil, CitizenData citizen) =>
        await vault.SealAsync(SubjectOf(wish), keptUntil, wish.ToString(), JsonSerializer.Serialize(citizen));

    /// <summary>Null: they are destroyed.</summary>
    public async Task<CitizenData?> OpenAsync(Wish wish) =>
        await vault.OpenAsync(SubjectOf(wish.Id), wish.Id.ToString(), wish.Citizen) is { } text
            ? JsonSerializer.Deserialize<CitizenData>(text) : null;

    private static Subject SubjectOf(WishId wish) => new("wish", wish.ToString());
}

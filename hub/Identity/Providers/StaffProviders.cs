using Aufruf.Contracts;
using Microsoft.Extensions.Options;

namespace Aufruf.Hub.Identity.Providers;

/// <summary>Knows the towns' providers for staff.</summary>
internal sealed class StaffProviders(ProviderReach reach, IOptions<HubOptions> hub) : IStaffProviders
{
    public IReadOnlyList<string> Authorities => [.. hub.Value.Providers.Keys.Order(StringComparer.Ordinal)];

    public string? IssuerOf(string authority) => hub.Value.Providers.TryGetValue(authority, out var provider) ? provider.Issuer : null;

    public Task<bool> AnswersAsync(string authority) => reach.AnswersAsync(ProviderSetup.SchemeOf(authority), authority);

    public Task<string?> SignOutAddressAsync(string authority, string back) => IssuerOf(authority) is null
        ? Task.FromResult<string?>(null) : reach.SignOutAddressAsync(ProviderSetup.SchemeOf(authority), authority, back);
}

using Aufruf.Contracts;
using Aufruf.Domain.Identity;
using Aufruf.Hub.Clustering;
using Microsoft.AspNetCore.Identity;

namespace Aufruf.Hub.Identity;

/// <summary>All that the hub needs for people.</summary>
internal static class PeopleSetup
{
    public static IServiceCollection AddPeople(this IServiceCollection services) => services
        .AddSingleton<PeopleCache>()
        .AddCopies<PeopleCache, People, PeopleEvent>(_ => People.Empty, (people, happened) => people.Apply(happened))
        .AddSingleton<PeopleWatch>().AddSingleton<PeopleGate>().AddSingleton<FirstAdministrator>()
        .AddSingleton<Passwords>().AddSingleton<SecondFactor>()
        .AddSingleton<IStaffAccounts, StaffAccounts>().AddSingleton<IStaffPeople, StaffPeople>()
        .AddPasskeys();

    private static IServiceCollection AddPasskeys(this IServiceCollection services)
    {
        services.AddIdentityCore<PasskeyOwner>().AddUserStore<PasskeyStore>();
        services.AddOptions<IdentityPasskeyOptions>().Configure<StaffAddress>((passkeys, address) =>
        {
            passkeys.ServerDomain = address.Host;
            passkeys.UserVerificationRequirement = "required"; // It stands for both factors.
            passkeys.ResidentKeyRequirement = "required"; // The sign-in asks for no name.
            passkeys.AttestationConveyancePreference = "none";
            passkeys.ValidateOrigin = from => ValueTask.FromResult(!from.CrossOrigin && address.IsOurs(from.Origin));
        });
        return services.AddSingleton<PasskeyChallenges>().AddScoped<Passkeys>()
            .AddScoped<IPasskeyHandler<PasskeyOwner>, PasskeyHandler<PasskeyOwner>>();
    }
}

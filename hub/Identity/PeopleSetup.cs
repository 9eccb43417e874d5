using Aufruf.Contracts;
using Aufruf.Domain.Identity;
using Aufruf.Hub.Clustering;

namespace Aufruf.Hub.Identity;

/// <summary>All that the hub needs for people.</summary>
internal static class PeopleSetup
{
    public static IServiceCollection AddPeople(this IServiceCollection services) => services
        .AddSingleton<PeopleCache>()
        .AddCopies<PeopleCache, People, PeopleEvent>(_ => People.Empty, (people, happened) => people.Apply(happened))
        .AddSingleton<PeopleWatch>().AddSingleton<PeopleGate>().AddSingleton<FirstAdministrator>()
        .AddSingleton<Passwords>().AddSingleton<SecondFactor>()
        .AddSingleton<IStaffAccounts, StaffAccounts>().AddSingleton<IStaffPeople, StaffPeople>();
}

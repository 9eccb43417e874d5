using Aufruf.Contracts;
using Aufruf.Grains;
using Aufruf.Hub.Appointments;
using Aufruf.Hub.Gateway;
using Aufruf.Hub.Running;

namespace Aufruf.Hub.Offices;

internal static class OfficeSetup
{
    /// <param name="isShared">Other hubs write the same journal.</param>
    public static void AddOffices(this IServiceCollection services, bool isShared)
    {
        services.AddSingleton(_ => new OfficeDirectory()).AddSingleton<IOffices>(s => s.GetRequiredService<OfficeDirectory>());
        services.AddSingleton(s => new OfficeCopies(s.GetRequiredService<OfficeDirectory>(), s.GetRequiredService<IJournal>(),
            s.GetRequiredService<UnreadableStreams>(), s.GetRequiredService<TimeProvider>(),
            s.GetRequiredService<ILogger<OfficeCopies>>()));
        services.AddSingleton<IAnnouncer<OfficeConfiguration, OfficeEvent>>(s => s.GetRequiredService<OfficeCopies>());
        services.AddSingleton(s => new OfficeChanges(s.GetRequiredService<OfficeDirectory>(), s.GetRequiredService<OfficeCopies>(),
            (stream, command) => s.GetRequiredService<IGrainFactory>().GetGrain<IOfficeGrain>(stream)
                .Handle(new RequestId(Guid.CreateVersion7()), command),
            async queue => (await s.GetRequiredService<IQueues>().ViewAsync(queue)).Queue,
            office => WrittenWeeks.ReadAsync(s.GetRequiredService<IJournal>(), office, s.GetRequiredService<TimeProvider>().GetUtcNow()),
            s.GetRequiredService<TimeProvider>()));
        services.AddSingleton(s => ActivatorUtilities.CreateInstance<OfficeFiles>(s, isShared));
        services.AddSingleton<IOfficeAdministration, OfficeAdministration>();
        services.AddHealthChecks().AddCheck<OfficeFiles>("offices");
    }
}

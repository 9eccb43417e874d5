using Aufruf.Domain.Outbox;
using Aufruf.Grains;

namespace Aufruf.Hub.Connectors.Mail;

internal static class MailSetup
{
    public static void AddMail(this IServiceCollection services, MailOptions options)
    {
        services.AddSingleton(options).AddSingleton<Outboxes>().AddSingleton<IAnnouncer<Outbox, OutboxEvent>>(
            s => s.GetRequiredService<Outboxes>());
        services.AddSingleton<SealedMail>().AddSingleton(s => new Mailer(s.GetRequiredService<SealedMail>(), options,
            s.GetRequiredService<TimeProvider>(), s.GetRequiredService<ILogger<Mailer>>()));
        services.AddSingleton<MailWorker>().AddHostedService(s => s.GetRequiredService<MailWorker>());
        services.AddHealthChecks().AddCheck<MailWorker>("mail");
    }
}

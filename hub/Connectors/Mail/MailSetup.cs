using Aufruf.Contracts;
using Aufruf.Domain.Outbox;
using Aufruf.Grains;
using Aufruf.Hub.Clustering;

namespace Aufruf.Hub.Connectors.Mail;

internal static class MailSetup
{
    public static void AddMail(this IServiceCollection services, MailOptions options)
    {
        services.AddSingleton(options).AddSingleton<Outboxes>().AddCopies<Outboxes, Outbox, OutboxEvent>(
            _ => Outbox.Empty, (outbox, happened) => outbox.Apply(happened));
        services.AddSingleton<ReturnAddresses>().AddSingleton<ReturnedMails>()
            .AddSingleton<IBarrierReports, BarrierReports>();
        services.AddSingleton<CapturedMails>().AddSingleton<SealedMail>().AddSingleton(s => new Mailer(
            s.GetRequiredService<SealedMail>(), options, s.GetRequiredService<TimeProvider>(), s.GetRequiredService<ILogger<Mailer>>(),
            s.GetRequiredService<ReturnAddresses>(), options.Capture ? s.GetRequiredService<CapturedMails>() : null));
        services.AddSingleton<MailWorker>().AddHostedService(s => s.GetRequiredService<MailWorker>());
        services.AddHealthChecks().AddCheck<MailWorker>("mail");
    }
}

using Aufruf.Contracts;
using Aufruf.Domain.Cases;
using Aufruf.Grains.Deadlines;
using Aufruf.Grains.Subscriptions;
using Aufruf.Hub.Cases.Notices;
using Aufruf.Hub.Clustering;
using Aufruf.Hub.Connectors.Payments;

namespace Aufruf.Hub.Cases.Payments;

internal static class PaymentSetup
{
    public static IServiceCollection AddPayments(this IServiceCollection services) => services
        .AddSingleton<PaymentProviders>().AddSingleton<PaymentQuestions>().AddSingleton<CaseClaims>()
        .AddSingleton<ClaimCopies>().AddCopies<ClaimCopies, Claim, ClaimEvent>(
            _ => Claim.Empty, (claim, happened) => claim.Apply(happened)).AddHostedService<ClaimReader>()
        .AddSingleton<ICasePayments, CasePayments>().AddSingleton<IStaffPayments, StaffPayments>()
        .AddSingleton<CaseCodes>().AddSingleton<CaseMails>()
        .AddSingleton<OverdueNotices>().AddSingleton<IFollower>(s => s.GetRequiredService<OverdueNotices>())
        .AddSingleton<CaseNotices>().AddSingleton<IFollower>(s => s.GetRequiredService<CaseNotices>())
        .AddSingleton<CaseClaimProcess>().AddSingleton<IFollower>(s => s.GetRequiredService<CaseClaimProcess>())
        .AddSingleton<ClaimProcess>().AddSingleton<IFollower>(s => s.GetRequiredService<ClaimProcess>())
        .AddSingleton<PaymentWatch>().AddSingleton<IFollower>(s => s.GetRequiredService<PaymentWatch>())
        .AddSingleton<IDeadlineHandler>(s => s.GetRequiredService<PaymentWatch>());
}

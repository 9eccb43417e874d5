using Aufruf.Contracts;
using Aufruf.Domain.Cases;
using Aufruf.Grains.Deadlines;
using Aufruf.Hub.Cases.Notices;
using Aufruf.Hub.Clustering;
using Aufruf.Hub.Connectors.Payments;

namespace Aufruf.Hub.Cases.Payments;

internal static class PaymentSetup
{
    public static IServiceCollection AddPayments(this IServiceCollection services) => services
        .AddSingleton<PaymentProviders>().AddSingleton<PaymentQuestions>().AddSingleton<CaseClaims>()
        .AddSingleton<ClaimCopies>().AddCopies<ClaimCopies, Claim, ClaimEvent>(
            _ => Claim.Empty, (claim, happened) => claim.Apply(happened))
        .AddReader<ClaimCopies, Claim, ClaimEvent>(Claim.StreamKind)
        .AddSingleton<ICasePayments, CasePayments>().AddSingleton<IStaffPayments, StaffPayments>()
        .AddSingleton<CaseCodes>().AddSingleton<CaseMails>()
        .AddFollower<OverdueNotices>()
        .AddFollower<CaseNotices>()
        .AddFollower<CaseClaimProcess>()
        .AddFollower<ClaimProcess>()
        .AddFollower<PaymentWatch>()
        .AddSingleton<IDeadlineHandler>(s => s.GetRequiredService<PaymentWatch>());
}

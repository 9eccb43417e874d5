using Aufruf.Contracts;
using Aufruf.Domain.Cases;
using Aufruf.Hub.Clustering;

namespace Aufruf.Hub.Dispatching;

internal static class DispatchSetup
{
    public static IServiceCollection AddDispatching(this IServiceCollection services) => services
        .AddSingleton<DispatchCopies>().AddCopies<DispatchCopies, Dispatch, DispatchEvent>(
            _ => Dispatch.Empty, (list, happened) => list.Apply(happened))
        .AddReader<DispatchCopies, Dispatch, DispatchEvent>(Dispatch.StreamKind)
        .AddSingleton<IStaffDispatch, StaffDispatch>()
        .AddFollower<DispatchProcess>();
}

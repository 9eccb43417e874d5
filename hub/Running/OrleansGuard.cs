using System.Net;
using Aufruf.Contracts;
using Aufruf.Portal.Web;
using Microsoft.AspNetCore.Connections;
using Orleans.Configuration;

namespace Aufruf.Hub.Running;

/// <summary>Guards the two ports of Orleans: hubs connect at one, a portal of its own at the other, and no other program.</summary>
/// <remarks>Orleans asks neither for a password. So only listed addresses connect, and a client asks for public pages only.</remarks>
internal static class OrleansGuard
{
    public static void GuardPorts(this ISiloBuilder silo, HubOptions hub)
    {
        silo.Configure<SiloConnectionOptions>(options =>
        {
            options.ConfigureSiloInboundConnection(port => port.Admit(hub.Hubs, nameof(hub.Hubs), hub.SiloAddress));
            options.ConfigureGatewayInboundConnection(port => port.Admit(hub.Portals, nameof(hub.Portals), hub.SiloAddress));
        });
        silo.AddIncomingGrainCallFilter<PublicPagesOnly>();
    }

    /// <param name="own">This machine's address, from which others on it come; null: they come from its loopback.</param>
    private static void Admit(this IConnectionBuilder port, string list, string setting, string? own)
    {
        var (admitted, refused) = (NetworkList.Read($"{list}, {own}"), port.ApplicationServices.GetRequiredService<LimitedLog>());
        port.Use(next => connection =>
        {
            var address = (connection.RemoteEndPoint as IPEndPoint)?.Address;
            if (address is not null && admitted.Has(address))
            {
                return next(connection);
            }

            refused.Write(log => HubLog.AddressRefused(log, address, setting));
            connection.Abort(new ConnectionAbortedException($"Hub:{setting} does not list this address."));
            return Task.CompletedTask;
        });
    }

    /// <summary>Lets a client from outside call nothing but the public pages and Orleans' own services.</summary>
    internal sealed class PublicPagesOnly : IIncomingGrainCallFilter
    {
        // The client that every hub has inside itself.
        private const string OfHub = "hosted-";

        public Task Invoke(IIncomingGrainCallContext context) =>
            context.SourceId is { } source && source.IsClient() && !source.Key.ToString()!.StartsWith(OfHub, StringComparison.Ordinal)
                && !context.TargetId.IsSystemTarget()
                && context.Grain is not (ITicketPagesGrain or IAppointmentPagesGrain or IWishPagesGrain or IInvitationPagesGrain
                    or IPlanChoicesGrain or IOfficePagesGrain or IBarrierPagesGrain or ICasePagesGrain or ICaseDocumentsGrain
                    or ICasePaymentsGrain
                    or ITownThemesGrain)
                    ? throw new UnauthorizedAccessException("A client may ask for the public pages only.")
                    : context.Invoke();
    }
}

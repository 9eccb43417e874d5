using System.Net;
using Aufruf.Contracts;
using Aufruf.Portal.Web;
using Microsoft.AspNetCore.Connections;
using Orleans.Configuration;

namespace Aufruf.Hub.Running;

/// <summary>Guards the port at which Orleans clients connect: a portal of its own, and no other program.</summary>
/// <remarks>Orleans asks its clients for no password. So only listed addresses connect, and a client asks for public pages only.</remarks>
internal static class GatewayGuard
{
    public static void GuardGateway(this ISiloBuilder silo, HubOptions hub)
    {
        var portals = NetworkList.Read(hub.Portals);
        silo.Configure<SiloConnectionOptions>(options => options.ConfigureGatewayInboundConnection(gateway => gateway.Use(next =>
            connection => connection.RemoteEndPoint is IPEndPoint { Address: var address } && portals.Has(address) ? next(connection)
                : RefuseAsync(connection))));
        silo.AddIncomingGrainCallFilter<PublicPagesOnly>();
    }

    private static Task RefuseAsync(ConnectionContext connection)
    {
        connection.Abort(new ConnectionAbortedException("Hub:Portals does not list this address."));
        return Task.CompletedTask;
    }

    /// <summary>Lets a client from outside call nothing but the public pages and Orleans' own services.</summary>
    internal sealed class PublicPagesOnly : IIncomingGrainCallFilter
    {
        // The client that every hub has inside itself.
        private const string OfHub = "hosted-";

        public Task Invoke(IIncomingGrainCallContext context) =>
            context.SourceId is { } source && source.IsClient() && !source.Key.ToString()!.StartsWith(OfHub, StringComparison.Ordinal)
                && !context.TargetId.IsSystemTarget() && context.Grain is not (ITicketPagesGrain or IAppointmentPagesGrain or IOfficePagesGrain)
                    ? throw new UnauthorizedAccessException("A client may ask for the public pages only.")
                    : context.Invoke();
    }
}

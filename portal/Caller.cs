using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;

namespace Aufruf.Portal;

/// <summary>Tells callers apart, for limits.</summary>
public static class Caller
{
    /// <summary>The caller's address; of IPv6 the network, because one caller has a whole one.</summary>
    public static IPAddress Of(HttpContext http)
    {
        if (http.Connection.RemoteIpAddress is not { } address)
        {
            return IPAddress.None;
        }

        if (address.IsIPv4MappedToIPv6)
        {
            return address.MapToIPv4();
        }

        if (address.AddressFamily is not AddressFamily.InterNetworkV6)
        {
            return address;
        }

        var bytes = address.GetAddressBytes();
        Array.Clear(bytes, 8, 8);
        return new(bytes);
    }
}

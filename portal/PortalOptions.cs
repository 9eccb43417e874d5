using System.ComponentModel.DataAnnotations;
using System.Net;
using Aufruf.Portal.Web;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Aufruf.Portal;

/// <summary>The settings of a portal of its own, as PORTAL__NAME in the environment or as --Portal:Name=value.</summary>
public sealed class PortalOptions
{
    /// <exception cref="OptionsValidationException">One sentence per wrong option.</exception>
    public static PortalOptions Read(IConfiguration configuration)
    {
        PortalOptions options;
        try
        {
            options = configuration.GetSection("Portal").Get<PortalOptions>() ?? new PortalOptions();
        }
        catch (InvalidOperationException notConverted)
        {
            throw new OptionsValidationException("Portal", typeof(PortalOptions), [notConverted.Message]);
        }

        var wrong = new List<ValidationResult>();
        Validator.TryValidateObject(options, new(options), wrong, validateAllProperties: true);
        string[] sentences =
        [
            .. wrong.Select(result => result.ErrorMessage ?? ""),
            .. NetworkList.Wrong(options.TrustedProxies).Select(name =>
                $"Portal:TrustedProxies must list addresses or networks such as 10.0.0.5, 10.1.0.0/16; '{name}' is neither."),
            .. options.GatewayNames.Where(name => Gateway(name) is null).Select(name =>
                $"Portal:Gateways must list hubs' addresses and gateway ports such as 10.0.0.5:30000, 10.0.0.6:30000; '{name}' is none."),
        ];
        return sentences.Length == 0 ? options : throw new OptionsValidationException("Portal", typeof(PortalOptions), sentences);
    }

    [Range(1, 65535, ErrorMessage = "Portal:HttpPort must be a port from 1 to 65535.")]
    public int HttpPort { get; set; } = 5290;

    /// <summary>Listen on every network interface; by default on this machine only.</summary>
    public bool AllInterfaces { get; set; }

    /// <summary>Addresses of hubs with their gateway ports, of which one is enough. Unused with ConnectionStrings:Aufruf.</summary>
    [Required(ErrorMessage = "Portal:Gateways must name at least one hub, such as 127.0.0.1:30000.")]
    public string Gateways { get; set; } = "127.0.0.1:30000";

    /// <summary>Addresses and networks of the proxies whose word about a caller's address and https is believed.</summary>
    public string TrustedProxies { get; set; } = NetworkList.Loopback;

    /// <summary>The reverse proxy sends /js, /lib, /live and /voice to the hubs, so a ticket's page can be live.</summary>
    public bool Live { get; set; }

    internal IPEndPoint[] GatewayAddresses => [.. GatewayNames.Select(Gateway).OfType<IPEndPoint>()];

    private string[] GatewayNames => Gateways.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static IPEndPoint? Gateway(string name) => IPEndPoint.TryParse(name, out var address) && address.Port > 0 ? address : null;
}

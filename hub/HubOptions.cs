using System.ComponentModel.DataAnnotations;
using System.Net;
using Aufruf.Hub.Connectors.Mail;
using Aufruf.Hub.Connectors.Payments;
using Aufruf.Hub.Identity.Accounts;
using Aufruf.Hub.Identity.Providers;
using Aufruf.Hub.Letters;
using Aufruf.Portal.Web;
using Microsoft.Extensions.Options;

namespace Aufruf.Hub;

/// <summary>The settings, under "Hub" in appsettings.json, as HUB__NAME in the environment or as --Hub:Name=value.</summary>
public sealed class HubOptions
{
    /// <summary>The options, checked before anything listens on a wrong port.</summary>
    /// <exception cref="OptionsValidationException">One sentence per wrong option.</exception>
    public static HubOptions Read(IConfiguration configuration)
    {
        HubOptions options;
        try
        {
            options = configuration.GetSection("Hub").Get<HubOptions>() ?? new HubOptions();
        }
        catch (InvalidOperationException notConverted)
        {
            throw new OptionsValidationException("Hub", typeof(HubOptions), [notConverted.Message]);
        }

        return new DataAnnotationValidateOptions<HubOptions>(null).Validate(null, options) is { Failed: true, Failures: var wrong }
            ? throw new OptionsValidationException("Hub", typeof(HubOptions), wrong)
            : Wrong(options).Concat(options.Mail.Wrong()).Concat(options.Providers.SelectMany(p => p.Value.Wrong(p.Key)))
                .Concat(options.Accounts.SelectMany(a => a.Value.Wrong(a.Key)))
                .Concat(options.Residents.SelectMany(Cases.Accounts.Residents.Wrong))
                .Concat(options.Seals.SelectMany(s => s.Value.Wrong(s.Key)))
                .Concat(options.Payments.SelectMany(p => p.Value.Wrong(p.Key))).ToList() is { Count: > 0 } sentences
                ? throw new OptionsValidationException("Hub", typeof(HubOptions), sentences)
            : options;
    }

    private static IEnumerable<string> Wrong(HubOptions options)
    {
        foreach (var (name, value) in new[] { (nameof(PublicUrl), options.PublicUrl), (nameof(StaffUrl), options.StaffUrl) })
        {
            if (value is { Length: > 0 } text && (!Uri.TryCreate(text, UriKind.Absolute, out var url)
                || url is not { Scheme: "http" or "https", AbsolutePath: "/", Query: "", Fragment: "", UserInfo: "" }))
            {
                yield return $"Hub:{name} must be the address of a whole host, such as https://aufruf.alsdorf.de; '{text}' is not. "
                    + "Aufruf has no path of its own: let the proxy give it a host name or a port.";
            }
        }

        if (options.Demo && (options.AllInterfaces || (options.PublicUrl is { Length: > 0 } reached
            && Uri.TryCreate(reached, UriKind.Absolute, out var where) && !where.IsLoopback)))
        {
            yield return "Hub:Demo gives the first administrator the rights of a clerk too, so it is for this machine alone: "
                + "without Hub:AllInterfaces and Hub:PublicUrl.";
        }

        if (options.SiloAddress is { Length: > 0 } own && (!IPAddress.TryParse(own, out var address) || address.Equals(IPAddress.Any)))
        {
            yield return $"Hub:SiloAddress must be the address of this machine for other hubs, such as 10.0.0.5; '{own}' is not.";
        }

        foreach (var (name, list) in new[] { (nameof(TrustedProxies), options.TrustedProxies), (nameof(Portals), options.Portals),
            (nameof(Hubs), options.Hubs) })
        {
            foreach (var wrong in NetworkList.Wrong(list))
            {
                yield return $"Hub:{name} must list addresses or networks such as 10.0.0.5, 10.1.0.0/16; '{wrong}' is neither.";
            }
        }
    }

    [Range(1, 65535, ErrorMessage = "Hub:HttpPort must be a port from 1 to 65535.")]
    public int HttpPort { get; set; } = 5280;

    /// <summary>Of this machine alone: then metrics and the details of health are answered there, and not at the HTTP port.</summary>
    [Range(1, 65535, ErrorMessage = "Hub:StatusPort must be a port from 1 to 65535.")]
    public int? StatusPort { get; set; }

    [Range(1, 65535, ErrorMessage = "Hub:MqttPort must be a port from 1 to 65535.")]
    public int MqttPort { get; set; } = 1883;

    [Range(1, 65535, ErrorMessage = "Hub:SiloPort must be a port from 1 to 65535.")]
    public int SiloPort { get; set; } = 11111;

    [Range(1, 65535, ErrorMessage = "Hub:GatewayPort must be a port from 1 to 65535.")]
    public int GatewayPort { get; set; } = 30000;

    /// <summary>This machine's address for other hubs; empty: all hubs run on this machine.</summary>
    public string? SiloAddress { get; set; }

    /// <summary>Listen on every network interface; by default on this machine only.</summary>
    public bool AllInterfaces { get; set; }

    [Required(ErrorMessage = "Hub:Data must name the folder for the database, for example ./data.")]
    public string Data { get; set; } = "data";

    [Required(ErrorMessage = "Hub:Offices must name the folder with one JSON file per office.")]
    public string Offices { get; set; } = "offices";

    /// <summary>The folder with one JSON file per procedure, beside its library and towns. Without it no procedure comes from files.
    /// </summary>
    public string Procedures { get; set; } = "procedures";

    /// <summary>The virus scanner for uploaded files, clamd: "host:port" or "unix:/run/clamd.ctl". Empty: none looks at them.</summary>
    [RegularExpression(@"^(unix:/.+|[^\s:]+:[0-9]{1,5})$", ErrorMessage = "Hub:Clamd must be host:port or unix:/path of clamd's socket.")]
    public string? Clamd { get; set; }

    /// <summary>The hub's address for citizens, for the QR code on slips. Empty: this machine's own HTTP port.</summary>
    [Url(ErrorMessage = "Hub:PublicUrl must be a full address such as https://aufruf.alsdorf.de.")]
    public string? PublicUrl { get; set; }

    /// <summary>The hub's address for staff with passkeys, where it differs from the one for citizens.</summary>
    [Url(ErrorMessage = "Hub:StaffUrl must be a full address such as https://aufruf.alsdorf.de.")]
    public string? StaffUrl { get; set; }

    /// <summary>Addresses and networks of the proxies whose word about a caller's address and https is believed.</summary>
    public string TrustedProxies { get; set; } = NetworkList.Loopback;

    /// <summary>Addresses and networks from which other hubs may connect to the silo port.</summary>
    public string Hubs { get; set; } = NetworkList.Loopback;

    /// <summary>Addresses and networks from which a portal of its own may connect to the gateway port.</summary>
    public string Portals { get; set; } = NetworkList.Loopback;

    /// <summary>Folder for the passwords of devices on this machine: FOLDER/DEVICE/password is written when it is missing.</summary>
    /// <remarks>A second office with a device of the same name: FOLDER/OFFICE/DEVICE/password.</remarks>
    public string? PairInto { get; set; }

    public MailOptions Mail { get; set; } = new();

    /// <summary>The providers of staff's sign-ins, by authority.</summary>
    public Dictionary<string, ProviderOptions> Providers { get; set; } = [];

    /// <summary>The services with which citizens sign in, by authority.</summary>
    public Dictionary<string, AccountOptions> Accounts { get; set; } = [];

    /// <summary>The files that stand for the registers of residents, by authority. For demos and tests.</summary>
    public Dictionary<string, string> Residents { get; set; } = [];

    /// <summary>The seals of documents, by authority.</summary>
    public Dictionary<string, SealOptions> Seals { get; set; } = [];

    /// <summary>The payment providers, by authority.</summary>
    public Dictionary<string, PaymentOptions> Payments { get; set; } = [];

    /// <summary>To try it out on this machine: the first administrator works at the desks too.</summary>
    public bool Demo { get; set; }

    /// <summary>An older press is recorded and not carried out.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00", ErrorMessage = "Hub:StalePress must be between 1 second and 5 minutes.")]
    public TimeSpan StalePress { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>So long a case stays in memory without a call; then it is read again.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00", ErrorMessage = "Hub:CaseIdle must be between 1 second and 1 day.")]
    public TimeSpan CaseIdle { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Messages per second and device. A burst of twice as many is accepted, and more are refused.</summary>
    [Range(1, 1_000_000, ErrorMessage = "Hub:MqttMessagesPerSecond must be at least 1.")]
    public int MqttMessagesPerSecond { get; set; } = 50;

    /// <summary>Tickets per minute that one kiosk may give.</summary>
    [Range(1, 10_000, ErrorMessage = "Hub:KioskTicketsPerMinute must be between 1 and 10,000.")]
    public int KioskTicketsPerMinute { get; set; } = 120;

    /// <summary>Requests per minute of one credential; ten times as many of one address.</summary>
    [Range(10, 1_000_000, ErrorMessage = "Hub:RequestsPerMinute must be between 10 and 1,000,000.")]
    public int RequestsPerMinute { get; set; } = 6000;
}

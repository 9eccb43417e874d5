using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Aufruf.Hub;

/// <summary>What an operator may set, under "Hub" in appsettings.json, as HUB__NAME in the environment or as --Hub:Name=value.</summary>
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
            : options;
    }

    [Range(1, 65535, ErrorMessage = "Hub:HttpPort must be a port from 1 to 65535.")]
    public int HttpPort { get; set; } = 5280;

    [Range(1, 65535, ErrorMessage = "Hub:MqttPort must be a port from 1 to 65535.")]
    public int MqttPort { get; set; } = 1883;

    [Range(1, 65535, ErrorMessage = "Hub:SiloPort must be a port from 1 to 65535.")]
    public int SiloPort { get; set; } = 11111;

    [Range(1, 65535, ErrorMessage = "Hub:GatewayPort must be a port from 1 to 65535.")]
    public int GatewayPort { get; set; } = 30000;

    /// <summary>Listen on every network interface; by default on this machine only.</summary>
    public bool AllInterfaces { get; set; }

    [Required(ErrorMessage = "Hub:Data must name the folder for the database, for example ./data.")]
    public string Data { get; set; } = "data";

    [Required(ErrorMessage = "Hub:Offices must name the folder with one JSON file per office.")]
    public string Offices { get; set; } = "offices";

    /// <summary>Address under which citizens reach the hub, for the QR code on slips. Empty: the address of this machine's own HTTP port.</summary>
    [Url(ErrorMessage = "Hub:PublicUrl must be a full address such as https://aufruf.alsdorf.de.")]
    public string? PublicUrl { get; set; }

    /// <summary>Folder into which devices that have no password yet get one written, as FOLDER/DEVICE/password. For devices on this machine.</summary>
    public string? PairInto { get; set; }

    /// <summary>A press older than this is recorded and not executed.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00", ErrorMessage = "Hub:StalePress must be between 1 second and 5 minutes.")]
    public TimeSpan StalePress { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>A device never needs a larger message; a larger one ends its connection.</summary>
    [Range(1024, 1_048_576, ErrorMessage = "Hub:MqttMaxPacketBytes must be between 1 KiB and 1 MiB.")]
    public int MqttMaxPacketBytes { get; set; } = 16 * 1024;

    /// <summary>Messages per second and device; a burst of twice as many is taken, more are refused.</summary>
    [Range(1, 1_000_000, ErrorMessage = "Hub:MqttMessagesPerSecond must be at least 1.")]
    public int MqttMessagesPerSecond { get; set; } = 50;

    /// <summary>Tickets per minute one kiosk may give without a token.</summary>
    [Range(1, 10_000, ErrorMessage = "Hub:KioskTicketsPerMinute must be between 1 and 10,000.")]
    public int KioskTicketsPerMinute { get; set; } = 60;
}

using Aufruf.Edge.Protocol;
using Aufruf.Hub.Gateway;
using Aufruf.Hub.Offices;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aufruf.Hub.Running;

/// <summary>Degraded while a configured device cannot be reached, or a printer cannot print.</summary>
internal sealed class DeviceHealth(Fleet fleet, Twins twins, OfficeDirectory offices, TimeProvider clock) : IHealthCheck
{
    /// <summary>After a restart of the hub, devices need a moment to connect again.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(1);

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        HealthAnswers.Of(from office in offices.All
                         from device in office.Devices
                         from trouble in TroublesOf($"{office.Key}/{device.Id}", fleet.Of(office.Key, device.Id))
                         select trouble);

    private IEnumerable<Trouble> TroublesOf(string name, DeviceCondition device)
    {
        if (twins.IsTwice(name))
        {
            yield return new($"Two devices have the name {name}. Give one of them a name and a password of its own.", device.Since);
        }

        if (device.Presence is null)
        {
            if (clock.GetUtcNow() - fleet.Since > Grace)
            {
                yield return new($"Device {name} has not connected since the hub started. Check its power, network and password.",
                    fleet.Since);
            }
        }
        else if (device.Presence is not DevicePresence.Ready)
        {
            yield return new(device.Presence is DevicePresence.Stopped ? $"Device {name} was stopped. Start its service again."
                : $"Device {name} cannot be reached. Check its power and network.", device.Since);
        }
        else if (device.CannotPrint)
        {
            yield return new($"Printer {name} does not print: {Fleet.Word(device.Printer)}.", device.PrinterSince);
        }
    }
}

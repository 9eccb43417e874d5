using System.Globalization;
using Aufruf.Domain;
using Aufruf.Domain.Identity;
using Aufruf.Domain.Offices;
using Aufruf.Hub.Api;
using Aufruf.Hub.Identity;
using Aufruf.Simulation.Devices;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Aufruf.Simulation.People;

/// <summary>Citizens come, press a button of a printer or take a ticket at the kiosk's screen.</summary>
internal static class Citizens
{
    public static async Task ComeAsync(World world)
    {
        var printers = world.Devices.Where(d => d.IsPrinter).ToList();
        var services = world.Office.Areas.SelectMany(a => a.Services).Select(s => s.Id.Value).ToList();
        var slowest = world.Chance.Between(8, 40); // Full days and empty days.
        while (true)
        {
            await world.Scheduler.PauseAsync(world.Pause(0.2, slowest));
            if (world.IsClosed)
            {
                return;
            }

            if (world.Chance.Hits(0.25))
            {
                world.Scheduler.Start("A citizen at the kiosk", () => TakeAsync(world, world.Chance.Of(services)));
            }
            else if (!world.IsNearMidnight)
            {
                world.Scheduler.Start("A citizen at a printer", () =>
                    PressAsync(world, world.Chance.Of(printers), world.Chance.Between(1, Math.Min(8, services.Count))));
            }
        }
    }

    private static async Task PressAsync(World world, SimulatedDevice printer, int button)
    {
        var name = button.ToString(CultureInfo.InvariantCulture);
        printer.Press(name);
        if (world.Happens(Fault.ImpatientPress, 0.05))
        {
            await world.Scheduler.PauseAsync(world.Pause(0.1, 2));
            printer.Press(name, "en");
        }
    }

    private static async Task TakeAsync(World world, string service)
    {
        var id = world.Witness.Requested("kiosk");
        var (area, _) = world.Office.Service(new ServiceId(service))!.Value;
        var request = new TakeTicketRequest(id, service, "de") { Queue = world.Office.QueueOf(area, world.Clock.GetUtcNow()) };
        var kiosk = new Grant(Principal.Of(CredentialKind.Kiosk, world.Office.Key, "kiosk"), Permission.TakeTicket);
        var taken = await Browser.AskAsync(world, async hub => await KioskEndpoints.TakeAsync($"{world.Office.Key}.foyer", request,
            world.Offices, hub.TicketIssuer, world.Clock, kiosk) is { Result: Created<TakenTicket> created } ? created.Value : null);
        world.Witness.Answered(id, taken is not null, mayChangeNothing: false);
        world.Promise(taken is null || taken.Number == world.Truth.Ticket(id)?.Number, () =>
            $"The kiosk showed {taken!.Number}, the journal has another number for it.");
    }
}

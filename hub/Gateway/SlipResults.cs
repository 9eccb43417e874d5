using System.Collections.Concurrent;
using Aufruf.Contracts;
using Aufruf.Edge.Protocol;

namespace Aufruf.Hub.Gateway;

/// <summary>Takes the results of print commands. A slip that did not surely come out is printed once more, or the desks read its
/// number.</summary>
public sealed class SlipResults(IQueues queues, SlipPrinter printer, Fleet fleet, DeskTroubles troubles, TimeProvider clock)
{
    // Later the citizen has left the printer, and somebody else would take the slip.
    private static readonly TimeSpan Worthwhile = TimeSpan.FromMinutes(2);

    private readonly ConcurrentDictionary<TicketId, Missing> _missing = new();

    /// <summary>A ticket whose second slip waits for its printer.</summary>
    private sealed record Missing(Office Office, string Device, QueueKey Queue, DateTimeOffset TakenAt, bool MayBeOut);

    public async Task HandleAsync(Office office, string device, CommandResult result)
    {
        if (await FindAsync(office, result.Id) is not var (key, version, ticket))
        {
            return;
        }

        var slip = SlipOf(office, key, ticket);
        var isFirst = ticket.Id.Value == result.Id;
        if (result.Outcome is CommandOutcome.Done)
        {
            _missing.TryRemove(ticket.Id, out _);
            troubles.Solve(office.Key, DeskTroubles.NoSlip, slip);
            if (result.Reason is SlipLacks.Letters or SlipLacks.Code)
            {
                troubles.Add(office.Key, result.Reason, new(device)); // A line for the printer: its next slips lack the same.
            }
        }
        else if (isFirst && IsWorthwhile(ticket) && MayTryAgain(result))
        {
            var mayBeOut = result.Outcome is CommandOutcome.Uncertain;
            if (fleet.IsReady(office.Key, device) && result.Reason is not "link-lost")
            {
                await PrintAgainAsync(office, device, key, version, ticket.Id, mayBeOut);
            }
            else
            {
                Forget(_missing.Where(m => clock.GetUtcNow() - m.Value.TakenAt > Worthwhile).Select(m => m.Key));
                _missing[ticket.Id] = new(office, device, key, ticket.TakenAt, mayBeOut);
                troubles.Add(office.Key, DeskTroubles.NoSlip, slip);
            }
        }
        else
        {
            troubles.Add(office.Key, DeskTroubles.NoSlip, slip);
        }
    }

    /// <summary>The printer can print again: the slips that waited for it are printed if they are still of use.</summary>
    public async Task PrinterIsReadyAsync(string office, string device)
    {
        foreach (var (id, missing) in _missing.Where(m => (m.Value.Office.Key, m.Value.Device) == (office, device)).ToList())
        {
            if (!_missing.TryRemove(id, out _))
            {
                continue;
            }

            if (await ViewAsync(missing.Queue) is { } now && now.Queue.Tickets.TryGetValue(id, out var ticket) && IsWorthwhile(ticket))
            {
                await PrintAgainAsync(missing.Office, device, missing.Queue, now.Version, id, missing.MayBeOut);
            }
        }
    }

    // A device whose disk was full tries the same command again by itself.
    private static bool MayTryAgain(CommandResult result) =>
        result.Outcome is CommandOutcome.Uncertain or CommandOutcome.Failed && result.Reason is not "disk";

    // A slip that never began is no copy, although its command has a new id.
    private Task PrintAgainAsync(Office office, string device, QueueKey key, long version, TicketId id, bool mayBeOut) =>
        printer.PrintAsync(office, device, key, version, id, copy: mayBeOut, again: true);

    private static TroubleSubject SlipOf(Office office, QueueKey key, Ticket ticket) =>
        new(ticket.Number.ToString(), ticket.Id, $"{office.Key}.{key.Area}", office.EndOf(key.Day));

    private bool IsWorthwhile(Ticket ticket) =>
        ticket.State is TicketState.Waiting && clock.GetUtcNow() - ticket.TakenAt < Worthwhile;

    private void Forget(IEnumerable<TicketId> old) => old.ToList().ForEach(id => _missing.TryRemove(id, out _));

    /// <summary>The ticket of a command: its first slip bears the ticket's id, each further one an id that begins as it.</summary>
    private async Task<(QueueKey Queue, long Version, Ticket Ticket)?> FindAsync(Office office, Guid command)
    {
        foreach (var area in office.Areas)
        {
            var key = office.QueueOf(area, clock.GetUtcNow());
            if (await ViewAsync(key) is { } now && (now.Queue.Tickets.TryGetValue(new TicketId(command), out var ticket)
                || (ticket = now.Queue.Tickets.Values.FirstOrDefault(t => SlipPrinter.IsAbout(t.Id, command))) is not null))
            {
                return (key, now.Version, ticket);
            }
        }

        return null;
    }

    /// <summary>Null: the area is stopped, as the hub's health says. The printer goes on for the others.</summary>
    private async Task<QueueView?> ViewAsync(QueueKey key)
    {
        try
        {
            return await queues.ViewAsync(key);
        }
        catch (UnreadableStreamException)
        {
            return null;
        }
    }
}

using Aufruf.Hub.Push;

namespace Aufruf.Hub.Gateway;

/// <summary>The troubles of an office's devices, for its desks. Each stays until a clerk has seen it or its
/// ticket's day is over.</summary>
/// <remarks>A restart of the hub forgets them: a device reports its condition again, and a slip is missed by its citizen.</remarks>
public sealed class DeskTroubles(TimeProvider clock)
{
    /// <summary>No slip came out for the ticket that <see cref="DeskTrouble.About"/> names.</summary>
    public const string NoSlip = "no-slip";

    // A desk shows ten lines; beyond this the oldest is forgotten.
    private const int Kept = 50;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, List<Known>> _troubles = [];

    /// <param name="Ticket">Two areas may give the same number, so the ticket counts. Null: a device.</param>
    /// <param name="Day">The ticket's day, with which the trouble ends.</param>
    private sealed record Known(DeskTrouble Shown, TicketId? Ticket = null, DateOnly? Day = null);

    public IReadOnlyList<DeskTrouble> Of(Office office)
    {
        lock (_gate)
        {
            var today = office.Day(clock.GetUtcNow());
            return [.. (_troubles.GetValueOrDefault(office.Key) ?? []).Where(known => (known.Day ?? today) == today)
                .Select(known => known.Shown)];
        }
    }

    public void Add(string office, string kind, string device) =>
        Add(office, new(new(Guid.NewGuid(), clock.GetUtcNow(), kind, device)), known => known.Shown.Kind == kind
            && known.Shown.About == device);

    public void AddNoSlip(QueueKey queue, Ticket ticket) => Add(queue.OfficeKey,
        new(new(Guid.NewGuid(), clock.GetUtcNow(), NoSlip, ticket.Number.ToString()), ticket.Id, queue.Day),
        known => known.Ticket == ticket.Id);

    private void Add(string office, Known trouble, Predicate<Known> isSame)
    {
        lock (_gate)
        {
            var known = _troubles.TryGetValue(office, out var list) ? list : _troubles[office] = [];
            if (known.Exists(isSame))
            {
                return; // Its first time counts.
            }

            known.Add(trouble);
            known.RemoveRange(0, Math.Max(0, known.Count - Kept));
        }
    }

    /// <summary>The slip came out after all, and no clerk need know.</summary>
    public void SlipIsOut(string office, TicketId ticket) => Remove(office, known => known.Ticket == ticket);

    public void Seen(string office, Guid trouble) => Remove(office, known => known.Shown.Id == trouble);

    private void Remove(string office, Predicate<Known> which)
    {
        lock (_gate)
        {
            _troubles.GetValueOrDefault(office)?.RemoveAll(which);
        }
    }
}

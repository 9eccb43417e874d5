using System.Data.Common;
using Aufruf.Contracts;
using Aufruf.Grains.Journal;

namespace Aufruf.Simulation.Hub;

/// <summary>Orleans' reminders, in the database. One may come late, twice, or at two hubs at once.</summary>
internal sealed class SimulatedReminders(World world)
{
    private sealed class Reminder : IGrainReminder
    {
        public string ReminderName => "due";
    }

    private readonly Dictionary<string, Reminder> _table = [];

    public static bool IsExpected(Exception error) =>
        error is JournalUnavailableException or VersionConflictException or DbException;

    public IGrainReminder? Find(string stream) => _table.GetValueOrDefault(stream);

    public void Set(string stream, TimeSpan after, TimeSpan period)
    {
        var set = _table[stream] = new();
        world.Scheduler.Start("A reminder", async () =>
        {
            for (var pause = after; ; pause = period)
            {
                var late = world.Happens(Fault.ReminderLate, 0.1) ? world.Pause(1, 50) : TimeSpan.Zero;
                await world.Scheduler.PauseAsync(pause + late);
                if (_table.GetValueOrDefault(stream) != set)
                {
                    return;
                }

                Come(stream);
            }
        });
    }

    public void Remove(string stream, IGrainReminder reminder)
    {
        if (_table.GetValueOrDefault(stream) == reminder)
        {
            _table.Remove(stream);
        }
    }

    /// <summary>A hub that was given up does not know it, and its reminders come too.</summary>
    private void Come(string stream)
    {
        var hubs = world.Cluster.Up.ToArray();
        if (hubs.Length == 0)
        {
            return;
        }

        var one = world.Chance.Of(hubs);
        foreach (var hub in hubs.Where(hub => hub == one || hub.IsDeclaredDead || world.Happens(Fault.ReminderTwice, 0.1)).ToArray())
        {
            world.Scheduler.Start("A reminder at a hub", async () =>
            {
                await hub.Alive;
                try
                {
                    await new ClusterWheel(world.Cluster, hub, stream).Turn();
                }
                catch (Exception error) when (IsExpected(error))
                {
                    world.Log($"{hub.Machine.Name}: {stream} was not turned: {error.Message}");
                }
            });
        }
    }
}

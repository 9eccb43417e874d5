using Aufruf.Edge;
using Aufruf.Edge.Protocol;

namespace Aufruf.Simulation.Devices;

/// <summary>A device's disk. The power may be cut right before or right after any write.</summary>
internal sealed class PowerCutStore(World world, SimulatedDevice device) : IOutboxStore
{
    private readonly MemoryOutboxStore _disk = new();

    /// <summary>The next write is the last thing this run does.</summary>
    public bool IsArmed { get; set; }

    public bool IsFull { get => _disk.IsFull; set => _disk.IsFull = value; }

    public OutboxContents Read() => _disk.Read();

    public void Add(DeviceEvent happened) => Write(() =>
    {
        _disk.Add(happened);
        world.Witness.Happened(device, happened);
    });

    public void Forget(long seq) => Write(() => _disk.Forget(seq));


    public void Put(CommandRecord command) => Write(() => _disk.Put(command));

    public void Put(Face face) => Write(() => _disk.Put(face));

    private void Write(Action write)
    {
        if (!IsArmed)
        {
            write();
            return;
        }

        IsArmed = false;
        world.Tally.Add(Fault.PowerCutInWrite);
        if (world.Chance.Hits(0.5))
        {
            write();
        }

        throw new PowerCutException();
    }
}

/// <summary>Nothing after this line of the device's program is carried out.</summary>
internal sealed class PowerCutException() : Exception("The power was cut.");

using Aufruf.Hub.Running;

namespace Aufruf.Tests.Running;

/// <summary>The data of a hub whose clock has run steadily for a day, so that it is believed.</summary>
internal static class SteadyClock
{
    public static string DataIn(TempFolder folder, string name = "data")
    {
        var data = Directory.CreateDirectory(folder.File(name)).FullName;
        var machine = new MachineTime(Path.Combine(data, "clock.json"));
        machine.Mark = new(machine.Boot, machine.Uptime, TimeProvider.System.GetUtcNow(), machine.Uptime - TimeSpan.FromDays(1), null);
        return data;
    }
}

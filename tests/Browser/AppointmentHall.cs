using Aufruf.Tests.Running;

namespace Aufruf.Tests.Browser;

/// <summary>The demo office at nine, with appointments all day.</summary>
public sealed class AppointmentHall : Hall
{
    internal AppointmentDay Day => new(Hub);

    protected override async Task<string?> OfficeAsync() => await AppointmentDay.OfficeAsync();

    private protected override async Task<TestHub> StartAsync(string? office) => await TestHub.StartAtNineAsync(office);
}

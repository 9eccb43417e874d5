using Aufruf.Tests.Running;

namespace Aufruf.Tests.Browser;

/// <summary>The demo office with appointments at any hour.</summary>
public sealed class AppointmentHall : Hall
{
    internal AppointmentDay Day => new(Hub);

    protected override async Task<string?> OfficeAsync() => await AppointmentDay.OfficeAsync();
}

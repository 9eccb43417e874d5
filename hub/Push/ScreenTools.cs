using Aufruf.Contracts;
using Aufruf.Grains;
using Aufruf.Hub.Forecasting;
using Aufruf.Hub.Gateway;
using Aufruf.Hub.Offices;

namespace Aufruf.Hub.Push;

/// <summary>The services that screens draw from.</summary>
/// <param name="Cases">Null: tickets are shown without cases.</param>
/// <param name="Access">The log of access; null: there is none, and no remark is shown to anybody.</param>
public sealed record ScreenTools(LiveAreas Areas, OfficeDirectory Offices, Fleet Fleet, DeskTroubles Troubles, Vault Vault,
    IForecasts Forecasts, IAppointmentsToday Appointments, TimeProvider Clock, LimitedLog Log, IAccessBook? Access = null,
    IDeskCases? Cases = null)
{
    /// <summary>Changes with every build. A board with another value reloads its page.</summary>
    public static string Build { get; } = typeof(ScreenTools).Module.ModuleVersionId.ToString("N")[..12];
}

/// <summary>The appointments of today as screens may know them: without any name.</summary>
public interface IAppointmentsToday
{
    /// <returns>Null: the office gives no appointments.</returns>
    DeskAppointments? In(Office office);
}

/// <summary>No office gives appointments.</summary>
public sealed class NoAppointments : IAppointmentsToday
{
    public DeskAppointments? In(Office office) => null;
}

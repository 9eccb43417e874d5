using System.Net;
using System.Net.Http.Json;
using Aufruf.Contracts;
using Aufruf.Domain.Appointments;
using Aufruf.Tests.Running;
using Microsoft.Extensions.DependencyInjection;

namespace Aufruf.Tests.Flows;

public class HoldLimitTests
{
    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_stranger_in_a_loop_cannot_hold_all_slots_and_staff_go_on()
    {
        await using var hub = await TestHub.StartAtNineAsync();
        BookableOffices.AddTo(hub);
        var appointments = hub.Services.GetRequiredService<IAppointments>();
        var free = (await appointments.FindAsync(new("alsdorf", [new(new("ausweis"))], TestHub.Office, Most: 60))).Offices.Single();
        var held = 0;
        foreach (var start in free.Starts)
        {
            using var answer = await hub.Anybody.PostAsJsonAsync("/api/v1/authorities/alsdorf/appointments", new
            {
                requestId = Guid.CreateVersion7(),
                office = TestHub.Office,
                calendar = free.Offer.Calendar,
                services = new[] { new { service = "ausweis", persons = 1 } },
                from = start,
                kind = "at-counter",
                language = "de",
            }, Now);
            if (answer.StatusCode is HttpStatusCode.OK)
            {
                held++;
                continue;
            }

            Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
            Assert.Contains("too-many-holds", await answer.Content.ReadAsStringAsync(Now), StringComparison.Ordinal);
            break;
        }

        Assert.InRange(held, 1, free.Starts.Count - 1);
        Assert.NotEmpty((await appointments.FindAsync(new("alsdorf", [new(new("ausweis"))], TestHub.Office))).Offices.Single().Starts);
        Assert.Null(await appointments.ViewAsync(
            CalendarWeekKey.TryParse("alsdorf.rathaus.buergerservice.9996-12-30", out var far) ? far.Value : default, "0123456789ab"));
    }
}

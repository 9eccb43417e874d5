using System.Text.Json.Nodes;
using Aufruf.Contracts;
using Aufruf.Domain.Appointments;
using Aufruf.Hub.Running;
using Aufruf.Tests.Running;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Aufruf.Tests.Flows;

/// <summary>An invitation whose appointment is moved twice at once.</summary>
public sealed partial class InvitationFlowTests
{
    [Fact]
    public async Task A_citizen_who_moved_it_has_answered_although_staff_moved_it_on_at_once()
    {
        await using var hub = await TestHub.StartAtNineAsync(null, Settings);
        var invitation = await InviteAsync(hub, "moved twice", days: (1, 12));
        var view = JsonNode.Parse(await hub.Anybody.GetStringAsync($"/api/v1/invitations/alsdorf/{await LinkAsync(invitation)}", Stop))!;
        Assert.True(CalendarWeekKey.TryParse((string)invitation["week"]!, out var week));
        await hub.Services.GetServices<IHostedService>().OfType<Processes>().Single().StopAsync(Stop); // All that follows comes late.

        var appointments = hub.Services.GetRequiredService<IAppointments>();
        Wanted[] services = [new(new("ausweis"))];
        var day = DateOnly.FromDateTime(hub.Clock.GetUtcNow().UtcDateTime);
        var free = (await appointments.FindAsync(new("alsdorf", services, TestHub.Office, day.AddDays(1), 40))).Offices.First(
            o => o.Starts.Count > 0);
        var first = free.Starts.First(start => start > invitation["from"]!.GetValue<DateTimeOffset>().AddHours(1));
        var moved = await appointments.RebookAsync(week.Value, (string)view["booked"]!["code"]!, new(TestHub.Office, free.Offer.Calendar,
            services, first, AppointmentKind.AtCounter, "de"), BookingCitizen.NewRequest());
        Assert.Null(moved.Refusal);

        var grain = hub.Services.GetRequiredService<IGrainFactory>().GetGrain<ICalendarWeekGrain>(moved.View!.Week.Stream);
        var present = Assert.IsType<Appointment>(await grain.FindById(moved.View.Id));
        var then = present with
        {
            Id = new(Guid.CreateVersion7()),
            From = free.Starts.First(start => start > first && start.AddMinutes(-30) > first),
            Channel = Channel.Staff,
            Replaces = new(moved.View.Week, present.Id),
            Sequence = present.Sequence + 1,
        };
        Assert.Null((await grain.Handle(BookingCitizen.NewRequest(), new CalendarCommand.Book(then, then.From))).Refusal);
        Assert.Null((await grain.Handle(BookingCitizen.NewRequest(), new CalendarCommand.MoveAway(
            present.Id, new(moved.View.Week, then.Id), then.From))).Refusal);

        await hub.StopAsync();
        await hub.StartAgainAsync();
        await hub.UntilAsync(async () => JsonNode.Parse(await hub.Clerk.GetStringAsync($"{List}/{invitation["id"]}", Stop))!["from"]!
            .GetValue<DateTimeOffset>() == then.From, "The invitation follows its appointment");
        Assert.Equal("moved", await StateAsync(hub, invitation));
    }
}

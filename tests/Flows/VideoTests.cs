using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Aufruf.Contracts;
using Aufruf.Domain.Appointments;
using Aufruf.Portal.Citizens.Mine;
using Aufruf.Portal.Texts;
using Aufruf.Tests.Running;
using Microsoft.Extensions.DependencyInjection;

namespace Aufruf.Tests.Flows;

/// <summary>An appointment by video, from the booking at the desk to the citizen who says "I am here".</summary>
[Trait("Needs", "process")]
public class VideoTests
{
    private const string Rooms = "https://video.alsdorf.example/";

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_video_appointment_has_its_own_room_and_its_citizen_checks_in_on_the_page_ten_minutes_before()
    {
        await using var hub = await TestHub.StartAtNineAsync();
        var slots = JsonNode.Parse(await hub.Clerk.GetStringAsync(
            $"/api/v1/offices/{TestHub.Office}/slots?service=bescheinigung&kind=video", Now))!;
        var start = slots["offices"]![0]!["starts"]!.AsArray().Select(at => at!.GetValue<DateTimeOffset>())
            .First(at => at > hub.Clock.GetUtcNow().AddMinutes(30));
        Assert.Empty(JsonNode.Parse(await hub.Clerk.GetStringAsync(
            $"/api/v1/offices/{TestHub.Office}/slots?service=ausweis&kind=video", Now))!["offices"]!.AsArray());
        using (var wrong = await hub.Clerk.GetAsync($"/api/v1/offices/{TestHub.Office}/slots?service=ausweis&kind=letter", Now))
        {
            Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
        }

        using var answer = await hub.Clerk.PostAsJsonAsync(AppointmentDay.List, new
        {
            requestId = Guid.CreateVersion7(),
            calendar = $"{TestHub.Office}.buergerservice",
            services = new[] { new { service = "bescheinigung", persons = 1 } },
            from = start,
            kind = "video",
            language = "de",
            name = "Anna",
        }, Now);
        var booked = JsonNode.Parse(await answer.Content.ReadAsStringAsync(Now))!;
        var room = (string)booked["video"]!;
        Assert.Matches($"^{Rooms}[0-9a-z]{{12}}$", room);
        Assert.DoesNotContain((string)booked["code"]!, room, StringComparison.Ordinal);

        var appointments = hub.Services.GetRequiredService<IAppointments>();
        Assert.True(CalendarWeekKey.TryParse((string)booked["week"]!, out var week));
        var view = (await appointments.ViewAsync(week.Value, (string)booked["code"]!))!;
        Assert.Equal((room, start.AddMinutes(-10)), (view.Video, view.CheckInFrom));
        var file = CalendarFile.Of(view, PortalTexts.For(["de"]), null).Replace("\r\n ", "", StringComparison.Ordinal);
        Assert.Contains($"LOCATION:{room}", file, StringComparison.Ordinal);

        using var citizen = new CitizenBrowser(hub.Address);
        await citizen.GoAsync($"/a/{booked["week"]}/{booked["code"]}");
        Assert.Contains($"href=\"{room}\"", citizen.Page, StringComparison.Ordinal);
        Assert.Contains("id=\"check-in-later\"", citizen.Page, StringComparison.Ordinal);
        Assert.DoesNotContain("value=\"check-in\"", citizen.Page, StringComparison.Ordinal);

        hub.Clock.Skipped += start.AddMinutes(-9) - hub.Clock.GetUtcNow();
        await citizen.GoAsync($"/a/{booked["week"]}/{booked["code"]}");
        await citizen.SubmitAsync(("do", "check-in"));
        Assert.Contains("data-state=\"checkedin\"", citizen.Page, StringComparison.Ordinal);
        Assert.Contains($"href=\"{room}\"", citizen.Page, StringComparison.Ordinal);
        var seen = await new AppointmentDay(hub).InListAsync(booked);
        Assert.Equal(("checked-in", room), ((string)seen!["state"]!, (string)seen["video"]!));
        Assert.NotNull(seen["number"]);
    }
}

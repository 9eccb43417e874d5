using System.Net;
using Aufruf.Contracts;
using Aufruf.Domain;
using Aufruf.Domain.Appointments;
using Aufruf.Domain.Queues;
using Aufruf.Hub.Forecasting;
using Aufruf.Tests.Running;
using Microsoft.Extensions.DependencyInjection;

namespace Aufruf.Tests.Flows;

/// <summary>The day of the appointment, on a real hub: at the kiosk, at the desk, and on the ticket's page.</summary>
public sealed class CheckInTests(AppointmentHub office) : IClassFixture<AppointmentHub>
{
    private readonly AppointmentDay _day = office.Day;

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_booked_citizen_checks_in_once_and_gets_one_ticket_with_the_letter_of_appointments()
    {
        var booked = await _day.BookAsync("Erika Mustermann");
        var code = (string)booked["code"]!;
        var (status, ticket) = await _day.CheckInAsync(code);
        Assert.Equal(HttpStatusCode.Created, status);
        Assert.StartsWith("N", (string)ticket["number"]!, StringComparison.Ordinal);
        Assert.Equal(booked["from"]!.GetValue<DateTimeOffset>(), ticket["booked"]!.GetValue<DateTimeOffset>());

        // Again, in capitals and groups, and as the address in the mail's QR code.
        foreach (var again in (string[])[$"{code[..4]} {code[4..8]}-{code[8..]}".ToUpperInvariant(),
            $"https://aufruf.example/a/{booked["week"]}/{code}/", $"https://aufruf.example/a/{booked["week"]}/{code}?lang=en"])
        {
            Assert.Equal((string)ticket["statusPath"]!, (string)(await _day.CheckInAsync(again)).Body["statusPath"]!);
        }

        var row = (await _day.InListAsync(booked))!;
        Assert.Equal(("checked-in", (string)ticket["number"]!, "Erika Mustermann"),
            ((string)row["state"]!, (string)row["number"]!, (string)row["name"]!));
    }

    [Fact]
    public async Task A_press_without_an_answer_is_repeated_and_finds_its_ticket()
    {
        var (code, request) = ((string)(await _day.BookAsync("Ohne Antwort"))["code"]!, Guid.CreateVersion7());
        var first = (await _day.CheckInAsync(code, request)).Body;
        Assert.Equal((string)first["number"]!, (string)(await _day.CheckInAsync(code, request)).Body["number"]!);
    }

    [Fact]
    public async Task A_check_in_is_taken_back_and_the_citizen_checks_in_again()
    {
        var booked = await _day.BookAsync("Zu Früh");
        var code = (string)booked["code"]!;
        var first = (string)(await _day.CheckInAsync(code)).Body["statusPath"]!;
        Assert.Equal("confirmed", (string)(await _day.ActAsync(booked, "undo-check-in"))["state"]!);
        Assert.Equal(TicketState.Cancelled, (await TicketAsync(first)).State);
        var second = await _day.ActAsync(booked, "check-in");
        Assert.Equal("checked-in", (string)second["state"]!);
        var ticket = (await _day.CheckInAsync(code)).Body;
        Assert.NotEqual(first, (string)ticket["statusPath"]!);
        Assert.Equal(TicketState.Waiting, (await TicketAsync((string)ticket["statusPath"]!)).State);
        Assert.Equal("already-checked-in", (string)(await _day.ActAsync(booked, "cancel"))["reason"]!);
    }

    [Fact]
    public async Task A_code_whose_ticket_was_served_gives_no_ticket_any_more()
    {
        var code = (string)(await _day.BookAsync("War Da"))["code"]!;
        var page = (string)(await _day.CheckInAsync(code)).Body["statusPath"]!;
        using var given = await office.Hub.Anybody.PostAsync(new Uri($"/api/v1/tickets/{page[3..]}/cancel", UriKind.Relative),
            System.Net.Http.Json.JsonContent.Create(new { requestId = Guid.CreateVersion7() }), Now);
        Assert.Equal(HttpStatusCode.OK, given.StatusCode);
        Assert.Equal("check-in-too-late", await _day.RefusalAsync(code));
    }

    [Fact]
    public async Task A_code_of_another_day_a_cancelled_one_and_a_wrong_one_are_refused_each_with_its_reason()
    {
        var tomorrow = await _day.BookAsync("Morgen", at: (await _day.NextAsync("ausweis")).AddDays(1));
        Assert.Equal("appointment-on-other-day", await _day.RefusalAsync((string)tomorrow["code"]!));
        Assert.Equal("appointment-on-other-day", (string)(await _day.ActAsync(tomorrow, "check-in"))["reason"]!);
        var gone = await _day.BookAsync("Abgesagt");
        Assert.Equal("cancelled", (string)(await _day.ActAsync(gone, "cancel"))["state"]!);
        Assert.Null(await _day.InListAsync(gone));
        Assert.Equal("appointment-gone", await _day.RefusalAsync((string)gone["code"]!));
        Assert.Equal("unknown-code", await _day.RefusalAsync("0000 0000 0000"));
    }

    [Fact]
    public async Task Too_early_is_refused_and_too_late_becomes_a_walk_in_or_is_refused_by_the_calendars_rules()
    {
        var (open, strict) = (await _day.BookAsync("Spät"), await _day.BookAsync("Streng", "fuehrerschein",
            await _day.NextAsync("fuehrerschein", skip: 1)));
        Assert.Equal("check-in-too-early", await _day.RefusalAsync((string)strict["code"]!));
        var late = strict["from"]!.GetValue<DateTimeOffset>() - office.Hub.Clock.GetUtcNow() + TimeSpan.FromMinutes(2);
        office.Hub.Clock.Skipped += late;
        Assert.Equal("check-in-too-late", await _day.RefusalAsync((string)strict["code"]!));
        var (_, ticket) = await _day.CheckInAsync((string)open["code"]!);
        Assert.Null(ticket["booked"]);
        Assert.StartsWith("A", (string)ticket["number"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hub_that_dies_between_the_check_in_and_the_ticket_gives_the_ticket_after()
    {
        var booked = await _day.BookAsync("Stromausfall");
        Assert.True(CalendarWeekKey.TryParse((string)booked["week"]!, out var week));
        var (id, ticket) = (new AppointmentId((Guid)booked["id"]!), new TicketId(Guid.CreateVersion7()));
        var now = office.Hub.Clock.GetUtcNow();

        // The entry alone, as a killed hub leaves it.
        await office.Hub.Services.GetRequiredService<IGrainFactory>().GetGrain<ICalendarWeekGrain>(week.Value.Stream).Handle(
            new RequestId(ticket.Value), new CalendarCommand.CheckIn(id, ticket, now.AddHours(-1), now.AddHours(20), now.AddHours(20)));
        await office.Hub.UntilAsync(async () => (await _day.InListAsync(booked))?["number"] is not null, "The process gives the ticket");
        Assert.Equal((string)(await _day.InListAsync(booked))!["number"]!,
            (string)(await _day.CheckInAsync((string)booked["code"]!)).Body["number"]!);
    }

    [Fact]
    public async Task A_desk_hears_that_the_list_has_changed_and_no_name()
    {
        await using var desk = await DeskWatcher.ConnectAsync(office.Hub, TestHub.Area, "3", office.Hub.ClerkToken);
        var mark = MarkOf(desk);
        var booked = await _day.BookAsync("Geheim");
        await desk.UntilAsync(d => MarkOf(d) != mark, "another mark");
        Assert.Equal(["expected", "mark"], desk["appointments"]!.AsObject().Select(part => part.Key).Order());
        mark = MarkOf(desk);
        await _day.CheckInAsync((string)booked["code"]!);
        await desk.UntilAsync(d => MarkOf(d) != mark, "a mark after the check-in");
        mark = MarkOf(desk);
        await _day.ActAsync(booked, "undo-check-in");
        await desk.UntilAsync(d => MarkOf(d) != mark, "a mark after the undo");
    }

    [Fact]
    public async Task The_ticket_of_an_appointment_shows_its_time_on_its_page()
    {
        var booked = await _day.BookAsync("Eine Seite");
        var page = (string)(await _day.CheckInAsync((string)booked["code"]!)).Body["statusPath"]!;
        var time = TimeZoneInfo.ConvertTime(booked["from"]!.GetValue<DateTimeOffset>(),
            TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"));
        var text = await office.Hub.Anybody.GetStringAsync(new Uri(page, UriKind.Relative), Now);
        Assert.Contains("Ihr Termin", text, StringComparison.Ordinal);
        Assert.Contains($"{time:HH:mm}", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_clerk_is_warned_and_not_stopped_when_a_contact_books_more_than_citizens_may()
    {
        var appointments = office.Hub.Services.GetRequiredService<IAppointments>();
        var offer = (await appointments.OffersAsync("alsdorf")).Single(o => o.Calendar.EndsWith("offen", StringComparison.Ordinal));
        var choice = new SlotChoice(offer.Office, offer.Calendar, [new(new("ausweis"))], (await _day.NextAsync("ausweis")).AddDays(2),
            AppointmentKind.AtCounter, "de");
        var held = (await appointments.HoldAsync(choice, new(Guid.CreateVersion7()))).View!;
        Assert.Null((await appointments.PreconfirmAsync(held.Week, held.Code, new("Viele", "viele@example.org"),
            new(Guid.CreateVersion7()))).Refusal);
        Assert.Null((await _day.BookAsync("Andere", mail: "andere@example.org"))["warning"]);
        Assert.NotNull((await _day.BookAsync("Viele", mail: "Viele@example.org"))["warning"]!["de"]);
    }

    [Fact]
    public async Task A_forecast_knows_the_appointments_that_have_not_checked_in()
    {
        var booked = await _day.BookAsync("Kommt Noch");
        var expected = office.Hub.Services.GetRequiredService<IExpected>();
        var (house, area) = office.Hub.Services.GetRequiredService<Aufruf.Hub.Offices.OfficeDirectory>().FindArea(TestHub.Area)!.Value;
        Assert.Contains(expected.In(house, area), e => e.Id == (Guid)booked["id"]!);
        await _day.CheckInAsync((string)booked["code"]!);
        Assert.DoesNotContain(expected.In(house, area), e => e.Id == (Guid)booked["id"]!);
    }

    private static string? MarkOf(DeskWatcher desk) => (string?)desk["appointments"]?["mark"];

    private async Task<Ticket> TicketAsync(string page)
    {
        var (key, code) = (page.Split('/')[^2], page.Split('/')[^1]);
        var queue = (await office.Hub.Services.GetRequiredService<IGrainFactory>().GetGrain<IQueueGrain>(key).View()).Queue;
        return queue.Find(new TicketCode(code))!;
    }
}

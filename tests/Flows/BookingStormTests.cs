using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Aufruf.Contracts;
using Aufruf.Domain.Appointments;
using Aufruf.Domain.Offices;
using Aufruf.Domain.Outbox;
using Aufruf.Grains;
using Aufruf.Grains.Journal;
using Aufruf.Hub.Appointments;
using Aufruf.Hub.Offices;
using Aufruf.Tests.Running;
using Microsoft.Extensions.DependencyInjection;

namespace Aufruf.Tests.Flows;

/// <summary>Many citizens want few slots at two hubs on one PostgreSQL; the capacity changes meanwhile, and one hub is killed.</summary>
[Trait("Needs", "process")]
public sealed class BookingStormTests(Postgres postgres)
{
    private const int Citizens = 100, Seed = 14;

    private readonly ConcurrentBag<string> _unexpected = [];
    private int _callers, _refused;

    private static readonly HashSet<string> Expected = ["slot-taken", "hold-over", "appointment-gone", "no-such-slot"];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_slot_is_given_twice_and_each_booking_has_one_confirmation_when_a_hub_dies_in_a_storm()
    {
        await using var pair = await DyingPair.StartAsync(postgres);
        var hub = pair.Living;
        await GiveCountersAsync(hub, 2);
        using var other = new HttpClient { BaseAddress = pair.Dying.Address, Timeout = TimeSpan.FromSeconds(5) };
        var storm = Task.WhenAll(Enumerable.Range(0, Citizens).Select(n => BookAsync(hub, n % 2 == 0 ? other : hub.Anybody, n)));
        await hub.UntilAsync(() => Task.FromResult(pair.Mails.Arrived.Count >= 10), "The storm has begun");
        await GiveCountersAsync(hub, 1); // A clerk is ill: some bookings do not fit any more.
        await pair.Dying.KillAsync();
        await GiveCountersAsync(hub, 3);
        await storm;

        Assert.Empty(_unexpected);
        await CheckAsync(hub, pair.Mails);
    }

    [Fact]
    public async Task Of_two_thousand_citizens_two_hundred_get_the_two_hundred_slots_and_all_others_an_answer()
    {
        const int rush = 2000, slots = 200;
        await using var hub = await TestHub.StartAsync();
        await GiveCountersAsync(hub, 10, hours: 3, minutes: 9); // Twenty in each of three hours, at ten counters.
        using var atOnce = new SemaphoreSlim(50); // More would take the processors from the tests beside this one.
        var held = await Task.WhenAll(Enumerable.Range(0, rush).Select(async n =>
        {
            await atOnce.WaitAsync(Stop);
            try
            {
                return await HoldAsync(hub, hub.Anybody, new Random(Seed + n));
            }
            finally
            {
                atOnce.Release();
            }
        }));

        Assert.Empty(_unexpected);
        var got = held.OfType<JsonNode>().ToArray();
        Assert.Equal(slots, got.Length);
        Assert.Equal(slots, got.Select(view => view["code"]!.ToString()).Distinct().Count());
        Assert.All(got.GroupBy(view => view["from"]!.ToString()), same => Assert.Equal(10, same.Count()));
        Assert.NotEqual(0, _refused);
    }

    /// <summary>One day with appointments from nine on.</summary>
    private static async Task GiveCountersAsync(InnerHub hub, int counters, int hours = 3, int minutes = 10)
    {
        var town = hub.Services.GetRequiredService<OfficeDirectory>().Find(TestHub.Office)!;
        var day = town.Day(hub.Clock.GetUtcNow()).AddDays(3);
        var calendar = new Calendar("buergerservice", new() { ["de"] = "Bürgerservice" }, [new(new("ausweis"), minutes)],
            [new(Enum.GetValues<Weekday>(), WallTime.At(9), WallTime.At(9 + hours), counters)])
        {
            SlotMinutes = minutes,
            Since = day,
            Until = day,
            Release = new([new(DaysAhead: 56, Percent: 100)]) { WishesFirstMinutes = 0 },
            Rules = new() { ReturnsAfterMinutes = 0, ReturnsWithinMinutes = 0 },
        };
        await hub.UntilAsync(async () => await hub.Services.GetRequiredService<OfficeChanges>().TryAsync(TestHub.Office,
            new OfficeCommand.Publish(town with { Calendars = [calendar] }, "command:anna")) is null, "The calendar is published");
    }

    /// <summary>Searches, holds, enters, confirms; some cancel then, and some move.</summary>
    private async Task BookAsync(InnerHub hub, HttpClient at, int n)
    {
        var (chance, secrets) = (new Random(Seed + n), hub.Services.GetRequiredService<AppointmentSecrets>());
        var mail = $"citizen-{n}@example.org";
        await Task.Delay(chance.Next(6000), Stop);
        for (var tries = 0; tries < 30; tries++)
        {
            if (await HoldAsync(hub, at, chance) is not { } held)
            {
                return;
            }

            var mine = $"/api/v1/appointments/{held["week"]}/{held["code"]}";
            var secret = secrets.ConfirmationOf(new(held["id"]!.GetValue<Guid>()), secrets.ContactOf("alsdorf", mail));
            if (await SendAsync(hub, at, $"{mine}/citizen", new { requestId = Guid.NewGuid(), name = $"Citizen {n}", mail }) is null
                || await SendAsync(hub, at, $"{mine}/confirm/{secret}", new { requestId = Guid.NewGuid() }) is null)
            {
                continue;
            }

            if (chance.Next(4) is 0)
            {
                await SendAsync(hub, at, $"{mine}/cancel", new { requestId = Guid.NewGuid() });
            }
            else if (chance.Next(3) is 0 && CalendarWeekKey.TryParse(held["week"]!.ToString(), out var week))
            {
                var appointments = hub.Services.GetRequiredService<IAppointments>();
                await appointments.RebookAsync(week.Value, held["code"]!.ToString(), new(TestHub.Office, $"{TestHub.Office}.buergerservice",
                    [new(new("ausweis"))], DateTimeOffset.Parse(held["from"]!.ToString(), null).AddMinutes(10 * chance.Next(-6, 7)),
                    AppointmentKind.AtCounter, "de"), new(Guid.NewGuid()));
            }

            return;
        }
    }

    /// <summary>Searches and holds until a slot is held. Of two who want the same one, the slower searches again.</summary>
    /// <returns>Null: nothing is free, and it is said so.</returns>
    private async Task<JsonNode?> HoldAsync(InnerHub hub, HttpClient at, Random chance)
    {
        for (var tries = 0; tries < 100; tries++)
        {
            var found = await SendAsync(hub, at, "/api/v1/authorities/alsdorf/slots?service=ausweis");
            if (found?["offices"] is not JsonArray { Count: > 0 } offices || offices[0]!["starts"] is not JsonArray { Count: > 0 } starts)
            {
                return null;
            }

            if (await SendAsync(hub, at, "/api/v1/authorities/alsdorf/appointments", new
            {
                requestId = Guid.NewGuid(),
                office = TestHub.Office,
                calendar = $"{TestHub.Office}.buergerservice",
                services = new[] { new { service = "ausweis", persons = 1 } },
                from = starts[chance.Next(starts.Count)]!.ToString(),
                kind = "at-counter",
                language = "de",
            }) is { } held)
            {
                return held;
            }

            Interlocked.Increment(ref _refused);
        }

        throw new InvalidOperationException("A hundred slots were taken by others.");
    }

    /// <summary>The same request again at the living hub, as a browser whose page was not answered.</summary>
    /// <returns>Null: it was refused.</returns>
    private async Task<JsonNode?> SendAsync(InnerHub hub, HttpClient at, string address, object? body = null)
    {
        for (var tries = 0; ; tries++)
        {
            using var request = new HttpRequestMessage(body is null ? HttpMethod.Get : HttpMethod.Post, address);
            request.Content = body is null ? null : JsonContent.Create(body);
            var caller = Interlocked.Increment(ref _callers); // One address would need a puzzle after three slots.
            request.Headers.Add("X-Forwarded-For", $"10.{caller / 40_000}.{caller / 200 % 200}.{(caller % 200) + 1}");
            try
            {
                using var answer = await (tries == 0 ? at : hub.Anybody).SendAsync(request, Stop);
                var text = await answer.Content.ReadAsStringAsync(Stop);
                if (answer.IsSuccessStatusCode)
                {
                    return JsonNode.Parse(text);
                }

                if ((int)answer.StatusCode < 500)
                {
                    var type = JsonNode.Parse(text)?["type"]?.ToString().Split(':')[^1] ?? text;
                    if (!Expected.Contains(type))
                    {
                        _unexpected.Add($"{address}: {text}");
                    }

                    return null;
                }
            }
            catch (Exception error) when (error is HttpRequestException or TaskCanceledException && !Stop.IsCancellationRequested)
            {
                // The hub died, and what it did is not known.
            }

            if (tries > 100)
            {
                throw new InvalidOperationException($"{address} was not answered.");
            }

            await Task.Delay(200, Stop);
        }
    }

    private async Task CheckAsync(InnerHub hub, MailServer mails)
    {
        var journal = hub.Services.GetRequiredService<IJournal>();
        var (confirmed, codes) = (0, new Dictionary<string, AppointmentId>());
        await foreach (var stream in journal.StreamsAsync(CalendarWeekKey.StreamKind, Stop))
        {
            var week = CalendarWeek.Empty;
            await foreach (var entry in journal.ReadAsync(stream, 0, Stop))
            {
                var events = EntryContent<CalendarEvent>.Read(entry).Events;
                var before = week.Excess(entry.At).Select(a => a.Id).ToHashSet();
                week = events.Aggregate(week, (state, e) => state.Apply(e));
                if (!events.Any(e => e is CalendarEvent.WeekPlanned))
                {
                    Assert.Empty(week.Excess(entry.At).Select(a => a.Id).Except(before)); // Only a smaller capacity leaves too many.
                }

                foreach (var held in events.OfType<CalendarEvent.SlotHeld>().Select(e => e.Appointment))
                {
                    Assert.Equal(held.Origin, codes.TryGetValue(held.CodeHash, out var origin) ? origin : codes[held.CodeHash] =
                        held.Origin);
                }

                confirmed += events.OfType<CalendarEvent.AppointmentConfirmed>().Count(e => week.Find(e.Id) is { Sequence: 0 });
            }
        }

        Assert.InRange(confirmed, 18, Citizens);
        var outbox = hub.Services.GetRequiredService<IGrainFactory>().GetGrain<IOutboxGrain>("outbox/alsdorf");
        var process = hub.Services.GetRequiredService<NoticeProcess>();
        await hub.UntilAsync(async () => process.Subscription.BehindSince is null
            && process.Subscription.Reached >= await journal.LastPositionAsync(Stop)
            && (await outbox.View()).Messages.Values.All(m => m.State is not MessageState.Waiting), "No mail waits", seconds: 90);
        var stuck = (await outbox.View()).Messages.Count; // The kill has cut them off: a desk sees them.
        var booked = mails.Arrived.Where(mail => mail.Subject?.StartsWith("Ihr Termin am", StringComparison.Ordinal) is true)
            .Select(mail => mail.To.ToString()).ToList();
        Assert.Equal(booked.Distinct(), booked);
        Assert.InRange(booked.Count, confirmed - stuck, confirmed);
    }
}

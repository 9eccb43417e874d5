using System.Diagnostics;
using Aufruf.Contracts;
using Aufruf.Domain;
using Aufruf.Domain.Appointments;
using Aufruf.Domain.Offices;
using Aufruf.Grains;
using Aufruf.Hub.Offices;
using Aufruf.Hub.Running;
using Microsoft.Extensions.DependencyInjection;

namespace Aufruf.Bench;

/// <summary>2,000 citizens want 200 new slots within ten seconds, on a real hub with its journal on disk.</summary>
/// <remarks>Each looks, takes one of the free slots, and looks again when somebody was faster. The time is that of one press.</remarks>
internal static class SlotsRush
{
    private const int Citizens = 2000;
    private const int Slots = 200;
    private static readonly TimeSpan Rush = TimeSpan.FromSeconds(10);
    private static readonly ServiceId Passport = new("passport");

    public static async Task<int> RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("aufruf-bench-").FullName;
        try
        {
            Directory.CreateDirectory(Path.Combine(folder, "offices"));
            var today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);
            await File.WriteAllTextAsync(Path.Combine(folder, "offices", "town.hall.json"), OfficeForm.Write(OfficeOn(today.AddDays(3))));
            await using var hub = Server.Build(
            [
                $"--Hub:Data={Path.Combine(folder, "data")}", $"--Hub:Offices={Path.Combine(folder, "offices")}", "--Hub:HttpPort=5380",
                "--Hub:MqttPort=18830", "--Hub:SiloPort=18831", "--Hub:GatewayPort=18832", "--Hub:RequestsPerMinute=1000000",
                "--Logging:LogLevel:Default=Warning",
            ], TextWriter.Null);
            await hub.StartAsync();
            await MeasureAsync(hub.Services.GetRequiredService<IAppointments>(), hub.Services.GetRequiredService<AppointmentSecrets>());
            await hub.StopAsync();
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task MeasureAsync(IAppointments appointments, AppointmentSecrets secrets)
    {
        var (times, began) = (new List<double>(), Stopwatch.GetTimestamp());
        var gate = new Lock();
        var ends = await Task.WhenAll(Enumerable.Range(0, Citizens).Select(async n =>
        {
            await Task.Delay(Rush * n / Citizens);
            return await BookAsync(n);
        }));
        var sorted = times.Sorted();
        Figures.Print("slots.rush.booked", ends.Count(booked => booked), "of 200 slots");
        Figures.Print("slots.rush.refused", ends.Count(booked => !booked), "citizens, each with a sentence");
        Figures.Print("slots.rush.seconds", Stopwatch.GetElapsedTime(began).TotalSeconds, "s");
        Figures.Print("slots.rush.p50", sorted.At(0.5), "ms");
        Figures.Print("slots.rush.p99", sorted.At(0.99), "ms");
        Figures.Print("slots.rush.p99_ratio", sorted.At(0.99) / sorted.At(0.5), "x");

        async Task<bool> BookAsync(int n)
        {
            while ((await appointments.FindAsync(new("town", [new(Passport)]))).Offices is [{ Starts: { Count: > 0 } starts } office])
            {
                var start = starts[Random.Shared.Next(starts.Count)];
                var held = await TimedAsync(() => appointments.HoldAsync(
                    new(office.Offer.Office, office.Offer.Calendar, [new(Passport)], start, AppointmentKind.AtCounter, "de"), New()));
                if (held.View is not { } view)
                {
                    continue;
                }

                var mail = $"citizen-{n}@example.org";
                var entered = await TimedAsync(() => appointments.PreconfirmAsync(view.Week, view.Code, new($"Citizen {n}", mail), New()));
                var secret = secrets.ConfirmationOf(view.Id, secrets.ContactOf("town", mail));
                var confirmed = await TimedAsync(() => appointments.ConfirmAsync(view.Week, view.Code, secret, New()));
                return confirmed.View?.State is AppointmentState.Confirmed ? true
                    : throw new InvalidOperationException($"{entered.Refusal} {confirmed.Refusal}");
            }

            return false;
        }

        async Task<AppointmentAnswer> TimedAsync(Func<Task<AppointmentAnswer>> press)
        {
            var pressed = Stopwatch.GetTimestamp();
            var answer = await press();
            lock (gate)
            {
                times.Add(Stopwatch.GetElapsedTime(pressed).TotalMilliseconds);
            }

            return answer;
        }
    }

    private static RequestId New() => new(Guid.CreateVersion7());

    /// <summary>Five counters, forty slots each, on one day.</summary>
    private static Office OfficeOn(DateOnly day) => new(new("town", Both("Stadt")), "hall", Both("Rathaus"), "Markt 1",
        "Europe/Berlin", ["de"],
        [new("hall", Both("Halle"), [new(Passport, 'A', Both("Ausweis"), 10)], [new(new("1"), "1", [Passport])], [])], [], [])
    {
        Calendars = [new("services", Both("Termine"), [new(Passport, 10)],
            [new([day.Weekday()], WallTime.At(8), WallTime.At(8 + (Slots / 5 / 6), Slots / 5 % 6 * 10), 5) { Since = day, Until = day }])
        {
            Release = new([new(DaysAhead: 56, Percent: 100)]) { WishesFirstMinutes = 0 },
        }],
    };

    private static Texts Both(string text) => new() { ["de"] = text };
}

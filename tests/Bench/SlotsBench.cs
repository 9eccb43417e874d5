using System.Diagnostics;
using Aufruf.Contracts;
using Aufruf.Domain;
using Aufruf.Domain.Appointments;
using Aufruf.Domain.Offices;
using Aufruf.Hub.Appointments;
using Aufruf.Hub.Offices;
using Aufruf.Hub.Push;
using Aufruf.Hub.Running;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Aufruf.Bench;

/// <summary>"The next free slot in each office", from memory and from PostgreSQL over the same slots.</summary>
/// <remarks>A hundred offices, ninety days, half of the slots booked.</remarks>
internal static class SlotsBench
{
    private const int Offices = 100;
    private const int Days = 90;
    private const int Searches = 10_000;

    private static readonly ServiceId Passport = new("passport");
    private static readonly DateTimeOffset Now = new(2026, 11, 30, 5, 0, 0, TimeSpan.Zero);

    public static async Task<int> RunAsync()
    {
        if (ThrowawayPostgres.Binaries is null)
        {
            Console.Error.WriteLine("PostgreSQL is not installed.");
            return 1;
        }

        var clock = new Fixed();
        var offices = new OfficeDirectory([.. Enumerable.Range(1, Offices).Select(Office)]);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var weeks = new CalendarWeeks(offices, new(null!, null!, clock, NullLogger<LiveAreas>.Instance),
            new UnreadableStreams(clock, NullLogger.Instance), clock);
        var search = new SlotSearch(offices, weeks, clock);
        var question = new SlotQuestion("town", [new(Passport)], Days: Days, Most: 1);
        await using var server = await ThrowawayPostgres.StartAsync();
        await using var database = NpgsqlDataSource.Create(server.ConnectionString);
        await BookHalfAsync(offices, weeks, database);
        search.Find(question with { Most = 500 }, Channel.Public);
        var after = GC.GetTotalMemory(forceFullCollection: true);

        var memory = Measure(() => search.Find(question, Channel.Public).Offices.Count(o => o.Starts.Count > 0));
        await using var connection = await database.OpenConnectionAsync();
        await using var query = connection.CreateCommand();
        query.CommandText = """
            SELECT o.id, s.start FROM offices o CROSS JOIN LATERAL (
                SELECT start FROM slots WHERE office = o.id AND service = $1 AND free AND start > $2 ORDER BY start LIMIT 1) s
            """;
        query.Parameters.Add(new() { Value = Passport.Value });
        query.Parameters.Add(new() { Value = Now.AddMinutes(30) });
        await query.PrepareAsync();
        var sql = Measure(() =>
        {
            using var reader = query.ExecuteReader();
            var rows = 0;
            while (reader.Read())
            {
                rows++;
            }

            return rows;
        });
        Figures.Print("slots.search.p50", memory.At(0.5), "us");
        Figures.Print("slots.search.p99", memory.At(0.99), "us");
        Figures.Print("slots.sql.p50", sql.At(0.5), "us");
        Figures.Print("slots.vs_sql_ratio", memory.At(0.5) / sql.At(0.5), "x");
        Figures.Print("slots.memory", (after - before) / 1024.0 / Offices / (Days / 7.0), "KiB per office and week");
        return await SlotsRush.RunAsync();
    }

    /// <summary>Microseconds, sorted. Both sides must find a slot in every office.</summary>
    private static double[] Measure(Func<int> find)
    {
        var times = new List<double>();
        for (var n = 0; n < Searches; n++)
        {
            var began = Stopwatch.GetTimestamp();
            var found = find();
            times.Add(Stopwatch.GetElapsedTime(began).TotalMicroseconds);
            if (found != Offices)
            {
                throw new InvalidOperationException($"{found} offices of {Offices} have a free slot.");
            }
        }

        return times.Skip(Searches / 2).Sorted(); // The first half warms up: the runtime compiles again what is hot.
    }

    private static async Task BookHalfAsync(OfficeDirectory offices, CalendarWeeks weeks, NpgsqlDataSource database)
    {
        await using (var schema = database.CreateCommand("""
            CREATE TABLE offices(id text PRIMARY KEY);
            CREATE TABLE slots(office text, service text, start timestamptz, free boolean);
            """))
        {
            await schema.ExecuteNonQueryAsync();
        }

        var chance = new Random(1);
        await using var connection = await database.OpenConnectionAsync();
        await using (var rows = await connection.BeginBinaryImportAsync("COPY slots FROM STDIN (FORMAT binary)"))
        {
            foreach (var office in offices.All)
            {
                var calendar = office.Calendars[0];
                for (var monday = office.Day(Now).MondayOfItsWeek(); monday < office.Day(Now).AddDays(Days); monday = monday.AddDays(7))
                {
                    var week = CalendarWeek.Empty.Apply(new CalendarEvent.WeekPlanned(1, office.PiecesOf(calendar, monday), 0, Now));
                    foreach (var start in StartsOf(office, calendar, monday))
                    {
                        var isFree = chance.NextDouble() >= 0.5;
                        if (!isFree)
                        {
                            week = week.Apply(new CalendarEvent.SlotHeld(new(new(Guid.NewGuid()), office.Id, start, 10, [new(Passport)],
                                Channel.Public, "", "de")
                            { State = AppointmentState.Confirmed }, Now));
                        }

                        await rows.StartRowAsync();
                        await rows.WriteAsync(office.Key);
                        await rows.WriteAsync(Passport.Value);
                        await rows.WriteAsync(start.UtcDateTime, NpgsqlTypes.NpgsqlDbType.TimestampTz);
                        await rows.WriteAsync(isFree);
                    }

                    weeks.Announce(CalendarWeekKey.Of(office, calendar.Id, monday).Stream, 1, week, null);
                }
            }

            await rows.CompleteAsync();
        }

        await using var finish = database.CreateCommand("""
            INSERT INTO offices SELECT DISTINCT office FROM slots;
            CREATE INDEX ON slots(office, service, start) WHERE free;
            ANALYZE slots; ANALYZE offices;
            """);
        await finish.ExecuteNonQueryAsync();
    }

    private static IEnumerable<DateTimeOffset> StartsOf(Office office, Calendar calendar, DateOnly monday) =>
        from day in Enumerable.Range(0, 7).Select(monday.AddDays)
        from span in office.SpansOn(calendar, day)
        from minutes in Enumerable.Range(0, (span.To.Minutes - span.From.Minutes) / calendar.SlotMinutes)
        select office.Instant(day, span.From).AddMinutes(minutes * calendar.SlotMinutes);

    private static Office Office(int n) => new(new("town", new()), $"office-{n}", new(), "", "Europe/Berlin", ["de"],
        [new("hall", new(), [new(Passport, 'A', new(), 10)], [new(new("1"), "1", [Passport])], [])], [], [])
    {
        Calendars = [new("services", new(), [new(Passport, 10)],
            [new([Weekday.Monday, Weekday.Tuesday, Weekday.Wednesday, Weekday.Thursday, Weekday.Friday],
                WallTime.At(8), WallTime.At(16), 1)])
        {
            Release = new([new(DaysAhead: 120, Percent: 100)]) { WishesFirstMinutes = 0 },
        }],
    };

    private sealed class Fixed : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => Now;
    }
}

using System.Collections.Immutable;
using System.Diagnostics;
using System.Text.Json;
using Aufruf.Contracts;
using Aufruf.Domain;
using Aufruf.Domain.Cases;
using Aufruf.Domain.Identity;
using Aufruf.Grains;
using Aufruf.Grains.Subscriptions;
using Aufruf.Hub.Cases;
using Aufruf.Hub.Identity;
using Aufruf.Hub.Running;
using Microsoft.Extensions.DependencyInjection;

namespace Aufruf.Bench;

/// <summary>Applications sent, the work list and a case: a true hub with PostgreSQL beside plain SQL.</summary>
internal static class CasesBench
{
    private const int Drafts = 600, AtOnce = 32, OpenCases = 20_000, Looks = 4_000, HubPool = 60;
    private const string Clerk = "bench";

    private static readonly (string Page, (string, string)[] Answers)[] Form =
    [
        ("keeper", [("name.given", "Zoë"), ("name.family", "Müller"), ("born", "1990-02-28"), ("address.street", "Hubertusstraße"),
            ("address.number", "17"), ("address.postcode", "52477"), ("address.town", "Alsdorf")]),
        ("dog", [("call", "Bello"), ("whelped", "2026-01-10"), ("breed", "labrador"), ("large", "false"), ("since", "2026-03-20"),
            ("others", "0")]),
        ("relief", [("relief", "none"), ("debit", "false")]),
    ];

    public static async Task<int> RunAsync()
    {
        if (ThrowawayPostgres.Binaries is null)
        {
            Console.Error.WriteLine("PostgreSQL is not installed.");
            return 1;
        }

        var folder = Directory.CreateTempSubdirectory("aufruf-bench-").FullName;
        await using var server = await ThrowawayPostgres.StartAsync();
        try
        {
            BenchOffice.Write(Path.Combine(folder, "offices"));
            Copy(Path.Combine(AppContext.BaseDirectory, "demo", "procedures"), Path.Combine(folder, "procedures"));
            await using var hub = Server.Build(
            [
                $"--Hub:Data={Path.Combine(folder, "data")}", $"--Hub:Offices={Path.Combine(folder, "offices")}",
                $"--Hub:Procedures={Path.Combine(folder, "procedures")}",
                $"--ConnectionStrings:Aufruf={await server.NewDatabaseAsync()};Maximum Pool Size={HubPool}",
                "--Hub:HttpPort=5380", "--Hub:MqttPort=18830", "--Hub:SiloPort=18831", "--Hub:GatewayPort=18832",
                "--Hub:RequestsPerMinute=1000000", "--Logging:LogLevel:Default=Error",
            ], TextWriter.Null);
            await hub.StartAsync();
            await using var sql = await PlainCases.StartAsync($"{await server.NewDatabaseAsync()};Maximum Pool Size={AtOnce}");
            await MeasureAsync(hub.Services, sql);
            await hub.StopAsync();
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task MeasureAsync(IServiceProvider hub, PlainCases sql)
    {
        var citizens = hub.GetRequiredService<ICitizenCases>();
        var codes = new string[Drafts];
        await EachAsync(Drafts, async n => codes[n] = await FillInAsync(citizens));
        Console.Error.WriteLine($"{Drafts} applications are filled in.");

        var ours = await RateAsync(Drafts, async n => Check((await citizens.SubmitAsync("bench", codes[n], Form.Length, New())).Refusal));
        var plain = await RateAsync(Drafts, n => sql.SubmitAsync(codes[n]));
        Figures.Print("cases.submissions", ours, "per s");
        Figures.Print("cases.submissions.sql", plain, "per s");
        Figures.Print("cases.submissions.vs_sql_ratio", ours / plain, "x");

        await CaughtUpAsync(hub);
        var (page, row) = (await TimesAsync(async n => await citizens.ViewAsync("bench", codes[n % Drafts])),
            await TimesAsync(n => sql.ViewAsync(codes[n % Drafts])));
        Figures.Print("cases.status.p50", page.At(0.5), "us");
        Figures.Print("cases.status.sql.p50", row.At(0.5), "us");
        Figures.Print("cases.status.p99", page.At(0.99), "us");
        Figures.Print("cases.status.sql.p99", row.At(0.99), "us");
        Figures.Print("cases.status.vs_sql_ratio", page.At(0.99) / row.At(0.99), "x");
        await MeasureListAsync(hub, sql, (await citizens.ViewAsync("bench", codes[0]))!.Number!);
    }

    /// <summary>Until letters, clocks and notices of all applications are there.</summary>
    private static async Task CaughtUpAsync(IServiceProvider hub)
    {
        var last = await hub.GetRequiredService<IJournal>().LastPositionAsync(CancellationToken.None);
        var began = Stopwatch.GetTimestamp();
        while (hub.GetServices<IFollower>().OfType<FollowUp>().Any(follower => follower.Subscription.Reached < last))
        {
            await Task.Delay(100);
        }

        Figures.Print("cases.followed_after", Stopwatch.GetElapsedTime(began).TotalSeconds, "s");
    }

    private static async Task MeasureListAsync(IServiceProvider hub, PlainCases sql, string number)
    {
        await HireAsync(hub.GetRequiredService<PeopleGate>());
        var (copies, staff) = (hub.GetRequiredService<CaseCopies>(), hub.GetRequiredService<IStaffCases>());
        var stream = CitizenCase.StreamOf("bench", number);
        var sent = await hub.GetRequiredService<IGrainFactory>().GetGrain<ICaseGrain>(stream).View();
        var json = JsonSerializer.Serialize(sent, DomainJson.Options);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        for (var n = 0; n < OpenCases; n++)
        {
            // Each is read by itself, as from the journal: nothing is shared between two cases.
            var own = $"20.32.10-2027-{n:D6}";
            copies.Announce(CitizenCase.StreamOf("bench", own), 1, JsonSerializer.Deserialize<CitizenCase>(json, DomainJson.Options)! with
            {
                Number = own,
                Tasks = sent.Tasks.ToImmutableDictionary(task => task.Key,
                    task => task.Value with { DueAt = task.Value.DueAt.AddMinutes(n % 9_000) }),
            }, null);
        }

        Figures.Print("cases.memory", (GC.GetTotalMemory(forceFullCollection: true) - before) / 1024.0 / OpenCases, "KiB per open case");
        await sql.FillAsync(OpenCases, sent.Tasks.Values.First().DueAt);
        var list = await TimesAsync(_ => Task.FromResult(staff.List("bench", Clerk, WorkChoice.All)), Looks / 8);
        var query = await TimesAsync(_ => sql.ListAsync(), Looks / 8);
        Figures.Print("cases.list.p99", list.At(0.99), "us");
        Figures.Print("cases.list.sql.p99", query.At(0.99), "us");
        Figures.Print("cases.list.vs_sql_ratio", list.At(0.99) / query.At(0.99), "x");
    }

    private static async Task HireAsync(PeopleGate people)
    {
        var until = TimeProvider.System.GetUtcNow().AddDays(1);
        foreach (var command in (PeopleCommand[])[new PeopleCommand.Invite(Clerk, Clerk, new string('0', 64), until, "operator"),
            new PeopleCommand.Grant(Clerk, Role.CaseWork.Id, "bench", "operator")])
        {
            Check(await people.HandleAsync("bench", command));
        }
    }

    private static async Task<string> FillInAsync(ICitizenCases citizens)
    {
        var begun = await citizens.BeginAsync("bench", "dog-registration", "de", New());
        Check(begun.Refusal);
        foreach (var (page, answers) in Form)
        {
            Check((await citizens.SaveAsync("bench", begun.Code!, page, answers.ToDictionary(a => a.Item1, a => a.Item2), New())).Refusal);
        }

        return begun.Code!;
    }

    private static Task EachAsync(int count, Func<int, Task> work) => Parallel.ForEachAsync(Enumerable.Range(0, count),
        new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (n, _) => await work(n));

    private static async Task<double> RateAsync(int count, Func<int, Task> work)
    {
        var began = Stopwatch.GetTimestamp();
        await EachAsync(count, work);
        return count / Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    /// <summary>Microseconds, sorted. The first half warms up.</summary>
    private static async Task<double[]> TimesAsync<T>(Func<int, Task<T>> look, int looks = Looks)
    {
        var times = new List<double>();
        for (var n = 0; n < looks; n++)
        {
            var began = Stopwatch.GetTimestamp();
            _ = await look(n) ?? throw new InvalidOperationException("Nothing was found.");
            times.Add(Stopwatch.GetElapsedTime(began).TotalMicroseconds);
        }

        return times.Skip(looks / 2).Sorted();
    }

    private static RequestId New() => new(Guid.CreateVersion7());

    private static void Check(Refusal? refusal)
    {
        if (refusal is not null)
        {
            throw new InvalidOperationException(refusal.English);
        }
    }

    /// <summary>The procedures of the seed, offered by the bench's own authority.</summary>
    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.GetFiles(from, "*.json", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.WriteAllText(target, File.ReadAllText(file).Replace("\"alsdorf\"", "\"bench\"", StringComparison.Ordinal));
        }
    }
}

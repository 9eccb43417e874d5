using Aufruf.Contracts;
using Aufruf.Domain.Outbox;

namespace Aufruf.Simulation.Cases;

/// <summary>The result of some simulated months.</summary>
/// <param name="Broken">The first promise that was not kept; null when all were.</param>
/// <param name="Ends">How many cases stand in each state in the end.</param>
internal sealed record CaseReport(ulong Seed, string? Broken, string Hash, Tally Tally, IReadOnlyList<string> Recent, int Cases, int Claims,
    IReadOnlyDictionary<string, int> ProviderFaults, IReadOnlyDictionary<string, int> Ends);

/// <summary>Some months of a town's cases from one seed: people and troubles, then peace, then the reckoning; and years later once more.
/// </summary>
internal static class CaseMonths
{
    private const int Rounds = 110, Years = 14, MostPeace = 150;

    // The machines sleep between, so timers come late, and several at once.
    private static readonly TimeSpan[] Sleeps = [TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(45), TimeSpan.FromMinutes(4),
        TimeSpan.FromMinutes(35), TimeSpan.FromHours(3), TimeSpan.FromHours(11), TimeSpan.FromHours(20), TimeSpan.FromHours(30),
        TimeSpan.FromDays(2)];

    public static CaseReport Run(ulong seed, int citizens, Sabotage sabotage = Sabotage.None, TextWriter? verbose = null)
    {
        using CaseTown town = new(seed, sabotage, verbose);
        var applicants = Enumerable.Range(0, citizens).Select(_ => new Applicant(town)).ToList();
        Open(town, applicants);
        for (var round = 0; round < Rounds && town.Broken is null; round++)
        {
            Trouble(town);
            Live(town, town.Pause(10, 40));
            town.Clock.Sleep(town.Chance.Of(Sleeps));
        }

        town.IsOver = town.IsHealed = true;
        Heal(town);
        town.Clock.Sleep(TimeSpan.FromDays(2)); // The last questions about payments are asked.
        Settle(town);
        Reckon(town, applicants);
        for (var year = 0; year < Years && town.Broken is null; year++)
        {
            town.Clock.Sleep(TimeSpan.FromDays(300 + town.Chance.Below(130)));
            Settle(town);
        }

        Reckon(town, applicants);
        return new(seed, town.Broken, town.Hash, town.Tally, [.. town.Recent], town.Truth.Cases.Count, town.Truth.Claims.Count,
            town.Provider.Faults, town.Truth.Cases.Values.GroupBy(found => found.State.ToString())
                .ToDictionary(same => same.Key, same => same.Count()));
    }

    private static void Open(CaseTown town, List<Applicant> applicants)
    {
        foreach (var machine in town.Machines)
        {
            machine.Start();
        }

        foreach (var applicant in applicants)
        {
            town.Scheduler.Start("A citizen", applicant.LiveAsync);
        }

        foreach (var name in CaseStaff.Names)
        {
            town.Scheduler.Start($"The clerk {name}", new CaseClerk(town, name).WorkAsync);
        }

        town.Scheduler.Start("The reminders", () => RemindAsync(town));
        town.Scheduler.Start("The mailer", () => MailAsync(town));
    }

    private static void Live(CaseTown town, TimeSpan time) => town.Scheduler.Run(() => town.Broken is not null, town.Clock.Now + time);

    private static void Trouble(CaseTown town)
    {
        var chance = town.Chance;
        void At(Fault fault, double probability, Action what)
        {
            if (town.Happens(fault, probability))
            {
                town.Scheduler.At(town.Clock.Now + town.Pause(0, 20), () =>
                {
                    if (!town.IsHealed)
                    {
                        what();
                    }
                });
            }
        }

        foreach (var machine in town.Machines)
        {
            At(Fault.HubCrash, 0.12, machine.Crash);
            At(Fault.HubCrash, 0.12, () => machine.Now?.DieInWrite());
            At(Fault.SecondActivation, 0.2, () => _ = machine.Now is { } hub ? hub.IsSplit = true : default);
            At(Fault.SecondActivation, 0.2, () => _ = machine.Now is { } hub ? hub.IsSplit = false : default);
            At(Fault.Deactivation, 0.2, () => machine.Now?.Deactivate());
            At(Fault.HubClockStep, 0.1, () => machine.Clock.Off = chance.Hits(0.2) ? town.Pause(-3_600, 3_600) : town.Pause(-4, 4));
        }

        At(Fault.JournalDown, 0.1, () => town.Disk.IsDown = true);
        At(Fault.JournalDown, 0.5, () => town.Disk.IsDown = false);
        At(Fault.JournalSlow, 0.1, () => town.Disk.IsSlow = !town.Disk.IsSlow);
        At(Fault.ClerksSwitched, 0.2, town.Staff.Change);
    }

    private static void Heal(CaseTown town)
    {
        (town.Disk.IsDown, town.Disk.IsSlow) = (false, false);
        foreach (var machine in town.Machines)
        {
            machine.Clock.Off = town.Pause(-0.4, 0.4);
            _ = machine.Now is { } hub ? hub.IsSplit = false : default;
        }
    }

    /// <summary>Nothing waits any more, and nothing is due.</summary>
    private static void Settle(CaseTown town)
    {
        List<string> open = [];
        for (var peace = 0; peace < MostPeace && town.Broken is null; peace++)
        {
            Live(town, TimeSpan.FromSeconds(20));
            open = [.. town.Up.SelectMany(hub => hub.Open()), .. DueIn(town).Select(wheel => $"{wheel} has something due")];
            if (open.Count == 0 && town.Up.ToList() is { Count: 2 } up && up.SelectMany(hub => hub.Runs()).Count() == up[0].Followers)
            {
                return;
            }

            town.Clock.Sleep(TimeSpan.FromSeconds(40));
        }

        town.Break($"Long after the faults something is still open: {string.Join("; ", open.Take(5))}");
    }

    private static void Reckon(CaseTown town, List<Applicant> applicants)
    {
        var isDone = false;
        town.Scheduler.Start("The reckoning", async () =>
        {
            await CasePromises.HoldAsync(town, applicants);
            isDone = true;
        });
        town.Scheduler.Run(() => isDone || town.Broken is not null, town.Clock.Now + TimeSpan.FromMinutes(30));
    }

    private static IEnumerable<string> DueIn(CaseTown town) => town.Truth.Wheels
        .Where(wheel => wheel.Value.Open.Values.Any(deadline => deadline.DueAt < town.Clock.Now - TimeSpan.FromSeconds(5)))
        .Select(wheel => wheel.Key);

    /// <summary>Orleans' timers and reminders: a wheel turns when something in it is due.</summary>
    private static async Task RemindAsync(CaseTown town)
    {
        while (true)
        {
            await town.Scheduler.PauseAsync(town.Pause(0.5, 4));
            foreach (var (stream, _) in town.Truth.Wheels.Where(wheel => wheel.Value.Open.Values.Any(
                deadline => deadline.DueAt <= town.Clock.Now)).ToList())
            {
                await town.AskAsync(hub => hub.CallAsync(stream, home => home.TurnAsync(stream)));
            }
        }
    }

    /// <summary>A mail server that takes all.</summary>
    private static async Task MailAsync(CaseTown town)
    {
        var outbox = Outbox.StreamOf(CaseTown.Authority);
        while (true)
        {
            await town.Scheduler.PauseAsync(town.Pause(5, 20));
            foreach (var message in town.Truth.Outboxes.GetValueOrDefault(outbox, Outbox.Empty).Messages.Values
                .OrderBy(message => message.Id.Value, StringComparer.Ordinal).ToList())
            {
                await DoAsync(new OutboxCommand.BeginSending(message.Id, message.Attempt + 1, town.Clock.Now.AddMinutes(5)));
                await DoAsync(new OutboxCommand.Report(message.Id, message.Attempt + 1, null, 250));
            }
        }

        Task DoAsync(OutboxCommand command)
        {
            var request = town.NewRequest();
            return town.AskAsync(hub => hub.Get<IGrainFactory>().GetGrain<IOutboxGrain>(outbox).Handle(request, command));
        }
    }
}

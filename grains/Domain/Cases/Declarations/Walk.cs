using Aufruf.Domain.Cases.Expressions;

namespace Aufruf.Domain.Cases.Declarations;

/// <summary>Two hundred random citizens fill in a form, and their cases take random steps. None may get stuck.</summary>
public static class Walk
{
    public const int Citizens = 200;

    private const int MostSteps = 60;

    private static readonly DateTimeOffset Start = new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);

    /// <param name="seed">Of the first citizen; the others have the following ones.</param>
    public static IReadOnlyList<Fault> Of(ProcedureDefinition procedure, DateOnly today, Town town, int seed = 1)
    {
        Faults faults = new();
        HashSet<string> seen = [];
        for (var citizen = seed; citizen < seed + Citizens && faults.All.Count == 0; citizen++)
        {
            RandomCitizen random = new(citizen, today, town);
            var evaluation = random.FillIn(procedure);
            if (evaluation.NextPage is { } page || evaluation.Faults.Count > 0)
            {
                var (name, at) = evaluation.NextPage is { } open ? (open.Id, At(procedure, open.Id)) : ("values", procedure.At!["values"]!);
                faults.Add(at ?? procedure.At!, "citizen-stuck", name, citizen,
                    string.Join(", ", evaluation.Faults.Select(f => $"{f.Field}: {f.Code}")));
                continue;
            }

            seen.UnionWith(evaluation.Pages.Select(p => p.Id));
            seen.UnionWith(evaluation.Tasks.Select(t => t.Id));
            var end = Course(evaluation.Plan(), random);
            if (!end.GoesOn)
            {
                faults.Add(procedure.At!["flow"] ?? procedure.At, "case-stuck", end.State, citizen);
            }
        }

        foreach (var (id, at) in faults.All.Count > 0 ? [] : procedure.Pages.Select(page => (page.Id, At(procedure, page.Id)))
            .Concat(procedure.Tasks.Select(task => (task.Id, (JsonPart?)task.Place))).Where(part => !seen.Contains(part.Id)))
        {
            faults.Add(at ?? procedure.At!, "never", id);
        }

        return faults.All;
    }

    /// <summary>The course of a case whose people and clocks do at random that which the skeleton allows.</summary>
    internal static CitizenCase Course(CasePlan plan, RandomCitizen random)
    {
        var (c, now) = (CitizenCase.Empty, Start);
        Take(new CaseCommand.Submit("1-2026-000001", plan, "sealed", CaseActor.Citizen));
        for (var step = 0; step < MostSteps && c.GoesOn && !c.State.IsEnd(); step++)
        {
            now = now.AddHours(random.Below(48));
            Take(random.Command(c, plan, now));
            // Only at a clock is there nothing to do meanwhile.
            if (c.Clock is not CaseClock.None && random.Below(4) == 0)
            {
                now = c.Until > now ? c.Until.Value : now;
                Take(new CaseCommand.EndClock(c.Clock));
            }
        }

        return c;

        void Take(CaseCommand command) => c = c.Decide(command, now).Events.Aggregate(c, (state, happened) => state.Apply(happened));
    }

    private static JsonPart? At(ProcedureDefinition procedure, string page) =>
        procedure.At!["pages"]!.Items.FirstOrDefault(p => p["id"]?.Text == page);
}

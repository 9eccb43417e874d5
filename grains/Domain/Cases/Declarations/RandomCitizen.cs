using System.Text;
using Aufruf.Domain.Cases.Expressions;

namespace Aufruf.Domain.Cases.Declarations;

/// <summary>A citizen who answers at random, but tries again where an answer is not accepted. The same seed answers the same.</summary>
internal sealed class RandomCitizen(int seed, DateOnly today, Town town)
{
    private const int MostTries = 400;

    private static readonly string Hash = new('a', 64);

    private ulong _state = Chance.Mix((ulong)seed);

    public int Below(int n) => (int)((_state = Chance.Mix(_state + 0x9E3779B97F4A7C15)) % (ulong)n);

    public Evaluation FillIn(ProcedureDefinition procedure) => FillIn(procedure, []);

    public Evaluation FillIn(ProcedureDefinition procedure, Dictionary<string, string> answers)
    {
        var evaluation = Evaluation.Of(procedure, answers, today, town);
        HashSet<string> offered = [];
        for (var tries = 0; tries < MostTries && evaluation.NextPage is { } page; tries++)
        {
            // Every second optional question is answered, once.
            foreach (var path in page.Fields.Where(path => offered.Add(path) && Below(2) == 0))
            {
                Answer(procedure, evaluation, answers, path);
            }

            evaluation = Evaluation.Of(procedure, answers, today, town);
            if (evaluation.Faults.FirstOrDefault(fault => page.Fields.Any(f => IsOf(fault.Field, f))) is { } wrong)
            {
                Answer(procedure, evaluation, answers, page.Fields.First(f => IsOf(wrong.Field, f)));
                if (Below(3) == 0)
                {
                    // One answer may be wrong because of another one of the page.
                    Answer(procedure, evaluation, answers, Pick(page.Fields));
                }

                evaluation = Evaluation.Of(procedure, answers, today, town);
            }
        }

        return evaluation;
    }

    /// <summary>Something that anybody may do in this state.</summary>
    public CaseCommand Command(CitizenCase c, CasePlan plan, DateTimeOffset now)
    {
        var name = new ClerkId(Pick(["anna", "bert", "carla"]));
        CaseActor by = new(Pick([CaseRole.Citizen, CaseRole.Clerk, CaseRole.Clerk, CaseRole.Second, CaseRole.Engine]), name, null);
        var clerk = by with { Role = CaseRole.Clerk };
        var open = c.Tasks.Values.Where(task => task.IsOpen).Select(task => task.Id).ToList();
        return Below(9) switch
        {
            0 or 1 when open.Count > 0 => new CaseCommand.ClaimTask(Pick(open), by),
            2 or 3 when open.Count > 0 => new CaseCommand.FinishTask(Pick(open), by, null),
            4 => new CaseCommand.Decide(Pick([DecisionOutcome.Granted, DecisionOutcome.Refused]), clerk, "sealed"),
            5 => c.State is CaseState.Decided && c.ApprovedBy is null && plan.FourEyes
                ? new CaseCommand.Approve(by with { Role = CaseRole.Second })
                : new CaseCommand.Post(DateOnly.FromDateTime(now.Date), now.AddDays(4), now.AddMonths(1), clerk),
            6 => c.State is CaseState.AwaitingPayment ? new CaseCommand.Settle()
                : c.State is CaseState.Supplement ? new CaseCommand.AddMissing(plan, "sealed", CaseActor.Citizen)
                : new CaseCommand.ProposeDestruction(by),
            7 when open.Count > 0 && Below(2) == 0 => new CaseCommand.ForwardTask(Pick(open), "other", null, clerk),
            7 => new CaseCommand.NoteMessage($"m{Below(1000)}", Below(2) == 0) { Text = "sealed", By = clerk },
            _ => new CaseCommand.TakeStep(Pick(Enum.GetValues<CaseStep>()), by, "sealed"),
        };
    }

    private static bool IsOf(string fault, string field) => fault == field || fault.StartsWith($"{field}.", StringComparison.Ordinal);

    private void Answer(ProcedureDefinition procedure, Evaluation evaluation, Dictionary<string, string> answers, string path)
    {
        if (procedure.Pages.SelectMany(p => p.Fields).SelectMany(f => f.Fields.Prepend(f))
            .FirstOrDefault(f => Fits(f.Path, path)) is not { } field)
        {
            return;
        }

        if (field.Type.Parts().Count == 0)
        {
            answers[path] = Word(field, evaluation);
            return;
        }

        foreach (var part in field.Type.Parts())
        {
            answers[$"{path}.{part.Id}"] = part.Id switch
            {
                "postcode" => Below(4) > 0 && town.Postcodes.Count > 0 ? town.Postcodes[Below(town.Postcodes.Count)] : "10115",
                "town" => Below(4) > 0 ? town.Name : "Berlin",
                "number" => $"{Below(90) + 1}",
                _ when part.IsOptional => "",
                _ => Pick(["Zoë", "Łukasz", "Müller-Lüdenscheid", "O’Neil"]),
            };
        }
    }

    /// <summary>"children.2.born" is an answer to the field "children.born".</summary>
    private static bool Fits(string field, string path) =>
        field == path || field == string.Join('.', path.Split('.').Where(part => !part.All(char.IsAsciiDigit)));

    private string Word(Field field, Evaluation evaluation)
    {
        var (min, max) = (field.Min?.Evaluate(evaluation.Situation), field.Max?.Evaluate(evaluation.Situation));
        return field.Type switch
        {
            FieldType.Bool => Pick(["true", "false"]),
            FieldType.Code => Pick(evaluation.Situation.Tables.Codes[field.List!].Codes).Id,
            FieldType.Date => Between((min as Value.Date)?.Is, (max as Value.Date)?.Is).ToString("O", CultureInfo.InvariantCulture),
            FieldType.Time => $"{Below(24):00}:{Below(60):00}",
            FieldType.Datetime => $"{today:yyyy-MM-dd}T{Below(24):00}:00",
            FieldType.Int or FieldType.Number => Number(min, max).ToString(CultureInfo.InvariantCulture),
            FieldType.Money => $"{(min as Value.Money)?.Cents / 100 ?? Below(100)}",
            FieldType.Email => "anna@example.org",
            FieldType.Phone => "02404 500",
            FieldType.Iban => "DE89370400440532013000",
            FieldType.LeitwegId => "04011000-1234512345-06",
            FieldType.File => $"{Hash};{1000 + Below(1000)};{Pick(field.Mime)};proof",
            FieldType.Signature => Hash,
            _ when field.Pattern is not null => OfPattern(field.At!["pattern"]!.Text),
            _ => new string('a', (int)Math.Clamp(1 + Below(12), (min as Value.Number)?.Is ?? 1, (max as Value.Number)?.Is ?? 200)),
        };
    }

    private DateOnly Between(DateOnly? min, DateOnly? max)
    {
        // Near today or far away: both sides of most rules.
        var days = Pick([30, 400, 30_000]);
        var (from, to) = (min ?? (max ?? today.AddDays(days)).AddDays(-days), max ?? (min ?? today).AddDays(days));
        from = from < to.AddDays(-days) && min is null ? to.AddDays(-days) : from;
        return from >= to ? from : from.AddDays(Below(to.DayNumber - from.DayNumber + 1));
    }

    private int Number(Value? min, Value? max)
    {
        var from = (int)((min as Value.Number)?.Is ?? 0);
        return from + Below(Math.Max(1, (int)((max as Value.Number)?.Is ?? from + 100) - from + 1));
    }

    /// <summary>A word for the simple patterns of forms: classes, digits and repeats. Others are tried in vain, and the walk says
    /// so.</summary>
    private string OfPattern(string pattern)
    {
        StringBuilder word = new();
        for (var at = 0; at < pattern.Length;)
        {
            var (letters, next) = Letters(pattern, at);
            var (least, most, end) = Repeats(pattern, next);
            for (var n = least + Below(most - least + 1); n > 0; n--)
            {
                word.Append(letters[Below(letters.Length)]);
            }

            at = end;
        }

        return word.ToString();
    }

    private static (string Letters, int Next) Letters(string pattern, int at)
    {
        if (pattern[at] == '\\' && at + 1 < pattern.Length)
        {
            return (pattern[at + 1] == 'd' ? "0123456789" : pattern[at + 1].ToString(), at + 2);
        }

        var close = pattern.IndexOf(']', at);
        if (pattern[at] != '[' || close < at + 2)
        {
            return (pattern[at] == '.' ? "a" : pattern[at].ToString(), at + 1);
        }

        StringBuilder letters = new();
        for (var i = at + 1; i < close; i++)
        {
            if (i + 2 < close && pattern[i + 1] == '-')
            {
                for (var c = pattern[i]; c <= pattern[i + 2]; c++)
                {
                    letters.Append(c);
                }

                i += 2;
            }
            else
            {
                letters.Append(pattern[i]);
            }
        }

        return (letters.ToString(), close + 1);
    }

    private static (int Least, int Most, int Next) Repeats(string pattern, int at)
    {
        if (at >= pattern.Length || pattern[at] is not ('{' or '?' or '*' or '+'))
        {
            return (1, 1, at);
        }

        if (pattern[at] is not '{' || pattern.IndexOf('}', at) is not (> 0 and var close))
        {
            return (pattern[at] is '+' ? 1 : 0, pattern[at] is '?' ? 1 : 3, at + 1);
        }

        var bounds = pattern[(at + 1)..close].Split(',');
        var least = int.TryParse(bounds[0], CultureInfo.InvariantCulture, out var n) ? Math.Min(n, 100) : 0;
        return (least, bounds.Length == 1 ? least : int.TryParse(bounds[1], CultureInfo.InvariantCulture, out var m)
            ? Math.Clamp(m, least, 100) : least + 2, close + 1);
    }

    private T Pick<T>(IReadOnlyList<T> all) => all[Below(all.Count)];
}

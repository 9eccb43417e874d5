using System.Globalization;
using Aufruf.Contracts;
using Aufruf.Domain.Appointments;
using Aufruf.Portal.Texts;

namespace Aufruf.Portal.Staff.Plans;

/// <summary>Says closures, bookings and steps in words, on the office's clock.</summary>
public sealed class PlanWords(PortalTexts texts, TimeZoneInfo zone)
{
    public string this[string key] => texts[key];

    public string At(DateTimeOffset instant) => TimeZoneInfo.ConvertTime(instant, zone)
        .ToString(texts.Language == "de" ? "d.M.yyyy HH:mm" : "d MMM yyyy HH:mm", texts.Culture);

    public string Day(DateOnly day) => day.ToString(texts.Language == "de" ? "ddd d.M.yyyy" : "ddd d MMM yyyy", texts.Culture);

    /// <summary>"Sa 12.12.2026, 08:00 bis 12:00, 1 Schalter", or that the calendar has changed.</summary>
    public string Of(PlannedClosure? closure) => closure is null ? texts["plan.changed"]
        : (closure.First == closure.Last ? Day(closure.First)
            : texts.Say("period", ("from", Day(closure.First)), ("to", Day(closure.Last))))
        + ", " + texts.Say("period", ("from", closure.From), ("to", closure.To)) + ", " + texts.Count("plan.counters", closure.Counters);

    public string Of(PlanStep step, Func<string?, string> officeName) => step switch
    {
        { Action: PlanAction.Move, From: { } from } =>
            texts.Say("plan.step.move", ("when", At(from)), ("office", officeName(step.Office))),
        { Action: PlanAction.Offer } => texts.Say("plan.step.offer",
            ("times", string.Join("; ", step.Times.Select(time => $"{At(time.From)}, {officeName(time.Office)}")))),
        _ => texts[$"plan.step.{step.Action.ToString().ToLowerInvariant()}"],
    };

    /// <summary>The step that was done, and whether the citizen knows.</summary>
    public IEnumerable<string> Result(PlanLineView line)
    {
        yield return line.Until is { } until ? texts.Say("plan.state.offered", ("until", At(until)))
            : texts[$"plan.state.{line.State.ToString().ToLowerInvariant()}"];
        if (line.Refusal is { } refusal)
        {
            yield return refusal.In(texts.Language);
        }

        if (line.Reached is not Reached.Nothing)
        {
            yield return texts[$"plan.reached.{line.Reached.ToString().ToLowerInvariant()}"];
        }

        if (line is { By: { } by, At: { } at })
        {
            yield return $"{by}, {At(at)}";
        }

        if (line.MovedTo is { } moved)
        {
            yield return texts.Say("plan.now", ("when", At(moved)));
        }
    }

    /// <summary>The value of a step in a form: "keep", "move alsdorf.rathaus alsdorf.rathaus.service 2026-11-30T08:00:00Z", or "offer" with
    /// up to three such times.</summary>
    public static string ValueOf(PlanStep step) => string.Join(' ',
        (string[])[step.Action.ToString().ToLowerInvariant(), .. step.Takes.Select(time => string.Create(CultureInfo.InvariantCulture,
            $"{time.Office} {time.Calendar} {time.From.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}"))]);

    /// <summary>Null: it is no step.</summary>
    public static PlanStep? StepOf(string? value) => value?.Split(' ') switch
    {
        ["keep"] => new(PlanAction.Keep),
        ["cancel"] => new(PlanAction.Cancel),
        ["call"] => new(PlanAction.Call),
        ["move", .. var time] when Times(time) is [var (office, calendar, from)] => new(PlanAction.Move, office, calendar, from),
        ["offer", .. var times] when Times(times) is { Length: > 0 } offered => new(PlanAction.Offer) { Times = offered },
        _ => null,
    };

    private static PlanTime[] Times(string[] words) =>
    [
        .. from time in words.Chunk(3)
           where time.Length == 3
           let begins = DateTimeOffset.TryParse(time[2], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
               ? at.ToUniversalTime() : (DateTimeOffset?)null
           where begins is not null
           select new PlanTime(time[0], time[1], begins.Value),
    ];
}

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

    public string Of(PlanStep step, string officeName) => step.Action is PlanAction.Move && step.From is { } from
        ? texts.Say("plan.step.move", ("when", At(from)), ("office", officeName))
        : texts[$"plan.step.{step.Action.ToString().ToLowerInvariant()}"];

    /// <summary>The step that was done, and whether the citizen knows.</summary>
    public IEnumerable<string> Result(PlanLineView line)
    {
        yield return texts[$"plan.state.{line.State.ToString().ToLowerInvariant()}"];
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

    /// <summary>The value of a step in a form: "keep", or "move alsdorf.rathaus alsdorf.rathaus.service 2026-11-30T08:00:00Z".</summary>
    public static string ValueOf(PlanStep step) => step.Action is PlanAction.Move
        ? $"move {step.Office} {step.Calendar} {step.From?.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}" : step.Action.ToString().ToLowerInvariant();

    /// <summary>Null: it is no step.</summary>
    public static PlanStep? StepOf(string? value) => value?.Split(' ') switch
    {
        ["keep"] => new(PlanAction.Keep),
        ["cancel"] => new(PlanAction.Cancel),
        ["call"] => new(PlanAction.Call),
        ["move", var office, var calendar, var from] when DateTimeOffset.TryParse(from, CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal, out var at) => new(PlanAction.Move, office, calendar, at.ToUniversalTime()),
        _ => null,
    };
}

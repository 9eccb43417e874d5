namespace Aufruf.Hub.Api;

/// <summary>The last part of a counter's address.</summary>
internal readonly record struct CounterAction(string Name) : IParsable<CounterAction>
{
    public const string CallNext = "call-next";
    public const string Call = "call";
    public const string Recall = "recall";
    public const string Arrived = "arrived";
    public const string Finish = "finish";
    public const string Missed = "missed";
    public const string Return = "return";
    public const string Park = "park";
    public const string Resume = "resume";
    public const string Transfer = "transfer";
    public const string SwitchService = "switch-service";
    public const string Undo = "undo";
    public const string Open = "open";
    public const string Close = "close";
    public const string LogIn = "log-in";
    public const string Presence = "presence";
    public const string Emergency = "emergency";
    public const string EmergencyAccept = "emergency-accept";
    public const string EmergencyEnd = "emergency-end";

    /// <summary>Every action, with what its wish must say beside the id.</summary>
    public static IReadOnlyDictionary<string, string?> Known { get; } = new Dictionary<string, string?>
    {
        [CallNext] = null,
        [Call] = "ticket: the one to call",
        [Recall] = null,
        [Arrived] = null,
        [Finish] = null,
        [Missed] = null,
        [Return] = "way: keep-place, to-end, after or at-time",
        [Park] = null,
        [Resume] = "ticket: the parked one",
        [Transfer] = "to: an area, counter, clerk or service",
        [SwitchService] = "service: the one to go on with",
        [Undo] = null,
        [Open] = null,
        [Close] = null,
        [LogIn] = null,
        [Presence] = "presence: ready, pause-after or pause",
        [Emergency] = null,
        [EmergencyAccept] = "from: the counter from which somebody comes",
        [EmergencyEnd] = null,
    };

    public static CounterAction Parse(string s, IFormatProvider? provider) =>
        TryParse(s, provider, out var action) ? action : throw new FormatException($"'{s}' is not an action of a counter.");

    public static bool TryParse(string? s, IFormatProvider? provider, out CounterAction result)
    {
        result = new(s ?? "");
        return Known.ContainsKey(result.Name);
    }
}

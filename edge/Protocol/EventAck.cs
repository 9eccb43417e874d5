namespace Aufruf.Edge.Protocol;

/// <summary>The hub has settled the events named in it: the device may forget exactly these.</summary>
/// <param name="Answers">What became of each event that this acknowledgement settles.</param>
public sealed record EventAck(int V, IReadOnlyList<EventAnswer> Answers);

/// <summary>What became of one event.</summary>
/// <param name="Id">The event's id; null when it could not be read.</param>
/// <param name="Reason">Machine-readable reason of a no, for example "nobody-waiting"; null for a yes.</param>
/// <param name="Text">The same for people, in the office's first language; null for a yes.</param>
public sealed record EventAnswer(Guid? Id, EventOutcome Outcome, string? Reason = null, string? Text = null);

/// <summary>Accepted: done and durable. Refused: an expected no. Ignored: too old or seen on an old face, recorded but not executed. Malformed: not understood.</summary>
public enum EventOutcome { Accepted, Refused, Ignored, Malformed }

namespace Aufruf.Edge.Protocol;

/// <summary>The hub has settled the events named in it: the device may forget exactly these.</summary>
public sealed record EventAck(int V, IReadOnlyList<EventAnswer> Answers);

/// <summary>The result of one event.</summary>
/// <param name="Id">The event's id; null when it could not be read.</param>
/// <param name="Reason">Machine-readable reason of a refusal, for example "nobody-waiting"; null when accepted.</param>
/// <param name="Text">The reason for people, in the office's first language; null when accepted.</param>
public sealed record EventAnswer(Guid? Id, EventOutcome Outcome, string? Reason = null, string? Text = null);

/// <summary>Accepted: done and durable. Refused: an expected refusal. Ignored: too old or pressed on an old face, recorded only.
/// Malformed: not understood.</summary>
public enum EventOutcome { Accepted, Refused, Ignored, Malformed }

using static Aufruf.Domain.Identity.AccessLogCommand;
using static Aufruf.Domain.Identity.AccessLogEvent;

namespace Aufruf.Domain.Identity;

/// <summary>One day of an authority's log of access: every look at personal data, and every figure that left the house.</summary>
/// <remarks>The journal is the log. The state only counts.</remarks>
public sealed record AccessLog(long Count) : IAggregate<AccessLog, AccessLogCommand, AccessLogEvent>
{
    public const string StreamKind = "access";

    public static int Schema => 1;

    public static AccessLog Empty { get; } = new(0);

    /// <summary>"access/alsdorf.2026-11-29", by UTC.</summary>
    public static string StreamOf(string authority, DateOnly day) => $"{StreamKind}/{authority}.{day:yyyy-MM-dd}";

    public Decision<AccessLogEvent> Decide(AccessLogCommand command, DateTimeOffset now) => command switch
    {
        Note c => c.Accesses.Select(AccessLogEvent (access) => new AccessNoted(access, now)).ToArray(),
        _ => throw new UnreachableException(),
    };

    public AccessLog Apply(AccessLogEvent happened) => happened switch
    {
        AccessNoted => new(Count + 1),
        _ => throw new UnreachableException(),
    };
}

/// <summary>A look at personal data.</summary>
/// <param name="Who">The holder of the credential, as it stands there.</param>
/// <param name="Office">Where the right holds: "alsdorf.rathaus"; null: in the whole authority.</param>
/// <param name="Subject">The id of what was opened; never a name, an address or a number of a person.</param>
public sealed record Access(string Who, string? Office, AccessKind What, string Subject, AccessWay Way);

/// <summary>AppointmentList: the names of a day. Plan: names and addresses of those who must move. Person: all about one.
/// Credential: a screen or device lost its own. Search: tickets by number, name or phone; the text is not kept.
/// Case: a citizen's answers.</summary>
[JsonConverter(typeof(KebabEnum<AccessKind>))]
public enum AccessKind { AppointmentList, Appointment, Remarks, Plan, Person, Report, AuditLog, Credential, Search, Case }

[JsonConverter(typeof(KebabEnum<AccessWay>))]
public enum AccessWay { Desk, Page, Program, Command }

[JsonDerivedType(typeof(Note), "note")]
public abstract record AccessLogCommand
{
    private AccessLogCommand() { }

    /// <summary>The accesses of one moment, in one entry.</summary>
    public sealed record Note(IReadOnlyList<Access> Accesses) : AccessLogCommand;
}

/// <summary>Facts about access, each with the name under which it stands in the journal.</summary>
[JsonDerivedType(typeof(AccessNoted), "access-noted")]
public abstract record AccessLogEvent
{
    private AccessLogEvent() { }

    public sealed record AccessNoted(Access Access, DateTimeOffset At) : AccessLogEvent;
}

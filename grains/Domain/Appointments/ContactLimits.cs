using static Aufruf.Domain.Appointments.ContactLimitsCommand;
using static Aufruf.Domain.Appointments.ContactLimitsEvent;

namespace Aufruf.Domain.Appointments;

/// <summary>The appointments to come of each contact, in all offices of an authority.</summary>
/// <remarks>A contact is an HMAC: no address stands here.</remarks>
public sealed record ContactLimits(ImmutableDictionary<string, ImmutableList<Counted>> ByContact)
    : IAggregate<ContactLimits, ContactLimitsCommand, ContactLimitsEvent>
{
    public const string StreamKind = "contact-limits";

    public static int Schema => 1;

    public static ContactLimits Empty { get; } = new(ImmutableDictionary<string, ImmutableList<Counted>>.Empty);

    /// <summary>"contact-limits/alsdorf.3f": one of 256 for each authority, so that a rush is shared among them.</summary>
    public static string StreamOf(string authority, string contact) => $"{StreamKind}/{authority}.{contact[..2]}";

    public Decision<ContactLimitsEvent> Decide(ContactLimitsCommand command, DateTimeOffset now) => command switch
    {
        Count c when Of(c.Contact, now).Any(known => known.Origin == c.Counted.Origin && known.Until == c.Counted.Until) =>
            Array.Empty<ContactLimitsEvent>(),
        Count c => Of(c.Contact, now).Count(known => known.Origin != c.Counted.Origin) < c.Most
            ? new AppointmentCounted(c.Contact, c.Counted, now) : Refusal.TooManyAppointments,
        Uncount c => Of(c.Contact, now).Any(known => known.Origin == c.Origin) ? new AppointmentUncounted(c.Contact, c.Origin, now)
            : Array.Empty<ContactLimitsEvent>(),
        _ => throw new UnreachableException(),
    };

    public ContactLimits Apply(ContactLimitsEvent happened) => happened switch
    {
        AppointmentCounted e => WithoutPast(e.At).With(e.Contact, Without(e.Contact, e.Counted.Origin, e.At).Add(e.Counted)),
        AppointmentUncounted e => With(e.Contact, Without(e.Contact, e.Origin, e.At)),
        _ => throw new UnreachableException(),
    };

    /// <summary>The appointments that a contact has to come.</summary>
    public IEnumerable<Counted> Of(string contact, DateTimeOffset now) =>
        ByContact.GetValueOrDefault(contact, []).Where(known => now < known.Until);

    /// <summary>Contacts with nothing to come are forgotten. A shard has a few hundred.</summary>
    private ContactLimits WithoutPast(DateTimeOffset at) =>
        new(ByContact.RemoveRange(ByContact.Where(known => known.Value.TrueForAll(counted => counted.Until <= at))
            .Select(known => known.Key)));

    private ImmutableList<Counted> Without(string contact, AppointmentId origin, DateTimeOffset at) =>
        ByContact.GetValueOrDefault(contact, []).RemoveAll(known => known.Origin == origin || known.Until <= at);

    private ContactLimits With(string contact, ImmutableList<Counted> counted) =>
        new(counted.IsEmpty ? ByContact.Remove(contact) : ByContact.SetItem(contact, counted));
}

/// <param name="Origin">A moved appointment is the same one.</param>
/// <param name="Until">Afterwards it does not count.</param>
public sealed record Counted(AppointmentId Origin, CalendarWeekKey Week, DateTimeOffset Until);

[JsonDerivedType(typeof(Count), "count")]
[JsonDerivedType(typeof(Uncount), "uncount")]
public abstract record ContactLimitsCommand
{
    private ContactLimitsCommand() { }

    /// <param name="Most">Appointments to come that this contact may have. Staff count without a limit.</param>
    public sealed record Count(string Contact, Counted Counted, int Most) : ContactLimitsCommand;
    public sealed record Uncount(string Contact, AppointmentId Origin) : ContactLimitsCommand;
}

/// <summary>Facts about contacts, each with the name under which it stands in the journal.</summary>
[JsonDerivedType(typeof(AppointmentCounted), "appointment-counted")]
[JsonDerivedType(typeof(AppointmentUncounted), "appointment-uncounted")]
public abstract record ContactLimitsEvent
{
    private ContactLimitsEvent() { }
    public sealed record AppointmentCounted(string Contact, Counted Counted, DateTimeOffset At) : ContactLimitsEvent;
    public sealed record AppointmentUncounted(string Contact, AppointmentId Origin, DateTimeOffset At) : ContactLimitsEvent;
}

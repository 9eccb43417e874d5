namespace Aufruf.Domain.Queues;

/// <summary>Sends the counter's ticket on, with its number: to a counter, clerk or service of this area, or to another area.</summary>
/// <remarks>
/// Two areas have two journals, which cannot commit together. The sending queue keeps the ticket as offered until the other one answers.
/// The hub repeats the offer until then. Each offer has the number of its attempt, and the receiving queue records a rejection.
/// So an offer or an answer that comes late, twice or out of order neither doubles nor loses the ticket.
/// </remarks>
public static class Transfers
{
    extension(Refusal)
    {
        public static Refusal UnknownTarget => new("unknown-target",
            "Dorthin kann das Ticket nicht weitergeleitet werden.", "The ticket cannot be sent there.");

        public static Refusal ClerkNotHere => new("clerk-not-here",
            "Diese Person sitzt gerade an keinem Schalter.", "This clerk is at no counter at the moment.");

        public static Refusal LettersShared => new("letters-shared",
            "Beide Wartebereiche vergeben dieselben Buchstaben; die Nummer wäre dort nicht eindeutig.",
            "Both waiting areas use the same letters; the number would not be unique there.");

        public static Refusal NumberTaken => new("number-taken",
            "Die Nummer ist inzwischen neu vergeben. Bitte geben Sie ein neues Ticket aus.",
            "The number has been given to somebody else. Please issue a new ticket.");
    }

    extension(Queue queue)
    {
        /// <summary>The offers that other areas have not answered, in order of arrival.</summary>
        public IEnumerable<(string Area, OfferTransfer Offer)> OpenOffers
        {
            get
            {
                foreach (var ticket in queue.Underway.Select(id => queue.Tickets[id]).OrderBy(t => t.Place))
                {
                    if (ticket.Transfer is { State: TransferState.Offered, To: { Area: { } area } to })
                    {
                        yield return (area, new OfferTransfer(ticket.Id, ticket.Code, ticket.Number, to.Service ?? ticket.Service,
                            ticket.Language, queue.Key.Area, ticket.TakenAt, ticket.Attempt)
                        {
                            Booked = ticket.Booked,
                            Priority = ticket.Priority,
                            Remark = ticket.Remark,
                            Person = ticket.Person,
                            Case = ticket.Case,
                            Also = ticket.Also,
                            ForCounter = to.Counter,
                            Call = ticket.Transfer.Fetch,
                            Wait = WaitOf(queue, ticket),
                        });
                    }
                }
            }
        }
    }

    /// <summary>A fetched ticket, and one that goes home, has one wait.</summary>
    private static GoingWait? WaitOf(Queue queue, Ticket ticket) => ticket.Transfer is { WaitsOn: true }
        ? new(ticket.HereSince, ticket.DueAt, ticket.NotBefore,
            ticket.NotBeforeCall is { } call ? Math.Max(0, call - queue.CallsMade) : null, ticket.Misses)
        : null;

    internal static Decision<QueueEvent> Decide(Queue queue, Transfer command, Ticket visit, Setting setting, DateTimeOffset now) =>
        WhyNot(queue, command.Counter, command.To, setting)
            ?? Staffing.Leave(queue, command.Counter, new TicketTransferred(visit.Id, command.Counter, command.To, now));

    /// <param name="from">The counter where it is now; null: it waits.</param>
    internal static Refusal? WhyNot(Queue queue, CounterId? from, TransferTarget to, Setting setting)
    {
        var here = setting.Area;
        var there = to.Area is { } area && area != here.Id ? setting.Office.Area(area) : here;
        return there is null ? Refusal.UnknownTarget
            : to.Service is { } service && there.Service(service) is null ? Refusal.UnknownService
            : to.Counter is { } counter && there.Counter(counter) is null ? Refusal.UnknownTarget
            : there == here ? to switch
            {
                { Counter: null, Clerk: null, Service: null } => Refusal.UnknownTarget,
                { Clerk: { } clerk } when queue.SeatOf(clerk) is null && !setting.SitsElsewhere(clerk) => Refusal.ClerkNotHere,
                { Clerk: { } clerk } when from is { } seat && queue.At(seat).Clerk == clerk => Refusal.UnknownTarget,
                { Counter: { } own } when own == from => Refusal.UnknownTarget,
                _ => null,
            }
            // Another area has services and clerks of its own.
            : to.Clerk is not null || to.Service is null ? Refusal.UnknownTarget
            : there.Services.Any(s => here.Services.Any(own => own.Letter == s.Letter)) ? Refusal.LettersShared
            : null;
    }

    /// <summary>Another area offers a ticket.</summary>
    internal static Decision<QueueEvent> Decide(Queue queue, OfferTransfer offer, Setting setting, DateTimeOffset now) =>
        queue.Tickets.TryGetValue(offer.Ticket, out var known) && known.Attempt >= offer.Attempt ? Queue.NothingToDo // Accepted before.
        : queue.Ended ? Refusal.DayIsOver
        : queue.RejectedOffers.GetValueOrDefault(offer.Ticket) >= offer.Attempt ? Refusal.UnknownTarget
        : queue.IsOver(setting, now) ? Reject(offer, Refusal.DayIsOver, now) // Another clock may show another day.
        : queue.IsTakenByAnother(offer.Number, offer.Ticket) ? Reject(offer, Refusal.NumberTaken, now)
        : offer.Call is { } call ? Fetching.Accept(queue, offer, call, setting, now)
        : setting.Area.Service(offer.Service) is null ? Reject(offer, Refusal.UnknownService, now)
        : new Decision<QueueEvent>([
            Accepted(offer, now),
            // Services that this area has not are not wished here: its counters could never give them.
            .. Taking.Details(offer.Ticket, offer.Service, [.. offer.Also.Where(s => setting.Area.Service(s) is not null)], offer.Priority,
                offer.Remark, setting.Area.Rules.AskName ? offer.Person : null, offer.Case, now),
        ]);

    internal static TransferAccepted Accepted(OfferTransfer offer, DateTimeOffset now) => new(offer.Ticket, offer.Code, offer.Number,
        offer.Service, offer.Language, offer.FromArea, offer.TakenAt, offer.Booked, offer.ForCounter, offer.Attempt, now, offer.Wait);

    /// <summary>The rejection is recorded: the ticket goes on in the other area, so a repeat of this offer must not be accepted.</summary>
    internal static Decision<QueueEvent> Reject(OfferTransfer offer, Refusal reason, DateTimeOffset now) =>
        new([new TransferRejected(offer.Ticket, offer.Attempt, reason, now)], reason);

    /// <summary>The other area has answered. A rejected ticket waits here again, or expires when the day is over.</summary>
    internal static Decision<QueueEvent> Decide(Queue queue, CloseTransfer command, DateTimeOffset now) =>
        queue.Tickets.GetValueOrDefault(command.Ticket)?.Transfer is not { State: TransferState.Offered } offered
            || offered.Attempt != command.Attempt ? Queue.NothingToDo
        : command.Outcome is TransferState.Rejected && queue.Ended ? new TransferClosed(command.Ticket, TransferState.Expired, now)
        : new TransferClosed(command.Ticket, command.Outcome, now);

    internal static Queue Apply(Queue queue, TicketTransferred e)
    {
        var before = queue.Tickets[e.Ticket];
        var ticket = before.EndPart(e.At);
        if (e.To.Area is { } area && area != queue.Key.Area)
        {
            return Undoing.Step(queue, e.Counter, e.At, ticket with
            {
                State = TicketState.Transferred,
                EndedAt = e.At,
                Transfer = new(ticket.Attempt + 1, TransferState.Offered, e.To),
            }, c => c.Free());
        }

        return Undoing.Step(queue, e.Counter, e.At, ticket.BackToWaiting() with
        {
            // After a visit the wait counts from now; without an arrival at the counter it goes on.
            DueAt = before.ArrivedAt is null ? ticket.DueAt : e.At,
            Service = e.To.Service ?? ticket.Service,
            Also = [.. ticket.Also.Where(s => s != e.To.Service)],
            ForCounter = e.To.Counter,
            ForClerk = e.To.Clerk,
            KeptFrom = e.To.Counter is null && e.To.Clerk is null ? null : e.At,
        }, c => c.Free());
    }

    internal static Queue Apply(Queue queue, TransferAccepted e)
    {
        var transfer = new AreaTransfer(e.Attempt, TransferState.Accepted, new(queue.Key.Area, e.ForCounter, Service: e.Service));
        return queue.Tickets.TryGetValue(e.Ticket, out var known)
            // A ticket that was here before comes back.
            ? queue.With(known.BackToWaiting() with
            {
                Service = e.Service,
                DueAt = e.Wait?.DueAt ?? e.At,
                NotBefore = e.Wait?.NotBefore,
                NotBeforeCall = e.Wait?.AfterCalls + queue.CallsMade,
                Misses = e.Wait?.Misses ?? known.Misses,
                Also = [],
                Priority = null,
                Remark = null,
                Person = null,
                Case = null,
                ForCounter = e.ForCounter,
                ForClerk = null,
                KeptFrom = e.ForCounter is null ? null : e.At,
                Transfer = transfer with { CallsBefore = known.Calls, Fetch = known.Transfer?.Fetch },
            })
            // Without a fetch its wait here begins now; the wait before belongs to the part that ended there.
            : queue.WithNew(new(e.Ticket, e.Code, e.Number, e.Service, e.Language, Place: queue.Tickets.Count + 1, e.TakenAt)
            {
                HereSince = e.Wait?.HereSince ?? e.At,
                Booked = e.Booked,
                DueAt = e.Wait?.DueAt ?? e.At,
                Misses = e.Wait?.Misses ?? 0,
                FromArea = e.FromArea,
                ForCounter = e.ForCounter,
                KeptFrom = e.ForCounter is null ? null : e.At,
                Transfer = transfer,
            });
    }

    internal static Queue Apply(Queue queue, TransferRejected e) =>
        queue with { RejectedOffers = queue.RejectedOffers.SetItem(e.Ticket, e.Attempt) };

    internal static Queue Apply(Queue queue, TransferClosed e)
    {
        var ticket = queue.Tickets[e.Ticket];
        ticket = ticket with { Transfer = ticket.Transfer is { } open ? open with { State = e.Outcome } : null };
        return queue.With(e.Outcome switch
        {
            TransferState.Accepted => ticket,
            TransferState.Rejected => ticket.BackToWaiting(),
            TransferState.Expired => ticket with { State = TicketState.Expired, EndedAt = e.At },
            _ => throw new UnreachableException(),
        }, isFinal: false);
    }
}

/// <summary>Where a ticket is sent: another area of the office, one counter of this area, or the counter where a clerk sits.</summary>
/// <param name="Area">Another area of the office; then <paramref name="Counter"/> may name one there.</param>
/// <param name="Service">The service that is asked for there; null: the present one.</param>
public sealed record TransferTarget(string? Area = null, CounterId? Counter = null, ClerkId? Clerk = null, ServiceId? Service = null);

/// <summary>The latest transfer of a ticket between two areas. Both areas keep it.</summary>
/// <param name="Attempt">The nth transfer of this ticket: tells an answer about an earlier one from one about the present.</param>
/// <param name="CallsBefore">In the receiving area: how often the ticket had been called there before it came.</param>
/// <param name="WaitsOn">Its wait goes on there, and does not begin anew.</param>
/// <param name="Fetch">In the area where it waited: the call for which it was fetched last.</param>
public sealed record AreaTransfer(int Attempt, TransferState State, TransferTarget To, int CallsBefore = 0, bool WaitsOn = false,
    FetchCall? Fetch = null);

[JsonConverter(typeof(KebabEnum<TransferState>))]
public enum TransferState
{
    /// <summary>The other area has not answered.</summary>
    Offered,
    /// <summary>The other area has the ticket.</summary>
    Accepted,
    /// <summary>The other area cannot have the ticket: it waits in the first area again.</summary>
    Rejected,
    /// <summary>The first area takes the ticket back; the other one has not answered.</summary>
    Withdrawn,
    /// <summary>Rejected after the day was over: the ticket ends.</summary>
    Expired,
}

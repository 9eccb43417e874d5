using System.Text.Json;
using Aufruf.Grains;

namespace Aufruf.Hub.Push;

/// <summary>The places of a ticket's sealed texts: none can be put into the place of another.</summary>
internal static class SealedPlaces
{
    public static string Person(TicketId ticket) => $"{ticket}/person";

    public static string Notice(TicketId ticket) => $"{ticket}/notice";

    /// <summary>Null: nothing was written down, or the vault is away.</summary>
    public static TicketPerson? PersonOf(Vault vault, QueueKey queue, Ticket ticket) =>
        vault.Open(Subject.Of(queue), Person(ticket.Id), ticket.Person) is { } text
            ? JsonSerializer.Deserialize<TicketPerson>(text, JsonSerializerOptions.Web) : null;

    /// <summary>The clerk's own words on the ticket's page; null: a fixed message, or none.</summary>
    public static string? NoticeOf(Vault vault, QueueKey queue, Ticket ticket) =>
        vault.Open(Subject.Of(queue), Notice(ticket.Id), ticket.Notice?.Text);
}

/// <summary>The citizen of a ticket, as a clerk wrote it down. It is deleted at the end of the day.</summary>
public sealed record TicketPerson(string Name, string? Phone = null, int Persons = 1);

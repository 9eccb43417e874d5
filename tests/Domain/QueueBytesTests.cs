using System.Text.Json;
using Aufruf.Domain;
using Aufruf.Domain.Queues;
using static Aufruf.Tests.Domain.QueueDay;
using static Aufruf.Tests.Running.SmallOffice;

namespace Aufruf.Tests.Domain;

/// <summary>What a hub saves of a queue for its next start: everything, and nothing is guessed when it is damaged.</summary>
public class QueueBytesTests
{
    /// <summary>A ticket of which everything is known that can be known.</summary>
    private static readonly Ticket Full = new(Id(1), Code(1), new('B', 42), Passport, "tr", 1, Now.AddTicks(1), TicketState.Parked, 3, One, Now.AddMinutes(1), Now.AddMinutes(2), Now.AddMinutes(3), Now.AddMinutes(4))
    {
        DueAt = Now.AddMinutes(5),
        HereSince = Now.AddMinutes(6),
        Wanted = Residence,
        Booked = new(2026, 11, 23, 10, 0, 0, TimeSpan.FromHours(1)),
        Priority = "wheelchair",
        Also = [Collection, Residence],
        Remark = "sealed",
        ForCounter = Three,
        ForClerk = new("anna"),
        NotBefore = Now.AddMinutes(7),
        NotBeforeCall = 17,
        WakeAt = Now.AddMinutes(8),
        Misses = 2,
        Parts = [new(Passport, One, Now, null, Now.AddMinutes(1)), new(Residence, Three, Now, Now.AddMinutes(1), Now.AddMinutes(2))],
        PartCalledAt = Now.AddMinutes(9),
        CutOff = true,
        FromArea = "hall",
        ToArea = "upstairs",
        OnItsWay = new("upstairs", Three, new("bert"), Collection),
        Journeys = 4,
        Changes = 5,
    };

    private static string Json(Ticket ticket) => JsonSerializer.Serialize(ticket, DomainJson.Options);

    [Fact]
    public void The_full_ticket_leaves_nothing_out()
    {
        using var json = JsonDocument.Parse(Json(Full));
        Assert.All(json.RootElement.EnumerateObject(), p => Assert.True(
            p.Value.ValueKind is not (JsonValueKind.Null or JsonValueKind.False) && p.Value.ToString() is not ("0" or "[]" or ""), $"{p.Name} is not set: fill it, so that the next test sees it."));
    }

    [Fact]
    public void Every_part_of_a_ticket_is_saved()
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        TicketBytes.Write(writer, [Full, new Ticket(Id(2), Code(2), new('A', 1), Passport, "de", 2, Now), Full]);
        bytes.Position = 0;
        using var reader = new BinaryReader(bytes);
        var read = TicketBytes.Read(reader);
        Assert.Equal([Json(Full), Json(new Ticket(Id(2), Code(2), new('A', 1), Passport, "de", 2, Now)), Json(Full)], read.Select(Json));
        Assert.Equal(bytes.Length, bytes.Position);
    }

    [Fact]
    public void A_queue_is_the_same_after_the_way_to_bytes_and_back()
    {
        var queue = Given(Opened(One), ForPassport(1), ForPassport(2), ForResidence(3), Called(1, One), Served(1, One), Called(2, One)).Queue;
        Assert.Equal(Text(queue), Text(QueueBytes.Read(QueueBytes.Write(queue))));
        Assert.Equal(Text(Queue.Empty(queue.Key)), Text(QueueBytes.Read(QueueBytes.Write(Queue.Empty(queue.Key)))));
    }

    [Fact]
    public void Bytes_that_were_cut_off_anywhere_are_no_queue()
    {
        var whole = QueueBytes.Write(Given(Opened(One), ForPassport(1), Called(1, One)).Queue);
        Assert.All(Enumerable.Range(0, whole.Length), length => Assert.Throws<InvalidDataException>(() => QueueBytes.Read(whole.AsMemory(0, length))));
    }
}

using System.Text.Json;
using Aufruf.Domain;
using Aufruf.Domain.Queues;
using Aufruf.Tests.Running;
using static Aufruf.Domain.Queues.QueueCommand;
using static Aufruf.Tests.Domain.QueueDay;
using static Aufruf.Tests.Running.SmallOffice;

namespace Aufruf.Tests.Domain;

public class JsonTests
{
    [Fact]
    public void A_queue_that_crosses_to_another_hub_is_the_same_there()
    {
        var queue = Given(Opened(One), ForPassport(1), ForPassport(2), ForResidence(3), Called(1, One), Served(1, One), Called(2, One)).Queue;
        Assert.Equal(Text(queue), Text(There(queue)));
    }

    [Fact]
    public void A_queue_that_crossed_goes_on_where_it_was()
    {
        var queue = Given(Opened(One), Taken(1, 'A', 1, SmallOffice.Passport), Called(1, One), Taken(2, 'A', 999, SmallOffice.Passport), ForResidence(3)).Queue;
        QueueCommand[] wishes = [Take(4, SmallOffice.Passport), new CallNext(Three), new CallNext(One), new CloseCounter(Three), new Finish(One), Take(5, SmallOffice.Passport)];
        foreach (var wish in wishes)
        {
            var (here, there) = (queue.Decide(wish, Area, Now), There(queue).Decide(wish, Area, Now));
            Assert.Equal(here.Events, there.Events);
            Assert.Equal(here.Refusal, there.Refusal);
            queue = here.Events.Aggregate(queue, (q, e) => q.Apply(e));
        }

        Assert.Equal(Id(5), There(queue).Find(Code(5))?.Id);
    }

    [Theory]
    [InlineData("\"A1\"")]
    [InlineData("\"A0421\"")]
    [InlineData("\"A-42\"")]
    [InlineData("42")]
    [InlineData("null")]
    public void A_ticket_number_is_read_strictly(string json) =>
        Assert.ThrowsAny<Exception>(() => JsonSerializer.Deserialize<TicketNumber>(json, DomainJson.Options));

    [Theory]
    [InlineData("""{"$type":"call-next","counter":null}""")]
    [InlineData("""{"$type":"take-ticket","ticket":"00000001-0000-0000-0000-000000000000","code":"x","service":"y"}""")]
    [InlineData("""{"$type":"call-somebody","counter":"1"}""")]
    public void An_incomplete_wish_is_not_read(string json) =>
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<QueueCommand>(json, DomainJson.Options));

    [Fact]
    public void A_refusal_is_a_word_and_never_a_number()
    {
        Assert.Equal("\"nobody-waiting\"", JsonSerializer.Serialize(Refusal.NobodyWaiting, DomainJson.Options));
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<Refusal>("0", DomainJson.Options));
    }

    [Fact]
    public void A_queue_key_starts_with_the_authority_and_ends_with_the_day()
    {
        Assert.Equal("town.rathaus.hall.2026-11-23", Key.ToString());
        Assert.Equal(Key, QueueKey.Parse(Key.ToString()));
        Assert.Equal("town.rathaus.hall", Key.AreaKey);
        Assert.Equal("town.rathaus", Key.OfficeKey);
    }

    [Theory]
    [InlineData("")]
    [InlineData("town.rathaus.hall")]
    [InlineData("town.rathaus.hall.2026-13-01")]
    [InlineData("town.rathaus.hall.23.11.2026")]
    [InlineData(".rathaus.hall.2026-11-23")]
    [InlineData("town.rathaus.hall.2026-11-23.x")]
    public void What_is_no_queue_key_is_told_so(string text)
    {
        Assert.False(QueueKey.TryParse(text, out _));
        Assert.Throws<FormatException>(() => QueueKey.Parse(text));
    }

    private static Queue There(Queue queue) => JsonSerializer.Deserialize<Queue>(JsonSerializer.Serialize(queue, DomainJson.Options), DomainJson.Options)!;
}

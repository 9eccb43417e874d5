using Aufruf.Contracts;
using Aufruf.Domain;
using Aufruf.Domain.Queues;
using Aufruf.Grains;
using Aufruf.Grains.Subscriptions;
using Aufruf.Hub.Gateway;
using Aufruf.Hub.Offices;
using Aufruf.Tests.Domain;
using Aufruf.Tests.Running;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using static Aufruf.Domain.Queues.QueueCommand;

namespace Aufruf.Tests.Hub;

/// <summary>The messages between two areas, as one of several hubs carries them.</summary>
public sealed class TransferPostTests : IDisposable
{
    private const string Remark = "Kommt mit Kinderwagen";
    private readonly TempFolder _folder = new();
    private readonly FakeTimeProvider _clock = new(SmallOffice.Nine);
    private readonly MemoryJournal _journal = new();
    private readonly Vault _vault;
    private readonly MemoryQueues _queues;

    public TransferPostTests()
    {
        _vault = new(StoredVaultKeys.InSqlite(_folder.File("vault.db"), _folder.File("vault.key")));
        _queues = new(_journal, TwoAreas.Office, _clock);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task An_area_that_only_another_hub_knows_decides_itself_and_gets_the_remark()
    {
        await SendUpAsync(1);
        OfficeDirectory older = new(TwoAreas.Office with { Areas = [TwoAreas.Hall] });
        TransferPost post = new(_queues, older, _vault, NullLogger<TransferPost>.Instance);
        var (area, offer) = Assert.Single((await _queues.ViewAsync(SmallOffice.Key)).Queue.OpenOffers);
        await post.OfferAsync(SmallOffice.Key, area, offer);
        var there = (await _queues.ViewAsync(TwoAreas.FloorKey)).Queue.Tickets[offer.Ticket];
        Assert.Equal((TicketState.Waiting, Remark),
            (there.State, await _vault.OpenAsync(Subject.Of(TwoAreas.FloorKey), offer.Ticket.ToString(), there.Remark)));
        Assert.Equal(TransferState.Accepted, (await _queues.ViewAsync(SmallOffice.Key)).Queue.Tickets[offer.Ticket].Transfer?.State);
    }

    [Fact]
    public async Task Of_many_tickets_that_wait_for_another_area_each_is_offered_once_in_a_round()
    {
        for (var n = 1; n <= 5; n++)
        {
            await SendUpAsync(n);
        }

        StoppedArea queues = new(_queues);
        TransferPost post = new(queues, new(TwoAreas.Office), _vault, NullLogger<TransferPost>.Instance);
        Transferring transfers = new(post, queues,
            new(_journal, Checkpoints.InSqlite(_folder.File("subscriptions.db")), OneHub.Only, _clock), NullLogger<Transferring>.Instance);
        await foreach (var entry in _journal.ReadFromAsync(0, QueueKey.StreamKind, Stop))
        {
            await transfers.TakeAsync(entry, Stop);
        }

        Assert.Equal(5, queues.Offered);
    }

    private async Task SendUpAsync(int n)
    {
        var remark = await _vault.SealAsync(Subject.Of(SmallOffice.Key), null, QueueDay.Id(n).ToString(), Remark);
        foreach (var command in (QueueCommand[])[new TakeTicket(QueueDay.Id(n), QueueDay.Code(n), SmallOffice.Passport, "de"),
            new WriteRemark(QueueDay.Id(n), remark), new CallNext(SmallOffice.One),
            new Transfer(SmallOffice.One, new("floor", Service: TwoAreas.Marriage))])
        {
            Assert.Null((await _queues.HandleAsync(SmallOffice.Key, new(Guid.NewGuid()), command)).Refusal);
        }
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>The other area's queue cannot be reached.</summary>
    private sealed class StoppedArea(IQueues inner) : IQueues
    {
        public int Offered { get; private set; }

        public Task<Answer<QueueEvent>> HandleAsync(QueueKey queue, RequestId request, QueueCommand command)
        {
            if (command is not OfferTransfer)
            {
                return inner.HandleAsync(queue, request, command);
            }

            Offered++;
            throw new UnreadableStreamException("stopped");
        }

        public Task<QueueView> ViewAsync(QueueKey queue, long atLeast = 0) => inner.ViewAsync(queue, atLeast);
    }
}

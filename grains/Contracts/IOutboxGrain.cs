using Aufruf.Domain;
using Aufruf.Domain.Outbox;

namespace Aufruf.Contracts;

/// <summary>Key: "outbox/alsdorf".</summary>
public interface IOutboxGrain : IGrainWithStringKey
{
    Task<Answer<OutboxEvent>> Handle(RequestId request, OutboxCommand command);

    Task<Outbox> View();

    /// <summary>Forgets what it knows and reads the journal: another process may have written.</summary>
    Task ReadAgain();
}

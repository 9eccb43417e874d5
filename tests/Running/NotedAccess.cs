using Aufruf.Contracts;
using Aufruf.Domain.Identity;

namespace Aufruf.Tests.Running;

/// <summary>A log of access in memory.</summary>
internal sealed class NotedAccess : IAccessBook
{
    public List<(string Authority, Access Access)> All { get; } = [];

    /// <summary>True: the journal cannot be written.</summary>
    public bool IsAway { get; set; }

    public Task NoteAsync(string authority, Access access)
    {
        if (IsAway)
        {
            throw new JournalUnavailableException("The disk is full.");
        }

        All.Add((authority, access));
        return Task.CompletedTask;
    }

    public Task<AccessFound> SearchAsync(string authority, AccessQuery query, CancellationToken cancellationToken) =>
        throw new NotSupportedException("The page searches the journal.");

    public IAsyncEnumerable<AccessRow> ReadAsync(string authority, AccessQuery query, CancellationToken cancellationToken) =>
        throw new NotSupportedException("The page searches the journal.");
}

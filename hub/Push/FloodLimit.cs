using System.IO.Pipelines;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR;

namespace Aufruf.Hub.Push;

/// <summary>Closes a live connection that sends more than any screen does: answers to heartbeats and now and then "snapshot".</summary>
/// <remarks>It counts bytes, so it limits a loop of any message.</remarks>
internal static class FloodLimit
{
    // A board sends 30 bytes a second.
    private const int BytesPerSecond = 256;
    private const int Burst = 4096;

    /// <summary>Maps a live hub, as MapHub does, behind the limit.</summary>
    public static IEndpointConventionBuilder MapLive<THub>(this IEndpointRouteBuilder app, string pattern)
        where THub : Microsoft.AspNetCore.SignalR.Hub =>
        app.MapConnections(pattern, live => live.Use(next => connection => LimitAsync(connection, next)).UseHub<THub>())
            .WithMetadata([.. typeof(THub).GetCustomAttributes(inherit: true), new HubMetadata(typeof(THub))]);

    private static async Task LimitAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        await using var limit = new TokenBucketRateLimiter(new()
        {
            TokenLimit = Burst,
            TokensPerPeriod = BytesPerSecond,
            ReplenishmentPeriod = TimeSpan.FromSeconds(1),
            AutoReplenishment = false,
        });
        var original = connection.Transport;
        connection.Transport = new Both(new CountingReader(original.Input, bytes =>
        {
            limit.TryReplenish();
            using var lease = limit.AttemptAcquire((int)Math.Min(bytes, Burst));
            if (!lease.IsAcquired)
            {
                connection.Abort();
            }
        }), original.Output);
        try
        {
            await next(connection);
        }
        finally
        {
            connection.Transport = original;
        }
    }

    private sealed record Both(PipeReader Input, PipeWriter Output) : IDuplexPipe;

    private sealed class CountingReader(PipeReader inner, Action<long> arrived) : PipeReader
    {
        private System.Buffers.ReadOnlySequence<byte> _read;
        private long _unread;

        public override async ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default) =>
            Counted(await inner.ReadAsync(cancellationToken));

        public override bool TryRead(out ReadResult result)
        {
            var read = inner.TryRead(out result);
            if (read)
            {
                Counted(result);
            }

            return read;
        }

        private ReadResult Counted(ReadResult result)
        {
            _read = result.Buffer;
            if (_read.Length > _unread)
            {
                arrived(_read.Length - _unread);
            }

            return result;
        }

        public override void AdvanceTo(SequencePosition consumed) => AdvanceTo(consumed, consumed);

        public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
        {
            _unread = _read.Slice(consumed).Length;
            inner.AdvanceTo(consumed, examined);
        }

        public override void CancelPendingRead() => inner.CancelPendingRead();

        public override void Complete(Exception? exception = null) => inner.Complete(exception);
    }
}

using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;

namespace Aufruf.Hub.Gateway;

/// <summary>Closes a connection that announces an MQTT packet larger than any device needs, before it is buffered.</summary>
/// <remarks>MQTTnet's server has no such limit: five bytes of an unauthenticated client could claim 256 MB.</remarks>
internal static class PacketLimit
{
    public const int Bytes = 16 * 1024;

    private const string TooLarge = "The MQTT packet is too large.";

    public static IConnectionBuilder UsePacketLimit(this IConnectionBuilder builder, int limit, LimitedLog refusals) =>
        builder.Use(next => async connection =>
    {
        var original = connection.Transport;
        connection.Transport = new LimitedPipe(new LimitedReader(original.Input, limit, bytes =>
        {
            refusals.Write(log => HubLog.PacketTooLarge(log, bytes, limit));
            connection.Abort(new ConnectionAbortedException(TooLarge));
        }), original.Output);
        try
        {
            await next(connection);
        }
        finally
        {
            connection.Transport = original;
        }
    });

    private sealed record LimitedPipe(PipeReader Input, PipeWriter Output) : IDuplexPipe;

    private sealed class LimitedReader(PipeReader inner, int limit, Action<long> tooLarge) : PipeReader
    {
        public override async ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
        {
            var result = await inner.ReadAsync(cancellationToken);
            Check(result.Buffer);
            return result;
        }

        public override bool TryRead(out ReadResult result)
        {
            var read = inner.TryRead(out result);
            if (read)
            {
                Check(result.Buffer);
            }

            return read;
        }

        // The unread bytes start with a packet's fixed header: one byte of type, then the length in up to four bytes of seven bits.
        private void Check(ReadOnlySequence<byte> unread)
        {
            var reader = new SequenceReader<byte>(unread);
            reader.Advance(Math.Min(1, unread.Length));
            long length = 0;
            for (var shift = 0; shift < 28 && reader.TryRead(out var part); shift += 7)
            {
                length |= (long)(part & 0x7F) << shift;
                if (length > limit)
                {
                    tooLarge(length);
                    throw new ConnectionAbortedException(TooLarge);
                }

                if ((part & 0x80) == 0)
                {
                    return;
                }
            }
        }

        public override void AdvanceTo(SequencePosition consumed) => inner.AdvanceTo(consumed);
        public override void AdvanceTo(SequencePosition consumed, SequencePosition examined) => inner.AdvanceTo(consumed, examined);
        public override void CancelPendingRead() => inner.CancelPendingRead();
        public override void Complete(Exception? exception = null) => inner.Complete(exception);
    }
}

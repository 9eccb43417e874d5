using System.Buffers.Binary;
using System.Buffers.Text;
using System.IO.Pipelines;
using Aufruf.Domain.Identity;
using Aufruf.Hub.Gateway;
using Aufruf.Hub.Identity;
using Aufruf.Hub.Voice;
using Aufruf.Tests.Running;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Aufruf.Tests.Hub;

public class SmallThingsTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public void A_secret_is_32_random_bytes_and_never_the_same()
    {
        var secrets = Enumerable.Range(0, 100).Select(_ => Secret.New("town.rathaus", "anna")).ToArray();
        Assert.Equal(100, secrets.Select(s => s.Text).Distinct().Count());
        Assert.All(secrets, s => Assert.Equal(32, Base64Url.DecodeFromChars(s.Text).Length));
        Assert.All(secrets, s => Assert.Equal(s, Secret.Parse(s.Token)));
        Assert.All(secrets, s => Assert.DoesNotContain(s.Text, s.Hash, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("abc")]
    [InlineData("town.rathaus~anna")]
    [InlineData("town.rathaus~anna~")]
    [InlineData("~anna~x")]
    [InlineData("town.rathaus~anna~x~y")]
    public void A_malformed_token_is_not_looked_up(string? token) => Assert.Null(Secret.Parse(token));

    [Fact]
    public void A_token_of_endless_length_is_not_hashed() => Assert.Null(Secret.Parse("town.rathaus~anna~" + new string('x', 10_000)));

    [Fact]
    public void The_hash_of_a_secret_never_changes_its_form() =>
        Assert.Equal("ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0", new Secret("o", "h", "abc").Hash);

    [Fact]
    public void A_token_opens_its_own_office_and_holder_only()
    {
        var book = new CredentialCache();
        var secret = Secret.New("town.rathaus", "anna");
        book.Announce("credentials/town.rathaus", 1, new Credentials(
            Credentials.Empty.ByHolder.Add("anna", new Credential(CredentialKind.Display, "anna", secret.Hash, SmallOffice.Nine))), null);
        Assert.Equal(CredentialKind.Display, book.Find(secret)?.Kind);
        Assert.Null(book.Find(secret with { Place = "other.rathaus" }));
        book.Announce("credentials/other.rathaus", 1, Credentials.Empty, null);
        Assert.Null(book.Of("other.rathaus").ByHolder.GetValueOrDefault("anna"));
    }

    [Fact]
    public void A_wrong_secret_opens_nothing()
    {
        var credential = new Credential(CredentialKind.Device, "box-1", Secret.New("o", "box-1").Hash, SmallOffice.Nine);
        Assert.False(Secret.New("o", "box-1").Opens(credential));
        Assert.False(new Secret("o", "box-1", "").Opens(credential with { SecretHash = "" }));
    }

    [Fact]
    public void The_chime_is_a_sound_file_of_its_full_length_that_ends_in_silence()
    {
        var wav = Chime.Wav;
        Assert.Equal("RIFF"u8.ToArray(), wav[..4]);
        Assert.Equal("WAVEfmt "u8.ToArray(), wav[8..16]);
        Assert.Equal(wav.Length - 8, BinaryPrimitives.ReadInt32LittleEndian(wav.AsSpan(4)));
        Assert.Equal(wav.Length - 44, BinaryPrimitives.ReadInt32LittleEndian(wav.AsSpan(40)));
        Assert.Equal((1, 1, 44_100, 88_200, 16),
            (BinaryPrimitives.ReadInt16LittleEndian(wav.AsSpan(20)), BinaryPrimitives.ReadInt16LittleEndian(wav.AsSpan(22)),
            BinaryPrimitives.ReadInt32LittleEndian(wav.AsSpan(24)), BinaryPrimitives.ReadInt32LittleEndian(wav.AsSpan(28)),
                BinaryPrimitives.ReadInt16LittleEndian(wav.AsSpan(34))));
        var samples = Enumerable.Range(0, (wav.Length - 44) / 2)
            .Select(i => (int)BinaryPrimitives.ReadInt16LittleEndian(wav.AsSpan(44 + (i * 2)))).ToArray();
        Assert.Equal((int)(1.7 * 44_100), samples.Length);
        Assert.InRange(samples.Max(Math.Abs), 10_000, 30_000);
        Assert.InRange(Math.Abs(samples[^1]), 0, 50);
    }

    [Theory]
    [InlineData(new byte[] { 0x30, 0x80, 0x08 }, false)] // 1,024 bytes: the limit itself.
    [InlineData(new byte[] { 0x30, 0x81, 0x08 }, true)] // One more.
    [InlineData(new byte[] { 0x10, 0xFF, 0xFF, 0xFF, 0x7F }, true)] // 256 MB in five bytes.
    [InlineData(new byte[] { 0xC0, 0x00 }, false)] // A ping.
    public async Task A_packet_larger_than_any_device_needs_is_refused_by_its_first_bytes(byte[] header, bool refused)
    {
        await using var services = new ServiceCollection().BuildServiceProvider();
        var log = new ListLogger<Aufruf.Hub.LimitedLog>();
        var (wire, replies) = (new Pipe(), new Pipe());
        var read = new TaskCompletionSource<byte[]>();
        var refusals = new Aufruf.Hub.LimitedLog(TimeProvider.System, log);
        var serve = new ConnectionBuilder(services).UsePacketLimit(1024, refusals).Run(async connection =>
        {
            var result = await connection.Transport.Input.ReadAsync(Stop);
            read.SetResult([.. result.Buffer.First.Span]);
        }).Build();
        // Not disposed: Abort cancels its token on another thread, and would find it gone.
        var connection = new DefaultConnectionContext("c", new Duplex(wire.Reader, replies.Writer),
            new Duplex(replies.Reader, wire.Writer));
        await wire.Writer.WriteAsync(header, Stop);
        if (refused)
        {
            await Assert.ThrowsAsync<ConnectionAbortedException>(() => serve(connection));
            Assert.Single(log.Lines);
        }
        else
        {
            await serve(connection);
            Assert.Equal(header, await read.Task);
        }
    }

    [Fact]
    public void Repeated_refused_connections_are_rate_limited_in_the_log()
    {
        var (clock, log) = (new FakeTimeProvider(), new ListLogger<Aufruf.Hub.LimitedLog>());
        var refusals = new Aufruf.Hub.LimitedLog(clock, log);
        for (var knock = 0; knock < 1000; knock++)
        {
            refusals.Write(to => Aufruf.Hub.HubLog.DeviceRefused(to, "a/b", "192.0.2.1", "wrong password"));
        }

        Assert.Equal(30, log.Lines.Count(line => line.Contains("wrong password", StringComparison.Ordinal)));
        Assert.Single(log.Lines, line => line.Contains("only counted", StringComparison.Ordinal));
        clock.Advance(TimeSpan.FromMinutes(1));
        refusals.Write(to => Aufruf.Hub.HubLog.DeviceRefused(to, "a/b", "192.0.2.1", "wrong password"));
        Assert.Equal(32, log.Lines.Count);
    }

    [Fact]
    public void Strangers_do_not_silence_the_lines_about_a_known_device()
    {
        var (clock, log) = (new FakeTimeProvider(), new ListLogger<Aufruf.Hub.LimitedLog>());
        var limited = new Aufruf.Hub.LimitedLog(clock, log);
        for (var n = 0; n < 500; n++)
        {
            limited.Write(to => Aufruf.Hub.HubLog.DeviceRefused(to, "a/b", "192.0.2.1", "wrong password"));
            limited.Write(to => Aufruf.Hub.HubLog.TopicDenied(to, "o/box-1", "x"), "o/box-1");
        }

        limited.Write(to => Aufruf.Hub.HubLog.TopicDenied(to, "o/box-2", "x"), "o/box-2");
        Assert.Equal((30, 30, 1, 2), (Lines("a/b"), Lines("Device o/box-1"), Lines("Device o/box-2"), Lines("only counted")));

        int Lines(string part) => log.Lines.Count(line => line.Contains(part, StringComparison.Ordinal));
    }

    [Fact]
    public void Two_devices_with_one_name_are_named_once_and_forgotten_when_it_is_over()
    {
        var (clock, log) = (new FakeTimeProvider(), new ListLogger<Aufruf.Hub.LimitedLog>());
        var twins = new Twins(clock, new Aufruf.Hub.LimitedLog(clock, log));
        twins.TakenOver("o/box-3"); // After a cut cable.
        clock.Advance(TimeSpan.FromMinutes(2));
        twins.TakenOver("o/box-3");
        twins.TakenOver("o/box-3");
        Assert.False(twins.IsTwice("o/box-3"));
        for (var n = 0; n < 100; n++)
        {
            twins.TakenOver("o/box-3");
        }

        Assert.Equal((true, false), (twins.IsTwice("o/box-3"), twins.IsTwice("o/box-4")));
        Assert.Single(log.Lines, line => line.Contains("o/box-3", StringComparison.Ordinal));
        clock.Advance(TimeSpan.FromMinutes(11));
        Assert.False(twins.IsTwice("o/box-3"));
    }

    private sealed record Duplex(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}

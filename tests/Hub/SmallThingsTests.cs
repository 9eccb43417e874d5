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
    public void What_is_no_token_is_not_even_looked_up(string? token) => Assert.Null(Secret.Parse(token));

    [Fact]
    public void A_token_of_endless_length_is_not_hashed() => Assert.Null(Secret.Parse("town.rathaus~anna~" + new string('x', 10_000)));

    [Fact]
    public void The_hash_of_a_secret_never_changes_its_form() =>
        Assert.Equal("ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0", new Secret("o", "h", "abc").Hash);

    [Fact]
    public async Task A_token_opens_its_own_office_and_holder_only()
    {
        var book = new CredentialBook(new FakeTimeProvider());
        var secret = Secret.New("town.rathaus", "anna");
        book.Announce("town.rathaus.credentials", 0, 1, new Credentials(Credentials.None.ByHolder.Add("anna", new Credential(CredentialKind.Clerk, "anna", secret.Hash, SmallOffice.Nine))), null);
        Assert.Equal(CredentialKind.Clerk, (await book.FindAsync(secret, NoGrains.Factory))?.Kind);
        Assert.Null(await book.FindAsync(secret with { Office = "other.rathaus" }, NoGrains.Factory));
        book.Announce("other.rathaus.credentials", 0, 1, Credentials.None, null);
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
        Assert.Equal((1, 1, 44_100, 88_200, 16), (BinaryPrimitives.ReadInt16LittleEndian(wav.AsSpan(20)), BinaryPrimitives.ReadInt16LittleEndian(wav.AsSpan(22)),
            BinaryPrimitives.ReadInt32LittleEndian(wav.AsSpan(24)), BinaryPrimitives.ReadInt32LittleEndian(wav.AsSpan(28)), BinaryPrimitives.ReadInt16LittleEndian(wav.AsSpan(34))));
        var samples = Enumerable.Range(0, (wav.Length - 44) / 2).Select(i => (int)BinaryPrimitives.ReadInt16LittleEndian(wav.AsSpan(44 + (i * 2)))).ToArray();
        Assert.Equal((int)(1.7 * 44_100), samples.Length);
        Assert.InRange(samples.Max(Math.Abs), 10_000, 30_000);
        Assert.InRange(Math.Abs(samples[^1]), 0, 50);
    }

    [Fact]
    public void A_device_may_talk_in_a_burst_and_then_at_its_rate()
    {
        var clock = new FakeTimeProvider();
        var rate = new MessageRate(clock, perSecond: 10);
        Assert.Equal(20, Enumerable.Range(0, 50).Count(_ => rate.Take()));
        clock.Advance(TimeSpan.FromMilliseconds(100));
        Assert.Equal([true, false], [rate.Take(), rate.Take()]);
        clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(20, Enumerable.Range(0, 50).Count(_ => rate.Take()));
    }

    [Fact]
    public void A_flood_is_told_once_a_minute()
    {
        var clock = new FakeTimeProvider();
        var rate = new MessageRate(clock, perSecond: 1);
        Assert.Equal([true, true, false], [rate.Take(), rate.Take(), rate.Take()]);
        Assert.True(rate.WorthSaying);
        Assert.False(rate.Take());
        Assert.False(rate.WorthSaying);
        clock.Advance(TimeSpan.FromSeconds(61));
        Assert.Equal([true, true, false], [rate.Take(), rate.Take(), rate.Take()]);
        Assert.True(rate.WorthSaying);
    }

    [Theory]
    [InlineData(new byte[] { 0x30, 0x80, 0x08 }, false)] // 1,024 bytes: the limit itself.
    [InlineData(new byte[] { 0x30, 0x81, 0x08 }, true)] // One more.
    [InlineData(new byte[] { 0x10, 0xFF, 0xFF, 0xFF, 0x7F }, true)] // 256 MB in five bytes.
    [InlineData(new byte[] { 0xC0, 0x00 }, false)] // A ping.
    public async Task A_packet_larger_than_any_device_needs_is_refused_by_its_first_bytes(byte[] header, bool refused)
    {
        await using var services = new ServiceCollection().BuildServiceProvider();
        var log = new ListLogger<MqttBroker>();
        var (wire, replies) = (new Pipe(), new Pipe());
        var read = new TaskCompletionSource<byte[]>();
        var serve = new ConnectionBuilder(services).UsePacketLimit(1024, new StrangerLog(TimeProvider.System, log)).Run(async connection =>
        {
            var result = await connection.Transport.Input.ReadAsync(Stop);
            read.SetResult([.. result.Buffer.First.Span]);
        }).Build();
        // Not disposed: Abort cancels its token on another thread, and would find it gone.
        var connection = new DefaultConnectionContext("c", new Duplex(wire.Reader, replies.Writer), new Duplex(replies.Reader, wire.Writer));
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
    public void Whoever_knocks_all_night_does_not_fill_the_log()
    {
        var (clock, log) = (new FakeTimeProvider(), new ListLogger<MqttBroker>());
        var strangers = new StrangerLog(clock, log);
        for (var knock = 0; knock < 1000; knock++)
        {
            strangers.Tell(to => Aufruf.Hub.HubLog.DeviceRefused(to, "a/b", "192.0.2.1", "wrong password"));
        }

        Assert.Equal(30, log.Lines.Count(line => line.Contains("wrong password", StringComparison.Ordinal)));
        Assert.Single(log.Lines, line => line.Contains("only counted", StringComparison.Ordinal));
        clock.Advance(TimeSpan.FromMinutes(1));
        strangers.Tell(to => Aufruf.Hub.HubLog.DeviceRefused(to, "a/b", "192.0.2.1", "wrong password"));
        Assert.Equal(32, log.Lines.Count);
    }

    private sealed record Duplex(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}

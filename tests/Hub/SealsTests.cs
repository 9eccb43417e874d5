using Aufruf.Domain;
using Aufruf.Hub.Identity;
using Aufruf.Tests.Domain;
using Aufruf.Tests.Running;
using Npgsql;

namespace Aufruf.Tests.Hub;

/// <summary>Remarks are sealed before the journal sees them, and nobody can read them when the day is over.</summary>
public sealed class SealsTests(Postgres postgres) : IDisposable
{
    private const string Remark = "Frau Ünal kommt mit Übersetzerin 🙂";
    private static readonly TicketId One = QueueDay.Id(1), Two = QueueDay.Id(2);
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private string KeyFile => Path.Combine(_folder.Path, "seals.db");

    private Seals Seals() => new(new SqliteSealKeys(KeyFile));

    [Fact]
    public void A_sealed_remark_can_be_opened_and_shows_nothing()
    {
        var seals = Seals();
        var text = seals.Seal(SmallOffice.Key, One, Remark);
        Assert.Equal(Remark, seals.Open(SmallOffice.Key, One, text));
        Assert.Matches("^[A-Za-z0-9_-]+$", text);
        Assert.NotEqual(text, seals.Seal(SmallOffice.Key, One, Remark));
    }

    [Fact]
    public void After_a_restart_it_can_still_be_opened()
    {
        var text = Seals().Seal(SmallOffice.Key, One, Remark);
        Assert.Equal(Remark, Seals().Open(SmallOffice.Key, One, text));
    }

    [Fact]
    public void A_remark_moved_to_another_ticket_or_queue_or_altered_opens_to_nothing()
    {
        var seals = Seals();
        var text = seals.Seal(SmallOffice.Key, One, Remark);
        seals.Seal(TwoAreas.FloorKey, One, "x");
        Assert.Null(seals.Open(SmallOffice.Key, Two, text));
        Assert.Null(seals.Open(TwoAreas.FloorKey, One, text));
        Assert.Null(seals.Open(SmallOffice.Key, One, text[..^2] + (text[^2] == 'A' ? 'B' : 'A') + text[^1]));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("clear text, never sealed")]
    [InlineData("AAAA")]
    [InlineData("%%%")]
    public void What_was_never_sealed_opens_to_nothing(string? text)
    {
        var seals = Seals();
        seals.Seal(SmallOffice.Key, One, Remark);
        Assert.Null(seals.Open(SmallOffice.Key, One, text));
    }

    [Fact]
    public void When_the_day_is_over_its_remarks_are_gone_and_the_next_days_are_not()
    {
        var (seals, tomorrow) = (Seals(), SmallOffice.Key with { Day = SmallOffice.Day.AddDays(1) });
        var (yesterdays, todays) = (seals.Seal(SmallOffice.Key, One, Remark), seals.Seal(tomorrow, One, Remark));
        var key = new SqliteSealKeys(KeyFile).Find(SmallOffice.Key) ?? throw new InvalidOperationException();
        Assert.True(File.ReadAllBytes(KeyFile).AsSpan().IndexOf(key) > 0);
        seals.DestroyBefore(tomorrow.Day);
        Assert.Equal((null, Remark), (seals.Open(SmallOffice.Key, One, yesterdays), seals.Open(tomorrow, One, todays)));
        Assert.Equal((null, Remark), (Seals().Open(SmallOffice.Key, One, yesterdays), Seals().Open(tomorrow, One, todays)));
        Assert.Equal(-1, File.ReadAllBytes(KeyFile).AsSpan().IndexOf(key)); // Overwritten, not only forgotten.
    }

    [Fact]
    public void A_ticket_that_is_sent_to_another_area_takes_its_remark_along()
    {
        var seals = Seals();
        var text = seals.Seal(SmallOffice.Key, One, Remark);
        Assert.Equal(Remark, seals.Open(TwoAreas.FloorKey, One, seals.Move(SmallOffice.Key, TwoAreas.FloorKey, One, text)));
        Assert.Null(seals.Move(SmallOffice.Key, TwoAreas.FloorKey, One, null));
    }

    [Fact]
    public async Task Several_hubs_on_one_PostgreSQL_share_the_keys()
    {
        await using var database = NpgsqlDataSource.Create(await postgres.NewDatabaseAsync());
        var (one, other) = (new Seals(new PostgresSealKeys(database)), new Seals(new PostgresSealKeys(database)));
        Assert.Equal("x", other.Open(SmallOffice.Key, Two, one.Seal(SmallOffice.Key, Two, "x")));
        var text = other.Seal(SmallOffice.Key, One, Remark);
        Assert.Equal(Remark, one.Open(SmallOffice.Key, One, text));
        one.DestroyBefore(SmallOffice.Day.AddDays(1));
        Assert.Null(new Seals(new PostgresSealKeys(database)).Open(SmallOffice.Key, One, text));
    }
}

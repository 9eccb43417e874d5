using System.Collections.Immutable;
using Aufruf.Domain.Offices;
using Aufruf.Hub.Offices;
using Aufruf.Hub.Push;
using Aufruf.Hub.Running;
using Aufruf.Tests.Domain;
using Aufruf.Tests.Running;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Time.Testing;

namespace Aufruf.Tests.Hub;

/// <summary>A board that shows nothing current is known within a minute: in the log, in the health and at the desk.</summary>
public sealed class BoardWatchTests
{
    private const string Board = "town.rathaus.wall";

    private static readonly Office WithBoard = SmallOffice.Office with
    {
        Areas = [SmallOffice.Area with { Boards = [new("wall", ImmutableDictionary<Aufruf.Domain.CounterId, Arrow>.Empty, [])] }],
    };

    private readonly FakeTimeProvider _clock = new(SmallOffice.Nine);
    private readonly ListLogger<Beats> _log = new();
    private readonly OfficeDirectory _offices = new(WithBoard);
    private readonly LiveAreas _areas;

    public BoardWatchTests()
    {
        var journal = new MemoryJournal();
        _areas = new(new MemoryQueues(journal, WithBoard, _clock), journal, _clock, new ListLogger<LiveAreas>());
    }

    [Fact]
    public async Task A_board_that_never_connected_is_named_once() => await PassAsync(seconds: 120, answers: _ => false, silentAfter: 0,
        "never connected");

    [Fact]
    public async Task A_board_that_freezes_or_is_closed_is_named_once() => await PassAsync(seconds: 300, answers: second => second <= 60,
        silentAfter: 60, "frozen, closed or cut off");

    /// <param name="answers">Whether the board answers the beat of a second.</param>
    private async Task PassAsync(int seconds, Func<int, bool> answers, int silentAfter, string words)
    {
        _areas.Boards.Look(_offices.All, _log);
        for (var second = 5; second <= seconds; second += 5)
        {
            _clock.Advance(TimeSpan.FromSeconds(5));
            if (answers(second))
            {
                _areas.Boards.Answered(Board, "screen", "connection");
            }

            _areas.Boards.Look(_offices.All, _log);
            Assert.True(second < silentAfter + 60 || _areas.Boards.Silent.Count() == 1, $"Not known after {second} s.");
            Assert.True(second > silentAfter + 30 || !_areas.Boards.Silent.Any(), $"Named too early, after {second} s.");
        }

        Assert.Contains(words, Assert.Single(_log.Lines), StringComparison.Ordinal);
        Assert.Contains(Board, _log.Lines.Single(), StringComparison.Ordinal);
        Assert.Equal(HealthStatus.Degraded, (await new BoardHealth(_areas).CheckHealthAsync(new())).Status);
        var desk = new DeskView(WithBoard, WithBoard.Areas[0], SmallOffice.One, new("anna"), [], _ => null)
        {
            SilentBoards = _areas.Boards.SilentIn(WithBoard),
        };
        var queue = QueueDay.Given().Queue;
        var moving = DeskMoving.Of(desk, queue, _clock.GetUtcNow());
        Assert.Equal([new DeskBoard("wall", 1, 1, SmallOffice.Nine.AddSeconds(silentAfter))],
            DeskPicture.Whole(desk, new(queue, 0), [], _clock.GetUtcNow(), "build").SilentBoards);
        Assert.False(moving.IsSame(DeskMoving.Of(desk with { SilentBoards = [] }, queue, _clock.GetUtcNow())));

        _areas.Boards.Answered(Board, "screen", "connection");
        _areas.Boards.Look(_offices.All, _log);
        Assert.Empty(_areas.Boards.Silent);
        Assert.Contains("answers again", _log.Lines.Last(), StringComparison.Ordinal);
        Assert.Equal(HealthStatus.Healthy, (await new BoardHealth(_areas).CheckHealthAsync(new())).Status);
    }

    [Fact]
    public void Of_several_screens_with_one_board_each_is_watched()
    {
        Answer("left", "c1");
        Answer("right", "c2");
        Pass(60, "right"); // The left one is frozen: its connection is still there.
        Assert.Equal((1, 2), Silent());
        _areas.Boards.Left(Board, "left", "c1", wasClosed: false);
        Pass(60, "right");
        Assert.Equal((1, 2), Silent());
        Assert.Contains($"{Board} (1 of 2 screens)", Assert.Single(_log.Lines), StringComparison.Ordinal);

        Answer("left", "c3"); // It wakes up: its page connects again, and only then the old connection ends.
        _areas.Boards.Left(Board, "left", "c1", wasClosed: false);
        Pass(60, "left", "right");
        Assert.Null(Silent());

        _areas.Boards.Left(Board, "left", "c3", wasClosed: false); // A new computer takes its place.
        Answer("new", "c4");
        Pass(60, "right", "new");
        Assert.Null(Silent());

        _areas.Boards.Left(Board, "new", "c4", wasClosed: true); // A visitor looked at the board, and closed the page.
        Pass(60, "right");
        Assert.Null(Silent());

        _areas.Boards.Left(Board, "right", "c2", wasClosed: true); // The last one: the hall has no board.
        Pass(60);
        Assert.Equal((1, 1), Silent());

        for (var n = 0; n < 100; n++)
        {
            Answer($"{n}", $"d{n}");
        }

        Pass(60);
        Assert.Equal((20, 20), Silent());

        void Answer(string screen, string connection) => _areas.Boards.Answered(Board, screen, connection);

        void Pass(int seconds, params string[] answering)
        {
            for (var second = 0; second < seconds; second += 5)
            {
                _clock.Advance(TimeSpan.FromSeconds(5));
                foreach (var screen in answering)
                {
                    Answer(screen, screen switch { "left" => "c3", "new" => "c4", _ => "c2" });
                }

                _areas.Boards.Look(_offices.All, _log);
            }
        }

        (int, int)? Silent() => _areas.Boards.Silent.SingleOrDefault() is { } silent ? (silent.Silent, silent.Screens) : null;
    }

    [Fact]
    public async Task The_beats_look_and_a_board_that_left_the_configuration_is_missed_by_nobody()
    {
        using var end = new CancellationTokenSource();
        var screens = new Aufruf.Hub.LimitedLog(_clock, new ListLogger<Aufruf.Hub.LimitedLog>());
        var beats = new Beats(_areas, _offices, new FakeLink(), _clock, screens, _log).RunAsync(end.Token);
        for (var beat = 0; beat < 12; beat++)
        {
            _clock.Advance(TimeSpan.FromSeconds(5));
        }

        for (; !_areas.Boards.Silent.Any(); await Task.Yield())
        {
            Assert.False(beats.IsCompleted);
            _clock.Advance(TimeSpan.FromSeconds(5));
        }

        _offices.Take(SmallOffice.Office.Key, 1, new(SmallOffice.Office, "test", null));
        _areas.Boards.Look(_offices.All, _log);
        Assert.Empty(_areas.Boards.Silent);
        Assert.Single(_log.Lines, line => line.Contains(Board, StringComparison.Ordinal));
        await end.CancelAsync();
    }
}

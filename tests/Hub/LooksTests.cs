using Aufruf.Contracts;
using Aufruf.Domain.Identity;
using Aufruf.Hub.Audit;
using Aufruf.Tests.Running;
using Microsoft.Extensions.Time.Testing;

namespace Aufruf.Tests.Hub;

/// <summary>One look at a list is one entry in the log of access.</summary>
public class LooksTests
{
    private static readonly Guid Panel = Guid.NewGuid(), Anna = Guid.NewGuid(), Bert = Guid.NewGuid();
    private readonly NotedAccess _log = new();
    private readonly FakeTimeProvider _clock = new(SmallOffice.Nine);
    private readonly Looks _looks;

    public LooksTests() => _looks = new(_log, _clock);

    private Task LookAsync(Guid? look, string term, params Guid[] shown) => LookAsync("clerk-1", look, term, shown);

    private Task LookAsync(string who, Guid? look, string term, params Guid[] shown) => _looks.NoteAsync(
        "town", new(who, "town.rathaus", AccessKind.Search, "town.rathaus.hall", AccessWay.Desk), look, term, shown);

    [Fact]
    public async Task An_open_panel_that_reads_itself_again_is_one_look_until_it_shows_somebody_more()
    {
        await LookAsync(Panel, "müller", Anna);
        await LookAsync(Panel, "müller", Anna);
        await LookAsync(Panel, "müller");
        Assert.Single(_log.All);
        await LookAsync(Panel, "müller", Anna, Bert);
        await LookAsync(Panel, "müller", Bert);
        Assert.Equal(2, _log.All.Count);
    }

    [Fact]
    public async Task Another_term_another_panel_another_clerk_and_a_program_are_looks_of_their_own()
    {
        await LookAsync(Panel, "müller", Anna);
        await LookAsync(Panel, "meier", Anna);
        await LookAsync(Guid.NewGuid(), "müller", Anna);
        await LookAsync("clerk-2", Panel, "müller", Anna);
        await LookAsync(null, "müller", Anna);
        await LookAsync(null, "müller", Anna);
        Assert.Equal(6, _log.All.Count);
    }

    [Fact]
    public async Task A_panel_that_nobody_read_for_long_is_a_new_look()
    {
        await LookAsync(Panel, "müller", Anna);
        for (var minutes = 0; minutes < 60; minutes += 20)
        {
            _clock.Advance(TimeSpan.FromMinutes(20));
            await LookAsync(Panel, "müller", Anna);
        }

        Assert.Single(_log.All);
        _clock.Advance(TimeSpan.FromMinutes(31));
        await LookAsync(Panel, "müller", Anna);
        Assert.Equal(2, _log.All.Count);
    }

    [Fact]
    public async Task A_look_that_could_not_be_noted_is_noted_later()
    {
        _log.IsAway = true;
        await Assert.ThrowsAsync<JournalUnavailableException>(() => LookAsync(Panel, "müller", Anna));
        _log.IsAway = false;
        await LookAsync(Panel, "müller", Anna);
        Assert.Single(_log.All);
    }

    [Fact]
    public async Task However_many_panels_are_opened_none_is_lost_and_the_memory_has_a_limit()
    {
        for (var panel = 0; panel < 3_000; panel++)
        {
            await LookAsync(Guid.NewGuid(), "müller", Anna);
        }

        Assert.Equal(3_000, _log.All.Count);
    }
}

using Aufruf.Simulation;

namespace Aufruf.Tests.Simulated;

[Trait("Length", "long")]
public sealed class SimulatedDaysTests
{
    [Fact]
    public void The_same_seed_gives_the_same_day()
    {
        var (first, second, other) = (Day.Run(20), Day.Run(20), Day.Run(19)); // Short days.

        Assert.Equal(first.Hash, second.Hash);
        Assert.Equal(first.Tally.Steps, second.Tally.Steps);
        Assert.NotEqual(first.Hash, other.Hash);
    }

    // A simulator that has never failed has proved nothing: each of these days is broken on purpose.

    [Fact]
    public void A_hub_that_forgets_request_ids_is_noticed() =>
        Notices(Sabotage.HubForgetsRequestIds, "nobody made", "effect twice", "not in the journal");

    [Fact]
    public void A_journal_that_acknowledges_before_it_is_durable_is_noticed() =>
        Notices(Sabotage.JournalAnswersEarly, "not durable", "not in the journal", "journal does not", "journal has another");

    [Fact]
    public void A_board_that_applies_gaps_is_noticed() => NoticesFrom(13, Sabotage.BoardAppliesGaps, "Board");

    [Fact]
    public void A_device_that_forgets_on_send_is_noticed() => NoticesFrom(20, Sabotage.DeviceForgetsOnSend, "never settled");

    [Fact]
    public void A_hub_that_carries_out_old_presses_is_noticed() =>
        NoticesFrom(16, Sabotage.HubCarriesOutOldPresses, "s old was carried out");

    [Fact]
    public void A_device_that_prints_a_command_twice_is_noticed() => Notices(Sabotage.DevicePrintsTwice, "printed twice");

    [Fact]
    public void Screens_that_run_ahead_of_the_journal_are_noticed() => Notices(Sabotage.ScreensRunAhead, "not durable");

    [Fact]
    public void A_parked_ticket_that_is_forgotten_at_the_days_end_is_noticed() =>
        NoticesFrom(20, Sabotage.DayEndForgetsTheParked, "nothing waits over night");

    [Fact]
    public void A_step_taken_back_though_others_went_on_from_it_is_noticed() =>
        NoticesFrom(6, Sabotage.UndoTakesFromOthers, "somebody else has had the ticket");

    [Fact]
    public void A_saved_state_that_does_not_know_its_requests_is_noticed() =>
        NoticesFrom(1, Sabotage.SnapshotsForgetRequestIds, "nobody made", "effect twice", "not in the journal", "was set twice");

    [Fact]
    public void A_deadline_that_is_repeated_under_another_request_is_noticed() =>
        NoticesFrom(3, Sabotage.DeadlinesForgetRequestIds, "was carried out twice");

    [Fact]
    public void A_wheel_that_believes_a_clock_that_has_stepped_is_noticed() =>
        Notices(Sabotage.DeadlinesTrustAnyClock, "before its time");

    [Fact]
    public void Reports_that_lose_entries_are_noticed() => NoticesFrom(20, Sabotage.ReportsLoseEntries, "The reports");

    private static void Notices(Sabotage sabotage, params string[] oneOf) => NoticesFrom(1, sabotage, oneOf);

    /// <param name="first">A rare sabotage is looked for from a day on that shows it. A late one begins at a short day.</param>
    private static void NoticesFrom(ulong first, Sabotage sabotage, params string[] oneOf)
    {
        for (var seed = first; seed < first + 40; seed++)
        {
            if (Day.Run(seed, sabotage).Broken is { } broken)
            {
                Assert.True(oneOf.Any(part => broken.Contains(part, StringComparison.Ordinal)), $"Noticed, but something else: {broken}");
                return;
            }
        }

        Assert.Fail($"Forty days with {sabotage} were called good.");
    }
}

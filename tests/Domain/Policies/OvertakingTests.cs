using Aufruf.Domain;
using Aufruf.Domain.Offices;
using Aufruf.Domain.Queues.Policies;
using CsCheck;

namespace Aufruf.Tests.Domain.Policies;

/// <summary>Who may go before whom, and at most by how much: the sentences in Policy.cs, held on generated days.</summary>
public class OvertakingTests
{
    private static readonly DateTimeOffset Eight = new(2026, 11, 23, 8, 0, 0, TimeSpan.FromHours(1));

    /// <summary>Somebody was called while somebody else, due earlier, waited for the same counter.</summary>
    private sealed record Overtaking(Candidate Called, Candidate Passed, double PassedCalledAt);

    // Arrivals in half minutes since the one before, service and class; then the minutes between two calls.
    private static readonly Gen<((int Gap, int Service, int Class)[] People, int Between)> Days =
        Gen.Select(Gen.Select(Gen.Int[0, 12], Gen.Int[0, 1], Gen.Int[0, 4]).Array[1, 120], Gen.Int[1, 8]);

    [Fact]
    public void First_come_first_served_overtakes_nobody() => Days.Sample((people, between) =>
        Assert.Empty(Play(AreaRules.Default with { Policy = PolicyKind.Fifo }, people, between)));

    [Fact]
    public void Accumulating_priority_lets_nobody_pass_who_became_due_in_the_last_part_of_the_wait() => Days.Sample((people, between) =>
    {
        var rates = AreaRules.Default.Rates;
        foreach (var one in Play(AreaRules.Default, people, between))
        {
            var wait = one.PassedCalledAt - Minutes(one.Passed);
            var share = 1 - (rates.Of(one.Passed.Class) / rates.Of(one.Called.Class));
            Assert.True(Minutes(one.Called) - Minutes(one.Passed) <= (share * wait) + 1e-6, $"{one} after {wait} min");
        }
    });

    [Fact]
    public void Accumulating_priority_never_lets_a_slower_class_pass() => Days.Sample((people, between) =>
        Assert.All(Play(AreaRules.Default, people, between), one => Assert.True(AreaRules.Default.Rates.Of(one.Called.Class) > AreaRules.Default.Rates.Of(one.Passed.Class))));

    [Fact]
    public void Appointments_first_lets_nobody_pass_who_becomes_due_after_the_patience() => Gen.Select(Days, Gen.Int[0, 60]).Sample((day, patience) =>
        Assert.All(Play(AreaRules.Default with { Policy = PolicyKind.AppointmentsFirst, PatienceMinutes = patience }, day.People, day.Between),
            one => Assert.True(Minutes(one.Called) - Minutes(one.Passed) <= patience)));

    [Fact]
    public void Under_every_policy_equals_keep_their_order() => Gen.Select(Days, Gen.Int[0, 2]).Sample((day, policy) =>
        Assert.DoesNotContain(Play(AreaRules.Default with { Policy = (PolicyKind)policy }, day.People, day.Between),
            one => one.Called.Service == one.Passed.Service && one.Called.Class == one.Passed.Class));

    /// <summary>One group of counters that may call everybody: a call every so many minutes, as long as anybody waits.</summary>
    private static List<Overtaking> Play(AreaRules rules, (int Gap, int Service, int Class)[] people, int between)
    {
        var at = 0.0;
        var coming = new Queue<Candidate>(people.Select((p, i) =>
            new Candidate(new(new Guid(i, 0, 0, new byte[8])), new($"s{p.Service}"), (WaitingClass)p.Class, Eight.AddMinutes(at += p.Gap / 2.0), i)).ToArray());
        var (waiting, passed, done) = (new List<Candidate>(), new List<(Candidate Called, Candidate Passed)>(), new Dictionary<TicketId, double>());
        for (var now = 0.0; coming.Count + waiting.Count > 0; now += between)
        {
            while (coming.TryPeek(out var next) && Minutes(next) <= now)
            {
                waiting.Add(coming.Dequeue());
            }

            if (waiting.Count == 0)
            {
                continue;
            }

            var called = rules.Next(waiting.GroupBy(c => (c.Service, c.Class)).Select(line => line.Min()).ToArray(), Eight.AddMinutes(now));
            waiting.Remove(called);
            done[called.Ticket] = now;
            passed.AddRange(waiting.Where(other => other < called).Select(other => (called, other)));
        }

        return [.. passed.Select(p => new Overtaking(p.Called, p.Passed, done[p.Passed.Ticket]))];
    }

    private static double Minutes(Candidate candidate) => (candidate.DueAt - Eight).TotalMinutes;
}

using System.Net.Http.Json;
using Aufruf.Domain.Identity;
using Aufruf.Tests.Running;

namespace Aufruf.Tests.Browser;

/// <summary>Walks by mouse and key through all that has a screen: no fault of a page, no answer 5xx, no dead end.</summary>
public sealed class RandomWalkTests(Hall hall, Chromium chromium) : IClassFixture<Hall>
{
    private static readonly int Walks = Proof.Times(check: 2, full: 170), Steps = Proof.Times(check: 12, full: 15);

    /// <summary>The pages where walks begin, one after the other.</summary>
    private static readonly Dictionary<string, string[]> Starts = new()
    {
        ["desk"] = [Hall.DeskAddress("3")],
        ["portal"] = ["/"],
        ["booking"] = ["/book"],
        ["staff"] = ["/staff", "/staff/alsdorf/roles"],
        ["town"] = ["/staff/alsdorf/town", "/staff/alsdorf/provider", "/staff/alsdorf/people"],
    };

    public static TheoryData<string> Places => Proof.Some(check: 2, "staff", "portal", "town", "desk", "kiosk", "booking");

    [Theory, MemberData(nameof(Places))]
    public async Task A_walk_finds_no_fault_and_no_dead_end(string place)
    {
        // Two at a time: a walk waits for its pages.
        await Parallel.ForEachAsync(Enumerable.Range(1, Walks), new ParallelOptions
        { MaxDegreeOfParallelism = 2, CancellationToken = TestContext.Current.CancellationToken }, async (seed, _) => await WalkAsync(place, seed));

        Assert.DoesNotContain(hall.Hub.Words.Split('\n'), line => line.StartsWith("Error ", StringComparison.Ordinal)
            || line.StartsWith("Critical ", StringComparison.Ordinal));
    }

    private async Task WalkAsync(string place, int seed)
    {
        // Somebody waits. A walk at the desk may have stopped the kiosk's tickets, so a clerk enters this one.
        using var entered = await hall.Hub.Clerk.PostAsJsonAsync($"/api/v1/areas/{TestHub.Area}/tickets",
            new { requestId = Guid.CreateVersion7(), service = "ausweis", language = "de" }, TestContext.Current.CancellationToken);
        await using var window = await chromium.OpenAsync(1280, 800);
        if (place is "staff" or "desk" or "town")
        {
            // A walk may lock or end its session, and guess passwords.
            var walker = await hall.Hub.HireAsync("alsdorf", $"{place}-{seed}", (Role.InCharge.Id, TestHub.Office),
                (Role.AdministratorId, place == "desk" ? TestHub.Office : "alsdorf"));
            await window.EnterAsync(hall.Hub, "/staff", person: walker);
            await window.SeesAsync("form[action^='/staff/sign-out']");
        }

        await new RandomWalk(window, hall.Hub.Address, seed).GoAsync(
            Starts.TryGetValue(place, out var starts) ? starts[(seed - 1) % starts.Length] : hall.KioskAddress, Steps);
    }
}

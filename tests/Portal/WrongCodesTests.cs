using Aufruf.Portal.Web;
using Aufruf.Tests.Running;

namespace Aufruf.Tests.Portal;

/// <summary>Guessing leads to a pause, for the caller and for the code.</summary>
public class WrongCodesTests
{
    private readonly WallClock _clock = new();
    private readonly WrongCodes _codes;

    public WrongCodesTests() => _codes = new(_clock);

    [Fact]
    public void After_twenty_wrong_codes_a_caller_waits_five_minutes_and_others_do_not()
    {
        Wrong(WrongCodes.Most - 1, "caller 1");
        Assert.Null(_codes.PauseOf("caller 1"));
        Wrong(1, "caller 1");
        Assert.Equal(5, _codes.PauseOf("caller 1")!.Value.TotalMinutes, 0.1);
        Assert.Null(_codes.PauseOf("caller 2", "code x"));
        _clock.Step += TimeSpan.FromMinutes(4);
        Wrong(5, "caller 1"); // A request that was under way makes the pause no longer.
        Assert.Equal(1, _codes.PauseOf("caller 1")!.Value.TotalMinutes, 0.1);
        _clock.Step += TimeSpan.FromMinutes(2);
        Assert.Null(_codes.PauseOf("caller 1"));
        Wrong(WrongCodes.Most - 1, "caller 1");
        Assert.Null(_codes.PauseOf("caller 1"));
    }

    [Fact]
    public void A_code_that_many_callers_try_has_a_pause_too()
    {
        for (var n = 0; n < WrongCodes.Most; n++)
        {
            _codes.Count($"caller {n}", "code x");
        }

        Assert.NotNull(_codes.PauseOf("caller new", "code x"));
        Assert.Null(_codes.PauseOf("caller 3", "code y"));
    }

    [Fact]
    public void A_wrong_code_now_and_then_leads_to_no_pause()
    {
        for (var hour = 0; hour < 100; hour++)
        {
            Wrong(3, "caller 1");
            Assert.Null(_codes.PauseOf("caller 1"));
            _clock.Step += TimeSpan.FromMinutes(11);
        }
    }

    private void Wrong(int times, string key)
    {
        for (var n = 0; n < times; n++)
        {
            _codes.Count(key);
        }
    }
}

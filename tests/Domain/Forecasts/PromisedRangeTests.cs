using Aufruf.Domain.Forecasts;
using CsCheck;

namespace Aufruf.Tests.Domain.Forecasts;

public class PromisedRangeTests
{
    [Theory]
    [InlineData(0.3, 1, 0, 5)]
    [InlineData(3, 5, 0, 5)]
    [InlineData(4, 5.1, 0, 10)]
    [InlineData(7, 9.2, 5, 10)]
    [InlineData(20, 34, 20, 40)]
    [InlineData(29, 30, 25, 30)]
    [InlineData(44, 61, 40, 75)]
    [InlineData(60, 80, 60, null)]
    [InlineData(100, 180, 90, null)]
    public void Round_minutes_are_said(double p50, double p90, int from, int? to) =>
        Assert.Equal(new PromisedRange(from, to), PromisedRange.Of(new WaitRange(0, p50, p90)));

    [Fact]
    public void A_promise_never_rounds_the_upper_end_down_nor_the_lower_end_up() => Gen.Select(Gen.Double[0, 200], Gen.Double[0, 200]).Sample((p50, more) =>
    {
        var promise = PromisedRange.Of(new WaitRange(0, p50, p50 + more));
        Assert.True(promise.To is null || promise.To >= p50 + more);
        Assert.True(promise.From <= p50);
        Assert.True(promise.To is null || promise.From < promise.To);
    });

    [Fact]
    public void A_later_forecast_that_is_better_never_promises_worse() => Gen.Select(Gen.Double[0, 100], Gen.Double[0, 60], Gen.Double[0, 30]).Sample((p50, more, better) =>
    {
        var (before, after) = (PromisedRange.Of(new(0, p50 + better, p50 + more + better)), PromisedRange.Of(new(0, p50, p50 + more)));
        Assert.True(after.From <= before.From);
        Assert.True(before.To is null || after.To <= before.To);
    });
}

using Aufruf.Edge;
using Aufruf.Edge.Protocol;
using Aufruf.Edge.Simulator;

namespace Aufruf.Tests.Edge;

public sealed class SignTests : IDisposable
{
    private readonly SteppingClock _time = new();
    private readonly SimulatedPins _pins;
    private readonly CounterSign _sign;

    public SignTests() => (_pins, _sign) = Hang(new SignPins(Clk: 23, Dio: 24));

    public void Dispose()
    {
        _sign.Dispose();
        _pins.Access.Gpio.Dispose();
    }

    private (SimulatedPins Pins, CounterSign Sign) Hang(SignPins chip)
    {
        var map = new PinMap("test", DeviceKind.ButtonBox, [], Sign: chip);
        var pins = new SimulatedPins(map);
        return (pins, new CounterSign(map, pins.Access, _time));
    }

    private string SeenAfter(double seconds)
    {
        _time.Advance(seconds);
        _sign.Refresh();
        return _pins.Sign.Text;
    }

    [Fact]
    public void The_sign_is_blank_until_the_hub_has_spoken() => Assert.Equal("    ", SeenAfter(5));

    [Theory]
    [InlineData("A042")]
    [InlineData("C107")]
    [InlineData("U999")]
    [InlineData("F8")]
    public void The_called_number_can_be_read_on_the_sign(string number)
    {
        _sign.Show(Device.Face(1, number: number));
        Assert.Equal(number.PadLeft(4), SeenAfter(5));
        Assert.Equal(7, _pins.Sign.Brightness);
    }

    [Fact]
    public void A_number_of_five_characters_keeps_its_digits()
    {
        _sign.Show(Device.Face(1, number: "A1042"));
        Assert.Equal("1042", SeenAfter(5));
    }

    [Theory]
    [InlineData(SignChip.Tm1637)]
    [InlineData(SignChip.Ht16k33)]
    [InlineData(SignChip.Max7219)]
    public void Every_chip_shows_the_same_picture(SignChip chip)
    {
        var (pins, sign) = Hang(new SignPins(chip, Clk: 23, Dio: 24));
        sign.Show(Device.Face(1, number: "H257"));
        _time.Advance(5);
        sign.Refresh();
        Assert.Equal(("H257", 7), (pins.Sign.Text, pins.Sign.Brightness));
        _time.Advance(30);
        sign.Refresh();
        Assert.Equal(("H257", 0), (pins.Sign.Text, pins.Sign.Brightness));
        Assert.All(pins.Sign.Segments, s => Assert.NotEqual(0, s & SegmentFont.Point));
        sign.Dispose();
    }

    [Fact]
    public void The_self_test_lights_all_segments_and_notices_a_missing_sign()
    {
        var chip = new SignPins(Clk: 23, Dio: 24);
        Assert.True(CounterSign.Test(chip, _pins.Access));
        Assert.Equal("8888", _pins.Sign.Text);
        var bare = new SimulatedPins(new PinMap("no sign", DeviceKind.ButtonBox, []));
        bare.Driver.Drive(24, true); // a pull-up, and no chip to pull it down
        Assert.False(CounterSign.Test(chip, bare.Access));
    }

    [Fact]
    public void Each_call_of_a_ticket_flashes_and_a_longer_queue_does_not()
    {
        _sign.Show(Device.Face(1, calls: 1, waiting: 3));
        Assert.Equal("    ", SeenAfter(0.1));
        Assert.Equal("A042", SeenAfter(0.4));
        Assert.Equal("A042", SeenAfter(10));
        _sign.Show(Device.Face(1, calls: 1, waiting: 4));
        Assert.Equal("A042", SeenAfter(0.1));
        _sign.Show(Device.Face(2, calls: 2, waiting: 5));
        Assert.Equal("    ", SeenAfter(0.1));
        Assert.Equal("A042", SeenAfter(10));
        _sign.Show(Device.Face(3, FaceState.Serving, calls: 2, waiting: 5));
        Assert.Equal("A042", SeenAfter(0.1));
    }

    [Fact]
    public void Without_a_word_from_the_hub_the_number_goes_dim_after_thirty_seconds_and_to_dashes_after_two_minutes()
    {
        _sign.Show(Device.Face(1));
        _sign.Hear();
        Assert.Equal("A042", SeenAfter(29));
        Assert.Equal(7, _pins.Sign.Brightness);

        Assert.Equal("A042", SeenAfter(2));
        Assert.Equal(0, _pins.Sign.Brightness);
        Assert.All(_pins.Sign.Segments, s => Assert.NotEqual(0, s & SegmentFont.Point));

        Assert.Equal(" -- ", SeenAfter(90));
        _sign.Hear();
        Assert.Equal("A042", SeenAfter(0.1));
    }

    [Fact]
    public void A_closed_or_idle_counter_is_dark()
    {
        _sign.Show(Device.Face(1));
        Assert.Equal("A042", SeenAfter(5));
        _sign.Show(Device.Face(2, FaceState.Idle, null));
        Assert.Equal("    ", SeenAfter(1));
    }
}

using System.Device.Gpio;
using Aufruf.Edge;
using Aufruf.Edge.Protocol;

namespace Aufruf.Tests.Edge;

public sealed class SignTests : IDisposable
{
    private readonly SteppingClock _time = new();
    private readonly GpioController _gpio;
    private readonly Tm1637Probe _eye;
    private readonly CounterSign _sign;

    public SignTests()
    {
        var pins = new SimulatedGpioDriver();
        _gpio = new GpioController(pins);
        var wires = new SignPins(23, 24);
        _eye = new Tm1637Probe(pins, wires);
        _sign = new CounterSign(new Board("test", Board.ButtonBox, "simulated", [], Sign: wires), _gpio, _time);
    }

    public void Dispose()
    {
        _sign.Dispose();
        _gpio.Dispose();
    }

    private string SeenAfter(double seconds)
    {
        _time.Advance(seconds);
        _sign.Refresh();
        return _eye.Text;
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
        Assert.Equal(7, _eye.Brightness);
    }

    [Fact]
    public void A_number_of_five_characters_keeps_its_digits()
    {
        _sign.Show(Device.Face(1, number: "A1042"));
        Assert.Equal("1042", SeenAfter(5));
    }

    [Fact]
    public void A_call_and_a_recall_flash_and_a_longer_queue_does_not()
    {
        _sign.Show(Device.Face(1, waiting: 3));
        Assert.Equal("    ", SeenAfter(0.1));
        Assert.Equal("A042", SeenAfter(0.4));
        Assert.Equal("A042", SeenAfter(10));
        _sign.Show(Device.Face(2, waiting: 4));
        Assert.Equal("A042", SeenAfter(0.1));
        _sign.Show(Device.Face(3, waiting: 4));
        Assert.Equal("    ", SeenAfter(0.1));
    }

    [Fact]
    public void Without_a_word_from_the_hub_the_number_goes_dim_after_thirty_seconds_and_to_dashes_after_two_minutes()
    {
        _sign.Show(Device.Face(1));
        _sign.Hear();
        Assert.Equal("A042", SeenAfter(29));
        Assert.Equal(7, _eye.Brightness);

        Assert.Equal("A042", SeenAfter(2));
        Assert.Equal(0, _eye.Brightness);
        Assert.All(_eye.Segments, s => Assert.NotEqual(0, s & SegmentFont.Point));

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

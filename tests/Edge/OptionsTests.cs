using Aufruf.Edge;
using Aufruf.Edge.Simulator;

namespace Aufruf.Tests.Edge;

public sealed class OptionsTests
{
    private static readonly string[] Good =
        ["--device", "box-3", "--office", "alsdorf.rathaus", "--pin-map", "b.json", "--hub", "127.0.0.1:1883", "--data", "d"];

    [Fact]
    public void The_user_name_of_a_device_is_unique_over_all_towns() =>
        Assert.Equal("alsdorf.rathaus/box-3", EdgeOptions.Parse(Good).User);

    [Theory]
    [InlineData("--hub is missing", "--device", "a", "--office", "b", "--pin-map", "c", "--data", "d")]
    [InlineData("is not host:port", "--hub", "nowhere")]
    [InlineData("is not host:port", "--hub", "10.0.0.5:1883,")]
    [InlineData("may only have letters", "--device", "box/3")]
    [InlineData("needs a value", "--printer")]
    [InlineData("--web is missing", "--pair", "ABCD2345")]
    [InlineData("is not the address of a host", "--pair", "ABCD2345", "--web", "ftp://hub.example")]
    [InlineData("neither tcp", "--printer", "lpt1")]
    [InlineData("Unknown option", "--colour", "red")]
    [InlineData("lacks its label", "--labels", "1")]
    [InlineData("has a control character", "--labels", "1=Pass\u001b]0;x\u0007")]
    [InlineData("has a control character", "--labels", "1=Pass\u202Efdp")]
    public void A_wrong_command_line_is_answered_with_a_sentence(string sentence, params string[] args)
    {
        var fault = Assert.Throws<SetupException>(
            () => EdgeOptions.Parse(args[0] == "--device" && args.Length > 2 ? args : [.. Good, .. args]));
        Assert.Contains(sentence, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_wrong_port_of_the_simulator_is_answered_with_a_sentence() => Assert.Contains("is not a port",
        Assert.Throws<SetupException>(() => SimulatorHost.Build([.. Good, "--panel", "99999"])).Message, StringComparison.Ordinal);

    [Fact]
    public void Every_pin_map_of_the_house_can_be_used_and_names_an_existing_printer_profile()
    {
        var files = Directory.GetFiles(PinMaps.Folder, "*.json").Where(f => !f.EndsWith(".schema.json", StringComparison.Ordinal)).ToList();
        Assert.True(files.Count >= 2);
        foreach (var file in files)
        {
            var map = PinMap.Load(file);
            if (map.Printer is { } printer)
            {
                PrinterProfile.Load(Path.Combine(map.Folder, printer.Profile));
            }
        }
    }

    [Theory]
    [InlineData("\"pin\": 6", "\"pin\": 5", "pin 5 is used twice")]
    [InlineData("\"recall\"", "\"next\"", "\"next\" is there twice")]
    [InlineData("\"recall\"", "\"dance\"", "has no button \"dance\"")]
    [InlineData("\"lamp\": 17", "\"lamp\": 1", "pin 1 is not one of GPIO 2 to 27")]
    [InlineData("\"clk\": 23, ", "", "needs \"clk\" and \"dio\"")]
    [InlineData("\"buttons\": [", "\"buttons\": [[", "is not understood")]
    [InlineData("\"name\": \"Button box", "\"name\": \"\\u001b[2JButton box", "has a control character")]
    public void A_wrong_pin_map_is_answered_with_a_sentence(string good, string wrong, string sentence)
    {
        var file = Path.GetTempFileName();
        File.WriteAllText(file, File.ReadAllText(PinMaps.File("button-box.json")).Replace(good, wrong, StringComparison.Ordinal));
        Assert.Contains(sentence, Assert.Throws<SetupException>(() => PinMap.Load(file)).Message, StringComparison.Ordinal);
        File.Delete(file);
    }

    [Fact]
    public void The_wait_between_tries_grows_to_five_seconds_and_is_never_the_same_for_all()
    {
        var backoff = new Backoff(new Random(7));
        var waits = Enumerable.Range(0, 12).Select(_ => backoff.Next().TotalSeconds).ToList();
        Assert.InRange(waits[0], 0.1, 0.2);
        Assert.All(waits[6..], w => Assert.InRange(w, 2.5, 5));
        Assert.True(waits[6..].Distinct().Count() > 1);
    }
}

using Aufruf.Tests.Running;

namespace Aufruf.Tests.House;

public class ScreenMessagesTests
{
    private static readonly string Written = Repository.PathOf("displays", "shared", "messages.ts");

    [Fact]
    public void Screens_read_what_the_hub_writes()
    {
        var text = ScreenMessages.Write();
        if (Environment.GetEnvironmentVariable("AUFRUF_WRITE_MESSAGES") is not null)
        {
            File.WriteAllText(Written, text);
        }

        Assert.True(File.ReadAllText(Written) == text,
            "displays/shared/messages.ts differs from the hub's records: ./run messages writes it.");
    }
}

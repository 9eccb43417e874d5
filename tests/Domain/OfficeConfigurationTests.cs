using Aufruf.Domain.Offices;
using Aufruf.Tests.Running;
using static Aufruf.Domain.Offices.OfficeCommand;
using static Aufruf.Domain.Offices.OfficeEvent;

namespace Aufruf.Tests.Domain;

public class OfficeConfigurationTests
{
    private const string File = "file:town.json", Anna = "command:anna";
    private static readonly DateTimeOffset Now = SmallOffice.Nine;
    private static readonly Office Changed = SmallOffice.Office with { Address = "Markt 2" };

    [Fact]
    public void A_configuration_is_published_with_its_publisher_and_its_file()
    {
        var happened = Decided([], new Publish(SmallOffice.Office, File, "h1"));
        Assert.Equal([new OfficePublished(SmallOffice.Office, File, "h1", Now)], happened);
        var known = Given(happened);
        Assert.Equal((SmallOffice.Office, File, new TakenFile("town.json", "h1"), true),
            (known.Office, known.By, known.File, known.IsFromFile));
    }

    [Fact]
    public void The_same_configuration_again_is_no_entry() =>
        Assert.Empty(Decided([Published(File, "h1")], new Publish(SmallOffice.Office with { }, File, "h1")));

    [Theory]
    [InlineData(File, "h2")] // Other spaces in the file.
    [InlineData("file:copy.json", "h1")]
    [InlineData(Anna, null)]
    public void The_same_configuration_by_another_way_is_confirmed(string by, string? hash)
    {
        var known = Given(Published(File, "h1"),
            Assert.Single(Decided([Published(File, "h1")], new Publish(SmallOffice.Office, by, hash))));
        Assert.Equal(SmallOffice.Office, known.Office);
        Assert.Equal((by, by != Anna), (known.By, known.IsFromFile));
        Assert.Equal(hash ?? "h1", known.File?.Hash);
    }

    [Fact]
    public void A_command_leaves_known_which_file_was_taken_last()
    {
        var known = Given([Published(File, "h1"), new OfficePublished(Changed, Anna, null, Now)]);
        Assert.Equal((new TakenFile("town.json", "h1"), false), (known.File, known.IsFromFile));
    }

    [Fact]
    public void A_withdrawn_office_may_come_again()
    {
        Assert.Empty(Decided([], new Withdraw(Anna)));
        Assert.Equal([new OfficeWithdrawn(Anna, Now)], Decided([Published(File, "h1")], new Withdraw(Anna)));
        Assert.IsType<OfficePublished>(Assert.Single(
            Decided([Published(File, "h1"), new OfficeWithdrawn(Anna, Now)], new Publish(SmallOffice.Office, File, "h1"))));
    }

    [Fact]
    public void Only_a_file_that_left_is_forgotten()
    {
        Assert.NotNull(Given(Published(File, "h1"), new OfficeWithdrawn(Anna, Now)).File);
        Assert.Null(Given(Published(File, "h1"), new OfficeWithdrawn(File, Now)).File);
    }

    private static OfficePublished Published(string by, string? hash) => new(SmallOffice.Office, by, hash, Now);

    private static OfficeConfiguration Given(params IEnumerable<OfficeEvent> past) =>
        past.Aggregate(OfficeConfiguration.Empty, (known, happened) => known.Apply(happened));

    private static IReadOnlyList<OfficeEvent> Decided(IEnumerable<OfficeEvent> past, OfficeCommand command)
    {
        var decision = Given(past).Decide(command, Now);
        Assert.Null(decision.Refusal);
        return decision.Events;
    }
}

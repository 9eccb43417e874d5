using Aufruf.Hub.Running;
using Aufruf.Tests.Running;

namespace Aufruf.Tests.Hub;

public class DataFolderTests
{
    [Theory]
    [InlineData(DriveType.Network, "nfs")]
    [InlineData(DriveType.Network, "cifs")]
    [InlineData(DriveType.Unknown, "9p")]
    [InlineData(DriveType.Unknown, "fuse.sshfs")]
    [InlineData(DriveType.Fixed, "smb2")]
    public void Data_on_a_network_share_is_warned_about(DriveType type, string format) =>
        Assert.Contains("network share", DataFolder.WhyNoPlace("data", type, format), StringComparison.Ordinal);

    [Theory]
    [InlineData(DriveType.Fixed, "ext4")]
    [InlineData(DriveType.Ram, "tmpfs")]
    [InlineData(DriveType.Fixed, "overlayfs")]
    public void A_disk_of_this_machine_is_not(DriveType type, string format) => Assert.Null(DataFolder.WhyNoPlace("data", type, format));

    [Fact]
    public void A_folder_is_used_by_one_at_a_time_and_is_free_again_afterwards()
    {
        using var folder = new TempFolder();
        using (new DataFolder(folder.Path))
        {
            Assert.Contains("Stop it first", Assert.Throws<StartRefusedException>(() => new DataFolder(folder.Path)).Message,
                StringComparison.Ordinal);
        }

        new DataFolder(folder.Path).Dispose();
    }
}

using Aufruf.Contracts;
using Aufruf.Domain.Offices;
using Aufruf.Grains.Journal;
using Aufruf.Hub.Offices;

namespace Aufruf.Tests.Hub;

/// <summary>Files, commands and other hubs change the same office: the journal decides.</summary>
public sealed class OfficeVersionsTests : OfficeFilesRoom
{
    private const string Town = "town.rathaus";
    private const string Stream = $"office/{Town}";

    private static Office Named(string name) => OfficeFile.Parse("import.json", OfficeFileTests.Small.Replace("Bürgeramt", name,
        StringComparison.Ordinal)).Office!;

    private static async Task ImportAsync(WatchedOffices hub, string name) =>
        Assert.Null(await hub.Changes.TryAsync(Town, new OfficeCommand.Publish(Named(name), "command:anna")));

    private IEnumerable<string> Written => Journal.Of(Stream)
        .SelectMany(entry => EntryContent<OfficeEvent>.Read(entry).Events).Select(e => e.GetType().Name["Office".Length..]);

    [Fact]
    public async Task A_file_that_was_taken_before_an_import_does_not_come_back_at_a_restart()
    {
        using (var first = await OpenAsync())
        {
            await ImportAsync(first, "Imported");
            await first.Files.RereadAsync();
            Assert.Equal("Imported", first.NameOf(Town));
        }

        using var hub = await OpenAsync();
        Assert.Equal("Imported", hub.NameOf(Town));
        Assert.Empty(hub.Offices.Refused);
        Assert.Contains("is not used, because town.rathaus was changed after it by command:anna", Assert.Single(Log.Lines),
            StringComparison.Ordinal);
        File.Move(Folder.File("town.json"), Folder.File("rathaus.json")); // Another name is no new content.
        await hub.Files.RereadAsync();
        Assert.Equal("Imported", hub.NameOf(Town));

        Folder.Write("rathaus.json", Renamed);
        await hub.Files.RereadAsync();
        Assert.Equal("Stadthaus", hub.NameOf(Town));
        Assert.Equal(["Published", "Published", "Published"], Written);
    }

    [Fact]
    public async Task A_restart_reads_no_file_that_was_taken_and_writes_nothing()
    {
        using (await OpenAsync())
        {
            // It is in the journal.
        }

        Journal.BeforeWriting = _ => throw new JournalUnavailableException("It is full.");
        using var hub = await OpenAsync();
        Assert.Equal("Bürgeramt", hub.NameOf(Town));
        Assert.Empty(hub.Offices.Refused);
    }

    [Fact]
    public async Task An_imported_office_needs_no_file_and_one_from_a_file_leaves_with_it()
    {
        using (var first = await OpenAsync())
        {
            Folder.Write("second.json", Second);
            await first.Files.RereadAsync();
            await ImportAsync(first, "Bürgeramt"); // The same content; from now on it does not depend on the file.
        }

        File.Delete(Folder.File("town.json"));
        File.Delete(Folder.File("second.json"));
        Folder.Write("third.json", OfficeFileTests.Small.Replace("\"rathaus\"", "\"third\"", StringComparison.Ordinal));
        using (var hub = await OpenAsync())
        {
            Assert.Equal([Town, "town.third"], hub.Offices.All.Select(office => office.Key).Order());
            Assert.Null(await hub.Changes.TryAsync("town.third", new OfficeCommand.Withdraw("command:anna")));
            await hub.Files.RereadAsync();
            Assert.Null(hub.Offices.Find("town.third"));
        }

        File.Delete(Folder.File("third.json"));
        using var alone = await OpenAsync();
        Assert.Equal(Town, Assert.Single(alone.Offices.All).Key);
        Assert.Empty(alone.Offices.Refused);
        Assert.Contains(Log.Lines, line => line.Contains("The offices of the journal are served", StringComparison.Ordinal));
        Assert.Equal(["Published", "Confirmed"], Written);
    }

    [Fact]
    public async Task A_withdrawn_office_does_not_come_back_with_the_same_file()
    {
        Folder.Write("second.json", Second);
        using (var hub = await OpenAsync())
        {
            Assert.Null(await hub.Changes.TryAsync(Town, new OfficeCommand.Withdraw("command:anna")));
            await hub.Files.RereadAsync();
        }

        using var again = await OpenAsync();
        Assert.Null(again.Offices.Find(Town));
        Folder.Write("town.json", Renamed);
        await again.Files.RereadAsync();
        Assert.Equal("Stadthaus", again.NameOf(Town));
    }

    [Fact]
    public async Task Hubs_with_different_folders_neither_take_turns_nor_end_each_others_offices()
    {
        var other = Folder with { Path = Folder.Path + "-2" };
        other.Write("town.json", Renamed);
        other.Write("second.json", Second);
        using var one = await OpenAsync(isShared: true);
        using var two = await OpenAsync(isShared: true, folder: other.Path);
        for (var n = 0; n < 3; n++)
        {
            Folder.Write("third.json", OfficeFileTests.Small.Replace("\"rathaus\"", $"\"n{n}\"", StringComparison.Ordinal));
            await one.Files.RereadAsync();
            other.Write("third.json", OfficeFileTests.Small.Replace("\"rathaus\"", $"\"m{n}\"", StringComparison.Ordinal));
            await two.Files.RereadAsync();
        }

        Assert.Equal(["Published", "Published"], Written);
        using var again = await OpenAsync(isShared: true);
        Assert.NotNull(again.Offices.Find("town.second"));
        Assert.Contains(Log.Lines, line => line.Contains("Another hub may have it, so the office stays", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_change_that_the_journal_does_not_take_waits_and_is_told()
    {
        using var hub = await OpenAsync();
        Journal.BeforeWriting = _ => throw new JournalUnavailableException("The disk is full.");
        Folder.Write("town.json", Renamed);
        await hub.Files.RereadAsync();
        Assert.Equal("Bürgeramt", hub.NameOf(Town));
        Assert.Contains("is tried again: The disk is full.", Assert.Single(hub.Offices.Refused["town.json"].Errors),
            StringComparison.Ordinal);
        Journal.BeforeWriting = null;
        await hub.Files.RereadAsync();
        Assert.Equal(("Stadthaus", 0), (hub.NameOf(Town), hub.Offices.Refused.Count));
    }

    [Fact]
    public async Task A_journal_that_cannot_be_read_ends_the_start_with_a_sentence()
    {
        using (await OpenAsync())
        {
            // It is in the journal.
        }

        Journal.ReadingFails = new Microsoft.Data.Sqlite.SqliteException("disk I/O error", 10);
        var refusal = await Assert.ThrowsAsync<JournalUnavailableException>(() => OpenAsync());
        Assert.Contains("The journal cannot be read: disk I/O error", refusal.Message, StringComparison.Ordinal);
    }
}

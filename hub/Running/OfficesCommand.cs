using System.Data.Common;
using System.Diagnostics;
using Aufruf.Domain.Identity;
using Aufruf.Grains;
using Aufruf.Grains.Journal;
using Aufruf.Hub.Appointments;
using Aufruf.Hub.Offices;

namespace Aufruf.Hub.Running;

/// <summary>"offices": checks, imports and exports offices, and prints their history, also beside a running hub.</summary>
internal sealed class OfficesCommand(IConfiguration configuration, TimeProvider clock, TextWriter output)
{
    private const string Usage = """
        Usage: offices check FILE...       checks files, and names the bookings they would hit; changes nothing
               offices import FILE...      takes files into the journal; a running hub follows within a second
               offices export [--office alsdorf.rathaus] [--to FOLDER]
               offices history --office alsdorf.rathaus
               offices withdraw --office alsdorf.rathaus
        A folder stands for its files. The history keeps the name of this account: --by NAME gives another one.
        """;

    private const int Done = 0, Refused = 1, NotUnderstood = 2;

    /// <returns>0; 1: something was refused; 2: the command cannot be carried out.</returns>
    public static async Task<int> RunAsync(string[] args, TimeProvider clock, TextWriter output)
    {
        string[] words = [.. args.TakeWhile(word => !word.StartsWith("--", StringComparison.Ordinal))];
        var command = new OfficesCommand(CommandSettings.Read(args[words.Length..]), clock, output);
        try
        {
            return words switch
            {
                ["check" or "import", _, ..] when Read(words[1..]) is var files => files.Count == 0
                    ? command.SayNo("No office file is there.")
                    : words[0] == "check" ? await command.CheckAsync(files) : await command.ImportAsync(files),
                ["export"] => await command.ExportAsync(),
                ["history"] when command.Office is { } office => await command.TellHistoryAsync(office),
                ["withdraw"] when command.Office is { } office => await command.WithdrawAsync(office),
                _ => command.SayNo(Usage),
            };
        }
        catch (Exception error) when (error is DbException or IOException or UnauthorizedAccessException or InvalidDataException)
        {
            return command.SayNo(error.Message);
        }
    }

    private string? Office => configuration["office"];

    private string By => OfficeConfiguration.ByCommand(new([.. (configuration["by"] ?? Environment.UserName)
        .Take(Credentials.LongestHolder).Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or '@' ? c : '-')]));

    private static List<OfficeFound> Read(string[] files) => [.. files
        .SelectMany(file => Directory.Exists(file) ? OfficeFolder.Files(file) : [file]).Select(file => OfficeFolder.Read(file))];

    private async Task<int> CheckAsync(List<OfficeFound> files)
    {
        var publicUrl = configuration["Hub:PublicUrl"];
        await using var journal = HasJournal ? await CommandSettings.OpenJournalAsync(configuration, readOnly: true) : null;
        var known = journal is null ? null : ((OfficeDirectory, OfficeChanges)?)await OpenAsync(journal);
        foreach (var file in files)
        {
            file.Errors.ToList().ForEach(output.WriteLine);
            if (file.Office is { } office)
            {
                output.WriteLine($"{file.Path}: {office.Key} is in order. Areas: {office.Areas.Count}, counters: "
                    + $"{office.Areas.Sum(area => area.Counters.Count)}, devices: {office.Devices.Count}.");
                foreach (var warning in HoursWarnings.Of(office, office.Day(clock.GetUtcNow()))
                    .Concat(HomeTicketWarnings.Of(office)).Concat(PaperWarnings.Of(office, publicUrl, clock.GetUtcNow())))
                {
                    output.WriteLine($"  Warning: {OfficeFile.Sentence(file.Path, file.Text, warning)}");
                }

                if (known is var (offices, changes))
                {
                    await TellHitsAsync(changes, offices.Find(office.Key), office);
                }
            }
        }

        return files.Exists(file => file.Office is null) ? Refused : Done;
    }

    private async Task<int> ImportAsync(List<OfficeFound> files)
    {
        await using var journal = await CommandSettings.OpenJournalAsync(configuration, readOnly: false);
        var (offices, changes) = await OpenAsync(journal);
        var code = Done;
        foreach (var file in files)
        {
            file.Errors.ToList().ForEach(output.WriteLine);
            code = file.Office is { } office && await ChangeAsync(office.Key, new OfficeCommand.Publish(office, By)) ? code : Refused;
        }

        return code;

        async Task<bool> ChangeAsync(string key, OfficeCommand command)
        {
            var (version, before) = offices.ConfigurationOf(key);
            if (await changes.TryAsync(key, command) is { } why)
            {
                output.WriteLine(why);
                return false;
            }

            var now = offices.ConfigurationOf(key);
            output.WriteLine(now.Version == version ? $"{key}: nothing changed."
                : $"{key}: version {now.Version} is in force. A running hub follows within a second.");
            Tell(before.Office, now.Known.Office);
            if (now.Version != version && now.Known.Office is { } after)
            {
                await TellHitsAsync(changes, before.Office, after);
            }

            return true;
        }
    }

    private async Task TellHitsAsync(OfficeChanges changes, Office? before, Office after)
    {
        foreach (var sentence in OfficeChanges.Sentences(after, await changes.HitByAsync(before, after), configuration["Hub:PublicUrl"]))
        {
            output.WriteLine(sentence);
        }
    }

    private async Task<int> WithdrawAsync(string key)
    {
        if (!HasJournal)
        {
            return SayNo(NoJournal);
        }

        await using var journal = await CommandSettings.OpenJournalAsync(configuration, readOnly: false);
        var (offices, changes) = await OpenAsync(journal);
        if (offices.Find(key) is null)
        {
            return SayNo(NoOffice(key));
        }

        var why = await changes.TryAsync(key, new OfficeCommand.Withdraw(By));
        output.WriteLine(why ?? $"{key} is withdrawn. A running hub follows within a second.");
        return why is null ? Done : Refused;
    }

    private async Task<int> ExportAsync()
    {
        if (!HasJournal)
        {
            return SayNo(NoJournal);
        }

        await using var journal = await CommandSettings.OpenJournalAsync(configuration, readOnly: true);
        var (offices, _) = await OpenAsync(journal);
        var chosen = offices.All.Where(office => (Office ?? office.Key) == office.Key).OrderBy(office => office.Key).ToList();
        if (chosen.Count == 0)
        {
            return SayNo(NoOffice(Office ?? ""));
        }

        if (configuration["to"] is not { Length: > 0 } folder)
        {
            if (chosen is not [var only])
            {
                return SayNo($"Name one office with --office, or a folder with --to: {OfficeRules.Listed(chosen.Select(o => o.Key))}.");
            }

            await output.WriteAsync(OfficeForm.Write(only));
            return Done;
        }

        Directory.CreateDirectory(folder);
        foreach (var office in chosen)
        {
            var file = Path.Combine(folder, $"{office.Key}.json");
            await using var text = new StreamWriter(new FileStream(file, FileMode.CreateNew)); // No file is overwritten.
            await text.WriteAsync(OfficeForm.Write(office));
            output.WriteLine(file);
        }

        return Done;
    }

    private async Task<int> TellHistoryAsync(string key)
    {
        if (!HasJournal)
        {
            return SayNo(NoJournal);
        }

        await using var journal = await CommandSettings.OpenJournalAsync(configuration, readOnly: true);
        var (entries, known) = (0, OfficeConfiguration.Empty);
        await foreach (var entry in journal.ReadAsync(OfficeConfiguration.StreamOf(key), 0, CancellationToken.None))
        {
            foreach (var happened in EntryContent<OfficeEvent>.Read(entry).Events)
            {
                var before = known;
                known = known.Apply(happened);
                output.WriteLine($"{entry.Version}  {entry.At:yyyy-MM-dd HH:mm:ss} UTC  {known.By}  {happened switch
                {
                    OfficeEvent.OfficePublished when before.Office is null => "published",
                    OfficeEvent.OfficePublished { Again: { } edition } => $"changed back to edition {edition}",
                    OfficeEvent.OfficePublished => "changed",
                    OfficeEvent.OfficeConfirmed => "confirmed without a change",
                    OfficeEvent.OfficeWithdrawn => "withdrawn",
                    OfficeEvent.DraftSaved e => $"draft {e.Revision} saved by {e.By}",
                    OfficeEvent.DraftDiscarded e => $"draft {e.Revision} discarded by {e.By}",
                    OfficeEvent.DraftPublished e => $"draft {e.Revision} published",
                    _ => throw new UnreachableException(),
                }}");
                Tell(before.Office, known.Office);
            }

            entries++;
        }

        return entries > 0 ? Done : SayNo(NoOffice(key));
    }

    private void Tell(Office? before, Office? after)
    {
        foreach (var line in before is null || after is null ? [] : OfficeDifferences.Between(before, after))
        {
            output.WriteLine($"   {line}");
        }
    }

    /// <summary>Changes go to the journal itself. The hubs read them there.</summary>
    private async Task<(OfficeDirectory Offices, OfficeChanges Changes)> OpenAsync(IJournal journal)
    {
        var (offices, copies) = await OfficeCopies.ReadAsync(journal, output.WriteLine);
        return (offices, new OfficeChanges(offices, copies,
            (stream, command) => copies.ShellOf(stream).Handle(new RequestId(Guid.CreateVersion7()), command),
            async key => (await QueueIn(journal, key).ViewAsync()).State,
            key => WrittenWeeks.ReadAsync(journal, key, clock.GetUtcNow()), clock));
    }

    private Journaled<Queue, QueueCommand, QueueEvent> QueueIn(IJournal journal, QueueKey key) => new(key.Stream, journal, new Nobody(),
        clock, Queue.Empty(key), (_, _, _) => throw new UnreachableException(), (queue, happened) => queue.Apply(happened));

    private sealed class Nobody : IAnnouncer<Queue, QueueEvent>
    {
        public void Announce(string stream, long version, Queue state, IReadOnlyList<QueueEvent>? happened)
        {
        }
    }

    private bool HasJournal => CommandSettings.JournalFile(configuration) is not { } file || File.Exists(file);

    private string NoJournal =>
        $"There is no journal in {CommandSettings.Data(configuration)}. Give the data folder of the hub: --Hub:Data=DIR.";

    private static string NoOffice(string key) => $"The journal has no office '{key}'. Name it by its key, such as alsdorf.rathaus.";

    private int SayNo(string sentence)
    {
        output.WriteLine(sentence);
        return NotUnderstood;
    }
}

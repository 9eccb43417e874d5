using System.Globalization;
using Aufruf.Hub.Offices;

namespace Aufruf.Hub.Running;

/// <summary>"hours": prints the opening hours of the office files day by day, with warnings. It changes nothing.</summary>
internal static class HoursCommand
{
    private const string Usage =
        "Usage: hours [--office alsdorf.rathaus] [--days 14] [--from 2026-12-20] [--Hub:Offices=FOLDER]. Days: 1 to 400.";

    /// <returns>0, also with warnings; 1: a file is wrong; 2: nothing to show.</returns>
    public static int Run(string[] args, TimeProvider clock, TextWriter output)
    {
        var configuration = CommandSettings.Read(args);
        var folder = configuration["Hub:Offices"] ?? new HubOptions().Offices;
        DateOnly from = default;
        if (!int.TryParse(configuration["days"] ?? "14", CultureInfo.InvariantCulture, out var days) || days is < 1 or > 400
            || (configuration["from"] is { } text && !(DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture,
                DateTimeStyles.None, out from) && from.Year is >= 2000 and < 2100))
            || !Directory.Exists(folder))
        {
            output.WriteLine(Directory.Exists(folder) ? Usage : $"{folder}: no such folder. {Usage}");
            return 2;
        }

        var (shown, wrong) = (0, false);
        foreach (var found in OfficeFolder.Files(folder).Select(file => OfficeFolder.Read(file)))
        {
            foreach (var error in found.Errors)
            {
                output.WriteLine(error);
                wrong = true;
            }

            if (found.Office is { } office && (configuration["office"] ?? office.Key) == office.Key)
            {
                Show(office, found.Path, found.Text,
                    from == default ? office.Day(clock.GetUtcNow()) : from, days, output);
                shown++;
            }
        }

        if (shown == 0 && !wrong)
        {
            output.WriteLine($"{folder}: no office '{configuration["office"]}' there. {Usage}");
        }

        return wrong ? 1 : shown == 0 ? 2 : 0;
    }

    private static void Show(Office office, string file, string json, DateOnly from, int days, TextWriter output)
    {
        foreach (var line in HoursPreview.Of(office, from, days))
        {
            output.WriteLine(line);
        }

        var warnings = HoursWarnings.Of(office, from).Select(found => OfficeFile.Sentence(file, json, found)).ToList();
        output.WriteLine();
        output.WriteLine(warnings.Count == 0 ? "No warnings." : $"Warnings: {warnings.Count}");
        warnings.ForEach(warning => output.WriteLine($"  {warning}"));
        output.WriteLine();
    }
}

using Aufruf.Contracts;
using Aufruf.Hub.Offices;
using Aufruf.Hub.Running;
using Aufruf.Hub.Running.Backups;
using Microsoft.Extensions.Options;

PrivateFiles.ForThisProcess();
try
{
    return args switch
    {
        ["audit", ..] => await AuditCommand.RunAsync(args[1..]),
        ["backup", ..] => await BackupCommand.BackupAsync(args[1..], TimeProvider.System),
        ["drill", ..] => await DrillCommand.RunAsync(args[1..], TimeProvider.System),
        ["restore", ..] => await BackupCommand.RestoreAsync(args[1..], TimeProvider.System),
        ["hours", ..] => HoursCommand.Run(args[1..], TimeProvider.System, Console.Out),
        ["offices", ..] => await OfficesCommand.RunAsync(args[1..], TimeProvider.System, Console.Out),
        ["procedures", ..] => ProceduresCommand.Run(args[1..], TimeProvider.System, Console.Out),
        ["mail", ..] => await MailCommand.RunAsync(args[1..], TimeProvider.System),
        ["person", ..] => await PersonCommand.RunAsync(args[1..], TimeProvider.System, Console.Out),
        ["reports", ..] => await ReportsCommand.RunAsync(args[1..]),
        ["token", ..] => await TokenCommand.RunAsync(args[1..]),
        _ => await Server.RunAsync(args),
    };
}
catch (OfficeFilesException wrong)
{
    foreach (var error in wrong.Errors)
    {
        await Console.Error.WriteLineAsync(error);
    }

    await Console.Error.WriteLineAsync("The hub does not start half-configured: please mend the office files.");
    return 2;
}
catch (OptionsValidationException wrong)
{
    foreach (var failure in wrong.Failures)
    {
        await Console.Error.WriteLineAsync(failure);
    }

    return 2;
}
catch (Exception refused) when (refused is StartRefusedException or JournalUnavailableException)
{
    await Console.Error.WriteLineAsync(refused.Message);
    return 2;
}

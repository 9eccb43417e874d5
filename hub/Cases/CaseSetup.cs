using Aufruf.Contracts;
using Aufruf.Domain.Cases;
using Aufruf.Grains.Deadlines;
using Aufruf.Hub.Cases.Accounts;
using Aufruf.Hub.Clustering;
using Aufruf.Hub.Connectors;
using Aufruf.Hub.Dispatching;
using Aufruf.Hub.Letters;
using Aufruf.Hub.Push;

namespace Aufruf.Hub.Cases;

internal static class CaseSetup
{
    public static void AddCases(this IServiceCollection services) => services
        .AddSingleton<Procedures>().AddCopies<Procedures, PublishedProcedure, ProcedureEvent>(
            _ => PublishedProcedure.Empty, (procedure, happened) => procedure.Apply(happened))
        .AddSingleton<CaseCopies>().AddCopies<CaseCopies, CitizenCase, CaseEvent>(
            _ => CitizenCase.Empty, (found, happened) => found.Apply(happened))
        .AddReader<CaseCopies, CitizenCase, CaseEvent>(CitizenCase.StreamKind)
        .AddSingleton<CaseHistory>().AddSingleton<IStaffCases, StaffCases>()
        .AddSingleton<StockShelf>().AddSingleton<IStaffStock, StaffStock>()
        .AddFollower<StockProcess>()
        .AddSingleton<IDeadlineHandler, StockReturn>()
        .AddSingleton<CaseSeals>().AddSingleton<CaseFiles>().AddSingleton<CaseSending>().AddSingleton<OpenForms>().AddSingleton<DraftUndo>()
        .AddSingleton<CaseUploads>().AddSingleton<WaitingFiles>().AddSingleton<VirusScanner>()
        .AddSingleton<CitizenCases>().AddSingleton<ICitizenCases>(s => s.GetRequiredService<CitizenCases>())
        .AddSingleton<PersonFiles>().AddSingleton<Residents>().AddSingleton<AccountDrafts>()
        .AddSingleton<ICitizenAccounts, AccountCases>()
        .AddFollower<DiscardedDrafts>()
        .AddFollower<PersonProcess>()
        .AddFollower<PersonLooks>()
        .AddFollower<DraftProcess>()
        .AddSingleton<ICounterCases, CounterCases>().AddSingleton<IDeskCases, DeskCases>()
        .AddSingleton<VisitClerks>().AddFollower<VisitProcess>()
        .AddSingleton<ProcedureParts>().AddSingleton<IProcedureAdministration, ProcedureAdministration>()
        .AddFollower<CaseClocks>()
        .AddFollower<FileScans>()
        .AddSingleton<IDeadlineHandler, RestoringEnd>().AddSingleton<IDeadlineHandler, CaseClockEnd>()
        .AddSingleton<IDeadlineHandler, FileScanDue>()
        .AddSingleton<Letterheads>().AddSingleton<LetterSeals>().AddSingleton<CaseLetters>().AddSingleton<CasePosting>()
        .AddSingleton<LetterPieces>().AddSingleton<CasePapers>()
        .AddSingleton<ICaseDocuments, CitizenDocuments>().AddSingleton<IStaffDocuments, StaffPapers>()
        .AddFollower<CaseDocuments>()
        .AddDispatching()
        .AddSingleton<ProcedureFiles>().AddHostedService(s => s.GetRequiredService<ProcedureFiles>())
        .AddHealthChecks().AddCheck<ProcedureFiles>("procedures").AddCheck<VirusScanner>("scanner");
}

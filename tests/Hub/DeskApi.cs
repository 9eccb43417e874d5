using Aufruf.Domain;
using Aufruf.Domain.Identity;
using Aufruf.Domain.Offices;
using Aufruf.Domain.Queues;
using Aufruf.Grains;
using Aufruf.Hub;
using Aufruf.Hub.Api;
using Aufruf.Hub.Audit;
using Aufruf.Hub.Clustering;
using Aufruf.Hub.Forecasting;
using Aufruf.Hub.Gateway;
using Aufruf.Hub.Identity;
using Aufruf.Hub.Offices;
using Aufruf.Hub.Push;
using Aufruf.Tests.Running;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Aufruf.Tests.Hub;

/// <summary>The API's own handlers on the office of two areas, without web server and Orleans.</summary>
internal sealed class DeskApi : IDisposable
{
    private readonly TempFolder _folder = new();
    private static readonly PublicAddress Address = new("https://aufruf.example");
    private readonly LocalTurns _turns = new();
    private int _codes;
    private readonly OfficeDirectory _offices;

    public DeskApi(Office? office = null)
    {
        _offices = new(office ?? TwoAreas.Office);
        Queues = new MemoryQueues(Journal, office ?? TwoAreas.Office, Clock);
        Keys = StoredVaultKeys.InSqlite(_folder.File("vault.db"), _folder.File("vault.key"));
        Vault = new(Keys);
        Commands = new(_offices, Queues, new(Queues, _offices, Vault, NullLogger<TransferPost>.Instance), _turns, Clock);
        TicketIssuer = new(Queues, new SlipPrinter(Queues, Link, Clock, Address), Fleet,
            () => new($"code-{++_codes}"), new NoForecasts(), Address, Clock);
        Tickets = new(Queues, _offices, new NoForecasts(), () => new($"code-{++_codes}"), Vault, Clock);
    }

    public FakeLink Link { get; } = new();
    public FakeTimeProvider Clock { get; } = new(SmallOffice.Nine);
    public MemoryJournal Journal { get; } = new();
    public MemoryQueues Queues { get; }
    public Fleet Fleet { get; } = new(TimeProvider.System);
    public StoredVaultKeys Keys { get; }
    public Vault Vault { get; }
    public DeskCommands Commands { get; }
    public TicketIssuer TicketIssuer { get; }
    public TicketViews Tickets { get; }

    public static string Hall => SmallOffice.Key.AreaKey;

    public void Dispose()
    {
        _turns.Dispose();
        _folder.Dispose();
    }

    public static Grant Clerk(string name = "anna", string office = "town.rathaus") =>
        new(Principal.Of(office.Split('.')[0], new(name, name) { Grants = [new(Role.InCharge.Id, office)] }, People.Empty),
            Permission.Call);

    public async Task<object> ActAsync(string counter, string action, CounterRequest? request = null, string? area = null,
        Grant? clerk = null) =>
        Inner(await CounterEndpoints.ActAsync(area ?? Hall, counter, action, request ?? Request(), Commands, clerk ?? Clerk()));

    public async Task<object> OfTicketAsync(Guid ticket, string action, TicketRequest? request = null) =>
        Inner(await TicketEndpoints.ActAsync(Hall, ticket, action, request ?? new(Guid.NewGuid()), Commands, Vault, Clerk()));

    public async Task<object> FindAsync(string? text = null) =>
        Inner(await FindEndpoints.FindAsync(Hall, new(Guid.NewGuid()) { Text = text }, Commands, Queues, Vault,
            new Looks(new NotedAccess(), Clock), Clerk()));

    public async Task<object> SlipAsync(Guid ticket, string? printer = null) =>
        Inner(await SlipEndpoints.PrintAsync(Hall, ticket, new(Guid.NewGuid()) { Printer = printer }, Commands, TicketIssuer, Queues,
            Clerk()));

    public async Task<object> OfServiceAsync(string service, string action) =>
        Inner(await ServiceEndpoints.ActAsync(Hall, service, action, new(Guid.NewGuid()), Commands, Clerk()));

    public async Task<object> EnterAsync(EnterTicketRequest request) =>
        Inner(await TicketEndpoints.EnterAsync(Hall, request, Commands, TicketIssuer, Vault, Clerk()));

    public async Task<object> TakeAsync(TakeTicketRequest request) =>
        Inner(await KioskEndpoints.TakeAsync("town.rathaus.foyer", request, _offices, TicketIssuer, Clock,
            new(Principal.Of(CredentialKind.Kiosk, "town.rathaus", "kiosk"), Permission.TakeTicket)));

    public async Task<object> GiveBackAsync(string queue, string code) =>
        Inner(await KioskEndpoints.GiveBackAsync(queue, code, new(Guid.NewGuid()), Tickets));

    /// <summary>A citizen joins at the kiosk. Returns the ticket's id.</summary>
    public async Task<Guid> JoinAsync(string service = "passport")
    {
        var id = Guid.NewGuid();
        Assert.IsType<TakenTicket>(await TakeAsync(new(id, service, "de")));
        return id;
    }

    public static CounterRequest Request() => new(Guid.NewGuid());

    public async Task<Queue> QueueAsync(QueueKey? key = null) => (await Queues.ViewAsync(key ?? SmallOffice.Key)).Queue;

    public async Task<Ticket> TicketAsync(Guid id) => (await QueueAsync()).Tickets[new TicketId(id)];

    /// <summary>An answer's body, or "409 nobody-waiting".</summary>
    private static object Inner(INestedHttpResult result) => result.Result switch
    {
        ProblemHttpResult problem => $"{problem.StatusCode} {problem.ProblemDetails.Type?.Split(':')[^1]}",
        IValueHttpResult { Value: { } value } => value,
        var other => other.GetType().Name,
    };
}

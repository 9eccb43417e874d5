using System.Security.Claims;
using Aufruf.Domain;
using Aufruf.Domain.Queues;
using Aufruf.Hub.Api;
using Aufruf.Hub.Forecasting;
using Aufruf.Hub.Gateway;
using Aufruf.Hub.Identity;
using Aufruf.Hub.Push;
using Aufruf.Tests.Running;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Time.Testing;

namespace Aufruf.Tests.Hub;

/// <summary>The API's own handlers on the office of two areas, without web server and Orleans.</summary>
internal sealed class DeskApi : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly FakeLink _link = new();
    private readonly TwoAreasFinder _offices = new();

    public DeskApi()
    {
        Queues = new MemoryQueues(Journal, TwoAreas.Office, Clock);
        Seals = new(new SqliteSealKeys(Path.Combine(_folder.Path, "seals.db")));
        Door = new(_offices, Queues, Clock);
        Issuing = new(Queues, new SlipPrinter(Queues, _link, Clock, new("https://aufruf.example")), Fleet, new CountedSecrets(), new NoForecasts(), Clock);
        Tickets = new(Queues, _offices, new NoForecasts(), Clock);
    }

    public FakeTimeProvider Clock { get; } = new(SmallOffice.Nine);
    public MemoryJournal Journal { get; } = new();
    public MemoryQueues Queues { get; }
    public Fleet Fleet { get; } = new();
    public Seals Seals { get; }
    public DeskDoor Door { get; }
    public Issuing Issuing { get; }
    public TicketViews Tickets { get; }

    public static string Hall => SmallOffice.Key.AreaKey;

    public void Dispose() => _folder.Dispose();

    public static ClaimsPrincipal Clerk(string name = "anna", string office = "town.rathaus") =>
        new(new ClaimsIdentity([new(TokenAuthentication.OfficeClaim, office), new(ClaimTypes.Name, name)], "test"));

    public async Task<object> ActAsync(string counter, string action, CounterWish? wish = null, string? area = null, ClaimsPrincipal? clerk = null) =>
        Inner(await CounterEndpoints.ActAsync(area ?? Hall, counter, new(action), wish ?? Wish(), Door, Queues, clerk ?? Clerk()));

    public async Task<object> OfTicketAsync(Guid ticket, string action, TicketWish? wish = null) =>
        Inner(await TicketEndpoints.ActAsync(Hall, ticket, action, wish ?? new(Guid.NewGuid()), Door, Seals, Clerk()));

    public async Task<object> OfServiceAsync(string service, string action) =>
        Inner(await ServiceEndpoints.ActAsync(Hall, service, action, new(Guid.NewGuid()), Door, Clerk()));

    public async Task<object> EnterAsync(EnterTicketWish wish) => Inner(await TicketEndpoints.EnterAsync(Hall, wish, Door, Issuing, Seals, Clerk()));

    public async Task<object> TakeAsync(TakeTicketWish wish) => Inner(await KioskEndpoints.TakeAsync("town.rathaus.foyer", wish, _offices, Issuing, Clock));

    public async Task<object> GiveBackAsync(string queue, string code) => Inner(await KioskEndpoints.GiveBackAsync(queue, code, new(Guid.NewGuid()), Tickets));

    /// <summary>Somebody joins at the kiosk; the id of the ticket.</summary>
    public async Task<Guid> JoinAsync(string service = "passport")
    {
        var id = Guid.NewGuid();
        Assert.IsType<TakenTicket>(await TakeAsync(new(id, service, "de")));
        return id;
    }

    public static CounterWish Wish() => new(Guid.NewGuid());

    public async Task<Queue> QueueAsync(QueueKey? key = null) => (await Queues.ViewAsync(key ?? SmallOffice.Key)).Queue;

    public async Task<Ticket> TicketAsync(Guid id) => (await QueueAsync()).Tickets[new TicketId(id)];

    /// <summary>An answer's body, or "409 nobody-waiting".</summary>
    private static object Inner(INestedHttpResult result) => result.Result switch
    {
        ProblemHttpResult problem => $"{problem.StatusCode} {problem.ProblemDetails.Type?.Split(':')[^1]}",
        IValueHttpResult { Value: { } value } => value,
        var other => other.GetType().Name,
    };

    private sealed class CountedSecrets : ISecrets
    {
        private int _given;

        public string NewTicketCode() => $"code-{++_given}";
    }
}

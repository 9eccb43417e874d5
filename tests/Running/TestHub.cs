using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Aufruf.Contracts;
using Aufruf.Domain.Identity;
using Aufruf.Hub.Identity;

namespace Aufruf.Tests.Running;

/// <summary>The real hub on free ports of this machine. Its office is the demo office of Alsdorf unless a test names another.</summary>
/// <remarks><see cref="StartAsync"/> runs it inside the tests. <see cref="HubProcess"/> is a process, for a kill or its memory.</remarks>
internal abstract partial class TestHub : IAsyncDisposable
{
    public const string Office = "alsdorf.rathaus";
    public const string Area = "alsdorf.rathaus.erdgeschoss";
    public const string Kiosk = "alsdorf.rathaus.foyer";
    public const string Board = "alsdorf.rathaus.halle";

    /// <summary>The person of <see cref="Clerk"/>: in charge of the office and its administrator.</summary>
    public const string FirstClerk = "first-clerk";

    private readonly TempFolder _folder = new();
    private readonly List<string> _words = [];
    private readonly string[] _options;
    private readonly string[] _more;
    private readonly List<TestHub> _others = [];
    private string _passwords;

    protected TestHub(string? data, string[] options)
    {
        Data = data ?? Path.Combine(_folder.Path, "data");
        (_more, _passwords) = (options, Path.Combine(Data, "edge"));
        Offices = Path.Combine(_folder.Path, "offices");
        Directory.CreateDirectory(Offices);
        OfficeFile = Path.Combine(Offices, "alsdorf.rathaus.json");
        (Http, Mqtt, Silo, Gateway) = (Ports.Next(), Ports.Next(), Ports.Next(), Ports.Next());
        _options =
        [
            $"--Hub:Data={Data}", $"--Hub:Offices={Offices}", $"--Hub:PairInto={Path.Combine(Data, "edge")}", $"--Hub:HttpPort={Http}",
            $"--Hub:MqttPort={Mqtt}", $"--Hub:SiloPort={Silo}", $"--Hub:GatewayPort={Gateway}", .. options,
        ];
    }

    public int Http { get; }
    public int Mqtt { get; }

    /// <summary>Where other hubs connect.</summary>
    public int Silo { get; }

    /// <summary>Where a portal of its own connects.</summary>
    public int Gateway { get; }

    public string Data { get; }
    public string Offices { get; }

    /// <summary>The configuration in use: a test may change it while the hub runs.</summary>
    public string OfficeFile { get; }

    public static string DemoOffice => Path.Combine(Repository.Root, "hub", "demo", "alsdorf.rathaus.json");

    public Uri Address => new($"http://localhost:{Http}");

    /// <summary>The first clerk's key.</summary>
    public string ClerkToken { get; private set; } = "";

    /// <summary>Printed by the hub at its first start.</summary>
    public string DisplayToken { get; private set; } = "";
    public string KioskToken { get; private set; } = "";

    public HttpClient Anybody => field ??= new HttpClient { BaseAddress = Address };
    public HttpClient Clerk => field ??= As(ClerkToken);
    public HttpClient AtKiosk => field ??= As(KioskToken);

    public abstract bool HasEnded { get; }

    /// <summary>All it has printed so far.</summary>
    public string Words
    {
        get
        {
            lock (_words)
            {
                return string.Join('\n', _words);
            }
        }
    }

    protected IReadOnlyList<string> Options => _options;

    /// <summary>Starts a hub inside the tests.</summary>
    /// <param name="office">Text of the office file; the demo office when null.</param>
    /// <param name="data">The folder of its data; a new one when null.</param>
    /// <param name="options">More options of its command line.</param>
    public static Task<InnerHub> StartAsync(string? office = null, string? data = null, params string[] options) =>
        StartAsync(new InnerHub(data, options), office);

    /// <summary>Starts a hub at nine in the morning of the office, whenever the test runs: a whole day is before it.</summary>
    public static Task<InnerHub> StartAtNineAsync(string? office = null, params string[] options)
    {
        var hub = new InnerHub(null, options);
        hub.Clock.Skipped = UntilNine;
        return StartAsync(hub, office);
    }

    public static TimeZoneInfo Berlin { get; } = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    /// <summary>The office's day. It begins an hour or two before the one of UTC.</summary>
    public static DateOnly DayOf(DateTimeOffset at) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, Berlin).DateTime);

    /// <summary>From now until nine in the morning of the next day in Berlin.</summary>
    public static TimeSpan UntilNine
    {
        get
        {
            var now = TimeProvider.System.GetUtcNow();
            var nine = TimeZoneInfo.ConvertTime(now, Berlin).Date.AddDays(1).AddHours(9);
            return new DateTimeOffset(nine, Berlin.GetUtcOffset(nine)) - now;
        }
    }

    /// <summary>Another hub of a cluster: the same database, offices, keys, tokens and passwords; its own folder and ports.</summary>
    public static Task<InnerHub> JoinAsync(TestHub first, string? data = null, params string[] options) =>
        JoinAsync(new InnerHub(data, OptionsFor(first, options)), first);

    protected static string[] OptionsFor(TestHub first, string[] more) => [.. first._more, $"--Hub:PairInto={first._passwords}", .. more];

    protected static async Task<T> JoinAsync<T>(T hub, TestHub first) where T : TestHub
    {
        Directory.CreateDirectory(hub.Data);
        foreach (var key in Directory.GetFiles(first.Data, "*.key"))
        {
            File.Copy(key, Path.Combine(hub.Data, Path.GetFileName(key)));
        }

        (hub.ClerkToken, hub.DisplayToken, hub.KioskToken) = (first.ClerkToken, first.DisplayToken, first.KioskToken);
        hub._passwords = first._passwords;
        first._others.Add(hub);
        hub._others.Add(first);
        return await StartAsync(hub, await File.ReadAllTextAsync(first.OfficeFile));
    }

    /// <summary>Starts it on the same data and ports; returns when it is ready.</summary>
    public abstract Task StartAgainAsync();

    /// <summary>Stops it as an operator does; its exit code.</summary>
    public abstract Task<int> StopAsync();

    public async Task<bool> IsReadyAsync()
    {
        try
        {
            using var answer = await Anybody.GetAsync("/health/ready");
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    public HttpClient As(string token) =>
        new() { BaseAddress = Address, DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", token) } };

    /// <summary>Carries out wishes about people, as the pages or as a command beside the hub. None may be refused.</summary>
    public abstract Task AskAsync(string authority, params PeopleCommand[] commands);

    protected abstract Task<People> PeopleOfAsync(string authority);

    /// <summary>The value of the cookie of a new session.</summary>
    public abstract Task<string> SessionAsync(StaffPerson person);

    /// <summary>A person with roles and a password.</summary>
    public async Task<StaffPerson> HireAsync(string authority, string name, params (string Role, string Place)[] roles)
    {
        var (link, until) = (SessionPass.HashOf(SessionPass.NewCode()), Now + TimeSpan.FromDays(1));
        await AskAsync(authority, [new PeopleCommand.Invite(name, $"Die Person {name}", link, until, "test"),
            new PeopleCommand.SetPassword(name, link, StaffPerson.PasswordHash),
            .. roles.Select(role => new PeopleCommand.Grant(name, role.Role, role.Place, "test"))]);
        return new(authority, name);
    }

    /// <summary>A new key of a person.</summary>
    public async Task<string> KeyAsync(string authority, string name)
    {
        var key = Secret.New(authority, name);
        await AskAsync(authority, new PeopleCommand.MakeKey(name, key.Hash, "test", Now + TimeSpan.FromDays(360), "test"));
        return key.Token;
    }

    protected virtual DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    /// <summary>Somebody in charge of an office, who administers it too; and their key.</summary>
    public async Task<string> HireInChargeAsync(string office, string name)
    {
        var authority = office.Split('.')[0];
        await HireAsync(authority, name, (Role.InCharge.Id, office), (Role.AdministratorId, office));
        return await KeyAsync(authority, name);
    }

    /// <summary>Takes a ticket at the kiosk of the demo office.</summary>
    public async Task<Taken> TakeAsync(string service = "ausweis", Guid? request = null)
    {
        using var answer = await AtKiosk.PostAsJsonAsync($"/api/v1/kiosks/{Kiosk}/tickets",
            new { requestId = request ?? Guid.CreateVersion7(), service, language = "de" });
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<Taken>())!;
    }

    /// <summary>A clerk's action at a counter of the demo office.</summary>
    public Task<HttpResponseMessage> ActAsync(string counter, string action, Guid? request = null, long? seen = null) =>
        Clerk.PostAsJsonAsync($"/api/v1/areas/{Area}/counters/{counter}/{action}",
            new { requestId = request ?? Guid.CreateVersion7(), seen });

    /// <summary>The sentences of a check of /health/ready on this machine. Each sentence has the time since which it lasts.</summary>
    public async Task<IReadOnlyList<string>> TroublesAsync(string check)
    {
        using var answer = await Anybody.GetAsync("/health/ready");
        var troubles = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["checks"]![check]!["troubles"]!.AsArray();
        return [.. troubles.Select(trouble =>
        {
            var age = TimeProvider.System.GetUtcNow() - trouble!["since"]!.GetValue<DateTimeOffset>();
            Assert.InRange(age.TotalMinutes, -10, 30); // A test may have stepped the hub's clock.
            return (string)trouble["sentence"]!;
        })];
    }

    public Task UntilTroubleAsync(string check, string words, double seconds = 20) => UntilAsync(async () =>
        (await TroublesAsync(check)).Any(trouble => trouble.Contains(words, StringComparison.Ordinal)), $"{check}: {words}",
        seconds: seconds);

    public string DevicePassword(string device) => File.ReadAllText(Path.Combine(_passwords, device, "password"));

    /// <summary>Waits for something that must happen; the limit is only there to fail.</summary>
    public async Task UntilAsync(Func<Task<bool>> happened, string what, Func<bool>? hopeless = null, double seconds = 60)
    {
        for (var began = Stopwatch.StartNew(); !await happened(); await Task.Delay(20))
        {
            Assert.False(began.Elapsed.TotalSeconds > seconds || hopeless?.Invoke() is true,
                $"'{what}' did not happen within {seconds} s. The hub's words:\n{Words}"
                + string.Concat(_others.Select(other => $"\nThe words of a hub beside it:\n{other.Words}")));
        }
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        _folder.Dispose();
    }

    protected abstract Task EndAsync();

    /// <summary>The hub has heard of the clerk's key.</summary>
    protected virtual Task UntilKnownAsync(string office) => Task.CompletedTask;

    protected static async Task<T> StartAsync<T>(T hub, string? office) where T : TestHub
    {
        await File.WriteAllTextAsync(hub.OfficeFile, office ?? await File.ReadAllTextAsync(DemoOffice));
        await hub.StartAgainAsync();
        var described = JsonNode.Parse(await File.ReadAllTextAsync(hub.OfficeFile))!;
        var authority = (string)described["authority"]!["id"]!;
        hub.ClerkToken = hub.ClerkToken.Length > 0 ? hub.ClerkToken // Another hub of a cluster.
            : (await hub.PeopleOfAsync(authority)).Find(FirstClerk) is not null ? await hub.KeyAsync(authority, FirstClerk) // Older data.
            : await hub.HireInChargeAsync($"{authority}.{described["id"]}", FirstClerk);
        await hub.UntilKnownAsync($"{authority}.{described["id"]}");
        return hub;
    }

    /// <summary>Keeps a line that the hub printed.</summary>
    protected void Hear(string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (_words)
        {
            _words.Add(line);
        }

        if (Token().Match(line) is { Success: true } match)
        {
            // Those of the first office; another may be added while the hub runs.
            DisplayToken = DisplayToken.Length == 0 && match.Value.Contains("first-display", StringComparison.Ordinal) ? match.Value
                : DisplayToken;
            KioskToken = KioskToken.Length == 0 && match.Value.Contains("first-kiosk", StringComparison.Ordinal) ? match.Value : KioskToken;
        }
    }

    [GeneratedRegex("(?<=#token=)[a-z.]+~first-(display|kiosk)~[A-Za-z0-9_-]+")]
    private static partial Regex Token();
}

/// <summary>The answer of the kiosk's API.</summary>
internal sealed record Taken(string Number, int Ahead, string StatusPath, string? QrPath, bool Printing);

using System.Diagnostics;
using System.Net;
using Aufruf.Domain;
using Aufruf.Domain.Identity;
using Aufruf.Grains;
using Aufruf.Grains.Journal;
using Aufruf.Hub.Identity;
using Aufruf.Hub.Running;
using Aufruf.Portal.Staff;

namespace Aufruf.Tests.Running;

/// <summary>The real hub as a process of its own.</summary>
internal sealed class HubProcess : TestHub
{
    private Process? _process;

    private HubProcess(string? data, string[] options) : base(data, options)
    {
    }

    public int ProcessId => _process!.Id;
    public DateTime StartedAt => _process!.StartTime;
    public override bool HasEnded => _process!.HasExited;

    /// <summary>The hub's program, as built together with these tests.</summary>
    public static string Program => Repository.Built("hub", "Aufruf.Hub.dll");

    public static new Task<HubProcess> StartAsync(string? office = null, string? data = null, params string[] options) =>
        StartAsync(new HubProcess(data, options), office);

    /// <summary>Another process of a cluster, as <see cref="TestHub.JoinAsync(TestHub, string, string[])"/>.</summary>
    public static new Task<HubProcess> JoinAsync(TestHub first, string? data = null, params string[] options) =>
        JoinAsync(new HubProcess(data, OptionsFor(first, options)), first);

    /// <summary>Returns when the program answers that it is ready.</summary>
    public override async Task StartAgainAsync()
    {
        var process = Process.Start(new ProcessStartInfo("dotnet", [Program, .. Options])
        { RedirectStandardOutput = true, RedirectStandardError = true }) ?? throw new InvalidOperationException("dotnet did not start.");
        process.OutputDataReceived += (_, e) => Hear(e.Data);
        process.ErrorDataReceived += (_, e) => Hear(e.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        _process = process;
        await UntilAsync(async () => !process.HasExited && await IsReadyAsync(), "The hub is ready", () => process.HasExited);
    }

    /// <summary>Beside the hub, as the command "token" does.</summary>
    public override async Task AskAsync(string authority, params PeopleCommand[] commands)
    {
        await using var journal = await OpenAsync();
        var people = PeopleIn(journal, authority);
        foreach (var command in commands)
        {
            Assert.Null((await people.Handle(new RequestId(Guid.CreateVersion7()), command)).Refusal);
        }
    }

    /// <summary>The key was written into the journal beside the running hub, which hears of it a moment later.</summary>
    protected override Task UntilKnownAsync(string office) => UntilAsync(async () =>
    {
        using var answer = await Clerk.GetAsync(new Uri($"/api/v1/offices/{office}/offers", UriKind.Relative));
        return answer.StatusCode is not System.Net.HttpStatusCode.Unauthorized;
    }, "The hub knows the clerk's key");

    protected override async Task<People> PeopleOfAsync(string authority)
    {
        await using var journal = await OpenAsync();
        return (await PeopleIn(journal, authority).ViewAsync()).State;
    }

    private Task<GroupCommitJournal> OpenAsync() => CommandSettings.OpenJournalAsync(CommandSettings.Read([.. Options]), readOnly: false);

    private static Journaled<People, PeopleCommand, PeopleEvent> PeopleIn(IJournal journal, string authority) =>
        Journaled.Of<People, PeopleCommand, PeopleEvent>(People.StreamOf(authority), journal, new PeopleCache(TimeProvider.System),
            TimeProvider.System);

    /// <summary>By the form: the keys of the cookie are in the process.</summary>
    public override async Task<string> SessionAsync(StaffPerson person)
    {
        var cookies = new CookieContainer();
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = cookies })
        {
            BaseAddress = Address
        };
        using var answer = await person.SignInAsync(client);
        return cookies.GetCookies(Address)[StaffAccess.Cookie]?.Value ?? throw new InvalidOperationException($"{answer.StatusCode}");
    }

    /// <summary>As a power cut: kill -9.</summary>
    public async Task KillAsync()
    {
        _process!.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>It stands still, as a virtual machine that is moved: its connections stay open.</summary>
    public Task FreezeAsync() => SignalAsync("STOP");

    public Task WakeAsync() => SignalAsync("CONT");

    /// <summary>As an operator: SIGTERM, and waits for its end.</summary>
    public override async Task<int> StopAsync()
    {
        await SignalAsync("TERM");
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await _process!.WaitForExitAsync(patience.Token);
        return _process.ExitCode;
    }

    private async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", $"{ProcessId}"]);
        await kill.WaitForExitAsync();
        Assert.Equal(0, kill.ExitCode);
    }

    protected override async Task EndAsync()
    {
        if (_process is { HasExited: false })
        {
            await KillAsync();
        }

        _process?.Dispose();
    }
}

using Aufruf.Contracts;
using Aufruf.Domain.Identity;
using Aufruf.Hub.Identity;
using Aufruf.Hub.Running;
using Aufruf.Portal.Identity;
using Aufruf.Portal.Staff;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Aufruf.Tests.Running;

/// <summary>The real hub inside the tests: the same parts, broker and ports. It starts ten times as fast as a process, which compiles
/// itself first.</summary>
internal sealed class InnerHub(string? data, string[] options) : TestHub(data, options)
{
    private WebApplication? _app;

    /// <summary>The hub's clock; a test may step it while the time since boot goes on.</summary>
    public WallClock Clock { get; } = new();

    public IServiceProvider Services => _app?.Services ?? throw new InvalidOperationException("The hub does not run.");

    public override bool HasEnded => _app is null;

    public override async Task StartAgainAsync()
    {
        _app = Server.Build([.. Options, "--Logging:Console:LogLevel:Default=None"], new Console(Hear), Clock,
            time => new SkippingMachine(time, Clock));
        _app.Services.GetRequiredService<ILoggerFactory>().AddProvider(new Ear(Hear));
        try
        {
            await _app.StartAsync();
        }
        catch
        {
            await _app.DisposeAsync();
            _app = null;
            throw;
        }
    }

    public override async Task AskAsync(string authority, params PeopleCommand[] commands)
    {
        foreach (var command in commands)
        {
            Assert.Null(await Services.GetRequiredService<PeopleGate>().HandleAsync(authority, command));
        }
    }

    protected override Task<People> PeopleOfAsync(string authority) => Services.GetRequiredService<PeopleGate>().ReadAsync(authority);

    /// <summary>Without the form: most tests need no proof of a password.</summary>
    public override async Task<string> SessionAsync(StaffPerson person)
    {
        var session = new SessionPass(person.Authority, person.Name, SessionPass.NewCode());
        await AskAsync(person.Authority, new PeopleCommand.BeginSession(person.Name, session.Hash, SignInWay.Password,
            Now + TimeSpan.FromDays(360), null));
        return Services.GetRequiredService<IOptionsMonitor<CookieAuthenticationOptions>>().Get(StaffAccess.Scheme)
            .TicketDataFormat.Protect(new(PersonIdentity.Of(session, StaffAccess.Scheme), StaffAccess.Scheme));
    }

    protected override DateTimeOffset Now => Clock.GetUtcNow();

    public override async Task<int> StopAsync()
    {
        await EndAsync();
        return 0;
    }

    protected override async Task EndAsync()
    {
        if (_app is { } app)
        {
            _app = null;
            await app.StopAsync();
            await app.DisposeAsync();
        }
    }

    private sealed class Console(Action<string?> hear) : StringWriter
    {
        public override void WriteLine(string? value) => hear(value);
    }

    private sealed class Ear(Action<string?> hear) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public bool IsEnabled(LogLevel logLevel) => logLevel is not LogLevel.None;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter) =>
            hear($"{logLevel} {eventId.Id} {formatter(state, exception)} {exception}".TrimEnd());

        public void Dispose()
        {
        }
    }
}

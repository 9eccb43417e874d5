using System.Text.RegularExpressions;
using Aufruf.Contracts;
using Aufruf.Domain;
using Aufruf.Domain.Appointments;
using Aufruf.Grains;
using Aufruf.Hub.Appointments;
using Aufruf.Tests.Running;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;

namespace Aufruf.Tests.Flows;

/// <summary>A citizen who books at the demo office of a true hub, and a true mail server.</summary>
internal sealed partial class BookingCitizen : IAsyncDisposable
{
    public const string Name = "Anna Ünal", Mail = "anna.uenal@example.org";

    private static readonly Wanted[] Passport = [new(new("ausweis"))];

    private readonly MailServer _server = new();
    private readonly TempFolder _data = new();
    private InnerHub? _hub;

    public InnerHub Hub => _hub ?? throw new InvalidOperationException("The hub does not run.");

    public MailServer Server => _server;

    public string[] Settings => ["--Hub:Mail:Host=localhost", $"--Hub:Mail:Port={_server.Port}", "--Hub:Mail:Tls=None",
        "--Hub:Mail:From=Stadt Alsdorf <termine@alsdorf.example>", "--Hub:Mail:ReplyTo=buergeramt@alsdorf.example", .. More];

    public string[] More { get; private init; } = [];

    public IAppointments Appointments => Hub.Services.GetRequiredService<IAppointments>();

    public IJournal Journal => Hub.Services.GetRequiredService<IJournal>();

    /// <summary>The appointment as last shown; before the first step there is none.</summary>
    public AppointmentView View { get; private set; } = null!;

    public string Code { get; private set; } = "";

    public CalendarWeekKey Week => View.Week;

    public static async Task<BookingCitizen> StartAsync(params string[] more)
    {
        var citizen = new BookingCitizen { More = more };
        citizen._hub = await TestHub.StartAsync(data: citizen._data.Path, options: citizen.Settings);
        return citizen;
    }

    /// <param name="stopped">Done while no hub runs.</param>
    public async Task RestartAsync(Action stopped)
    {
        await Hub.DisposeAsync();
        stopped();
        _hub = await TestHub.StartAsync(data: _data.Path, options: Settings);
    }

    /// <summary>The beginnings that are free so many days ahead.</summary>
    public async Task<DateTimeOffset[]> FreeAsync(int daysAhead)
    {
        var from = DateOnly.FromDateTime(Hub.Clock.GetUtcNow().UtcDateTime).AddDays(daysAhead);
        var found = await Appointments.FindAsync(new("alsdorf", Passport, From: from, Days: 7));
        return [.. found.Offices.Single(o => o.Offer.Office == TestHub.Office).Starts
            .Where(at => at > Hub.Clock.GetUtcNow().AddDays(daysAhead - 1))];
    }

    public SlotChoice At(DateTimeOffset from) =>
        new(TestHub.Office, $"{TestHub.Office}.buergerservice", Passport, from, AppointmentKind.AtCounter, "de");

    public async Task HoldAsync(DateTimeOffset from)
    {
        View = Done(await Appointments.HoldAsync(At(from), NewRequest()));
        Code = View.Code;
    }

    public async Task PreconfirmAsync(string? mail = Mail) =>
        View = Done(await Appointments.PreconfirmAsync(Week, Code, new(Name, mail, "0241 4711", "Rollstuhl"), NewRequest()));

    /// <summary>Presses the button of the page that the mail leads to.</summary>
    public async Task ConfirmAsync() => View = Done(await Appointments.ConfirmAsync(Week, Code,
        Secret().Match(_server.Arrived[^1].TextBody ?? "").Groups[1].Value, NewRequest()));

    /// <summary>Held, preconfirmed, confirmed; both mails are here.</summary>
    public async Task BookAsync(DateTimeOffset from)
    {
        var before = _server.Arrived.Count;
        await HoldAsync(from);
        await PreconfirmAsync();
        await UntilMailsAsync(before + 1);
        await ConfirmAsync();
        await UntilMailsAsync(before + 2);
    }

    public async Task RebookAsync(DateTimeOffset from) =>
        View = Done(await Appointments.RebookAsync(Week, Code, At(from), NewRequest()));

    public async Task CancelAsync() => View = Done(await Appointments.CancelAsync(Week, Code, NewRequest()));

    public Task UntilMailsAsync(int count) => Hub.UntilAsync(() => Task.FromResult(_server.Arrived.Count >= count), $"{count} mails");

    /// <summary>The process has taken every entry, and every mail has left.</summary>
    public async Task UntilQuietAsync()
    {
        var process = Hub.Services.GetRequiredService<NoticeProcess>();
        var outbox = Hub.Services.GetRequiredService<IGrainFactory>().GetGrain<IOutboxGrain>("outbox/alsdorf");
        await Hub.UntilAsync(async () => process.Subscription.BehindSince is null && process.StuckFor(TimeSpan.Zero).Count == 0
            && process.Subscription.Reached >= await Journal.LastPositionAsync(TestContext.Current.CancellationToken)
            && (await outbox.View()).Messages.Values.All(m => m.IsStuck), "Nothing is left to do");
    }

    public async ValueTask DisposeAsync()
    {
        if (_hub is not null)
        {
            await _hub.DisposeAsync();
        }

        await _server.DisposeAsync();
        _data.Dispose();
    }

    public static RequestId NewRequest() => new(Guid.CreateVersion7());

    /// <summary>The calendar file of a mail; null: it has none.</summary>
    public static string? CalendarOf(MimeMessage mail) => mail.BodyParts.OfType<TextPart>().FirstOrDefault(p => p.ContentType.IsMimeType(
        "text", "calendar"))?.Text;

    private static AppointmentView Done(AppointmentAnswer answer)
    {
        Assert.Null(answer.Refusal);
        return Assert.IsType<AppointmentView>(answer.View);
    }

    [GeneratedRegex("/confirm/([0-9a-z]+)")]
    private static partial Regex Secret();
}

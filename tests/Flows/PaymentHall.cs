using Aufruf.Contracts;
using Aufruf.Domain;
using Aufruf.Domain.Cases;
using Aufruf.Domain.Outbox;
using Aufruf.Grains;
using Aufruf.Grains.Journal;
using Aufruf.Hub.Cases.Payments;
using Aufruf.Hub.Connectors.Mail;
using Aufruf.Tests.Running;
using Microsoft.Extensions.DependencyInjection;

namespace Aufruf.Tests.Flows;

/// <summary>A hub whose authority has a payment provider, and that provider.</summary>
public sealed class PaymentHall : IAsyncLifetime
{
    internal const string Procedure = "register-information";

    internal const long Fee = 1_100;

    private static readonly (string Page, (string, string)[] Answers)[] Form =
    [
        ("searched", [("searched.given", "Max"), ("searched.family", "Gesucht"), ("searchedBorn", "1980-05-17"), ("enough", "true")]),
        ("you", [("name.given", "Zoë"), ("name.family", "Unverkennbar"), ("address.street", "Hubertusstraße"), ("address.number", "17"),
            ("address.postcode", "52477"), ("address.town", "Alsdorf"), ("mail", "zoe@example.org"), ("commercial", "false"),
            ("noAdvertising", "true")]),
    ];

    private readonly TempFolder _folder = new();

    internal Provider.Provider Provider { get; private set; } = null!;

    internal InnerHub Hub { get; private set; } = null!;

    internal ICitizenCases Cases => Hub.Services.GetRequiredService<ICitizenCases>();

    internal ICasePayments Payments => Hub.Services.GetRequiredService<ICasePayments>();

    internal IStaffPayments Staff => Hub.Services.GetRequiredService<IStaffPayments>();

    private IGrainFactory Grains => Hub.Services.GetRequiredService<IGrainFactory>();

    public async ValueTask InitializeAsync()
    {
        Provider = await Aufruf.Provider.Provider.StartAsync(0, new("alsdorf", "demo"), TimeProvider.System);
        Hub = await TestHub.StartAsync(options: [$"--Hub:Procedures={Repository.PathOf("hub", "procedures")}", .. Settings()]);
        Hub.Clock.Skipped += TimeSpan.FromHours(2); // A clock is believed an hour after the first start.
    }

    /// <param name="kind">Of the provider.</param>
    internal string[] Settings(string kind = "xbezahldienste") =>
    [
        $"--Hub:Payments:alsdorf:Kind={kind}", $"--Hub:Payments:alsdorf:Address={Provider.Address}",
        "--Hub:Payments:alsdorf:SignIn=password", "--Hub:Payments:alsdorf:User=alsdorf",
        $"--Hub:Payments:alsdorf:SecretFile={_folder.Write("secret", "demo")}",
        "--Hub:Payments:alsdorf:Originator=alsdorf", "--Hub:Payments:alsdorf:Endpoint=kasse", "--Hub:Payments:alsdorf:Project=7",
        "--Hub:Payments:alsdorf:Patience=00:00:01",
    ];

    public async ValueTask DisposeAsync()
    {
        await Hub.DisposeAsync();
        await Provider.DisposeAsync();
        _folder.Dispose();
    }

    /// <summary>An application that is filled in, up to the check of all answers.</summary>
    internal Task<string> FillInAsync() => FillInAsync(Cases);

    internal static async Task<string> FillInAsync(ICitizenCases cases)
    {
        var code = (await cases.BeginAsync("alsdorf", Procedure, "de", New())).Code!;
        foreach (var (page, answers) in Form)
        {
            await cases.SaveAsync("alsdorf", code, page, answers.ToDictionary(a => a.Item1, a => a.Item2), New());
        }

        var form = (await cases.FormAsync("alsdorf", code))!;
        Assert.True(form.IsComplete, string.Join(' ', form.Faults));
        return code;
    }

    /// <summary>A case that waits for its payment.</summary>
    internal async Task<(string Code, string Number)> ApplyAsync()
    {
        var code = await FillInAsync();
        Assert.Null((await Cases.SubmitAsync("alsdorf", code, Form.Length, New())).Refusal);
        return (code, (await Cases.ViewAsync("alsdorf", code))!.Number!);
    }

    internal Task<Claim> ClaimOfAsync(string number) => Grains.GetGrain<IClaimGrain>(StreamOf(number)).View();

    internal Task<CitizenCase> CaseOfAsync(string number) => Grains.GetGrain<ICaseGrain>(CitizenCase.StreamOf("alsdorf", number)).View();

    internal static string StreamOf(string number) => new ClaimKey("alsdorf", number, "fee").Stream;

    /// <summary>The mails that wait, by the stream that they follow from. No mail server is set, so none leaves.</summary>
    internal IReadOnlyList<Message> MailsAbout(string stream) =>
        [.. Hub.Services.GetRequiredService<Outboxes>().Of(Outbox.StreamOf("alsdorf")).Known.Messages.Values
            .Where(message => message.Cause.Stream == stream)];

    /// <summary>The mails that were ever queued about a stream.</summary>
    internal async Task<int> QueuedAsync(string stream)
    {
        var all = 0;
        await foreach (var entry in Hub.Services.GetRequiredService<IJournal>().ReadAsync(Outbox.StreamOf("alsdorf"), 0,
            CancellationToken.None))
        {
            all += EntryContent<OutboxEvent>.Read(entry).Events.OfType<OutboxEvent.MessageQueued>()
                .Count(queued => queued.Cause.Stream == stream);
        }

        return all;
    }

    internal Task<PlainMail?> OpenAsync(Message message) => Hub.Services.GetRequiredService<SealedMail>().OpenAsync(message);

    internal Task UntilAsync(string number, Func<Claim, bool> holds, string what) =>
        Hub.UntilAsync(async () => holds(await ClaimOfAsync(number)), what, seconds: 40);

    /// <summary>The citizen presses a button of the provider's page.</summary>
    internal static async Task<Uri> PressAsync(string page, string button)
    {
        using var citizen = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false });
        using var back = await citizen.PostAsync(new Uri($"{page}/{button}"), null);
        return back.Headers.Location!;
    }

    internal static RequestId New() => new(Guid.CreateVersion7());
}

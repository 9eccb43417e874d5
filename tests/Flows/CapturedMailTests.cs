using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;
using Aufruf.Contracts;
using Aufruf.Domain.Appointments;
using Aufruf.Hub;
using Aufruf.Hub.Connectors.Mail;
using Aufruf.Tests.Running;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Aufruf.Tests.Flows;

/// <summary>The demo has no mail server, and shows its mails on a page of this machine.</summary>
[Trait("Needs", "process")]
public partial class CapturedMailTests
{
    private static CancellationToken Now => TestContext.Current.CancellationToken;

    private const string Mails = CapturedMailPages.Address;

    [Fact]
    public async Task In_the_demo_a_captured_mail_confirms_an_appointment_and_the_kiosk_checks_it_in_within_two_minutes()
    {
        var began = Stopwatch.StartNew();
        await using var hub = await TestHub.StartAtNineAsync(null, "--Hub:Mail:Capture=true",
            "--Hub:Mail:From=Stadt Alsdorf <termine@alsdorf.example>");
        Assert.Contains("/demo/mails", hub.Words, StringComparison.Ordinal);
        var appointments = hub.Services.GetRequiredService<IAppointments>();
        Wanted[] passport = [new(new("ausweis"))];
        var free = Assert.Single((await appointments.FindAsync(new("alsdorf", passport, Days: 1))).Offices).Starts[0];
        var held = (await appointments.HoldAsync(new(TestHub.Office, $"{TestHub.Office}.buergerservice", passport, free,
            AppointmentKind.AtCounter, "de"), BookingCitizen.NewRequest())).View!;
        await appointments.PreconfirmAsync(held.Week, held.Code, new("Anna <b>", "anna@example.org"), BookingCitizen.NewRequest());

        var asks = await MailAsync(hub, "Bitte bestätigen");
        Assert.Contains("anna@example.org", asks, StringComparison.Ordinal);
        await appointments.ConfirmAsync(held.Week, held.Code, Secret().Match(asks).Groups[1].Value, BookingCitizen.NewRequest());

        var booked = await MailAsync(hub, "Ihr Termin am");
        var address = Link().Match(booked).Groups[1].Value;
        Assert.Contains("Guten Tag Anna &lt;b&gt;", booked, StringComparison.Ordinal);
        Assert.StartsWith("BEGIN:VCALENDAR", await hub.Anybody.GetStringAsync($"{address}/termin.ics", Now), StringComparison.Ordinal);
        Assert.Contains("From: Stadt Alsdorf <termine@alsdorf.example>", await hub.Anybody.GetStringAsync($"{address}/mail.eml", Now),
            StringComparison.Ordinal);
        using var framed = await hub.Anybody.GetAsync($"{address}/html", Now);
        Assert.Contains("sandbox", Assert.Single(framed.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        Assert.False(framed.Headers.Contains("X-Frame-Options"));
        Assert.DoesNotContain("cid:", await framed.Content.ReadAsStringAsync(Now), StringComparison.Ordinal);

        var (status, ticket) = await new AppointmentDay(hub).CheckInAsync(held.Code);
        Assert.Equal(HttpStatusCode.Created, status);
        Assert.StartsWith("N", (string)ticket["number"]!, StringComparison.Ordinal);
        Assert.Empty(await hub.TroublesAsync("mail"));
        Assert.InRange(began.Elapsed.TotalMinutes, 0, 2);

        foreach (var page in (string[])[Mails, address, $"{address}/html"])
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, page) { Headers = { { "X-Forwarded-For", "192.0.2.7" } } };
            using var answer = await hub.Anybody.SendAsync(request, Now);
            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        }
    }

    [Theory]
    [InlineData(false, "", null)]
    [InlineData(true, "", null)]
    [InlineData(true, "mail.alsdorf.example", "Hub:Mail:Capture keeps mails for a demo, and Hub:Mail:Host sends them: set one of the two.")]
    public void Mails_are_captured_on_request_only_and_never_beside_a_mail_server(bool capture, string host, string? wrong)
    {
        var settings = new Dictionary<string, string?>
        {
            ["Hub:Mail:Host"] = host,
            ["Hub:Mail:From"] = "termine@alsdorf.example",
            ["Hub:Mail:Capture"] = capture ? "true" : null,
        };
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
        if (wrong is null)
        {
            Assert.Equal(capture, HubOptions.Read(configuration).Mail.Capture);
        }
        else
        {
            Assert.Equal([wrong], Assert.Throws<OptionsValidationException>(() => HubOptions.Read(configuration)).Failures);
        }
    }

    /// <summary>The page of the first mail with such a subject, once it is there.</summary>
    private static async Task<string> MailAsync(InnerHub hub, string subject)
    {
        var address = "";
        await hub.UntilAsync(async () =>
        {
            var list = WebUtility.HtmlDecode(await hub.Anybody.GetStringAsync(Mails, Now));
            address = Entry().Matches(list).FirstOrDefault(mail => mail.Groups[2].Value.StartsWith(subject, StringComparison.Ordinal))
                ?.Groups[1].Value ?? "";
            return address.Length > 0;
        }, subject);
        return await hub.Anybody.GetStringAsync(address, Now);
    }

    [GeneratedRegex("<a href=\"(/demo/mails/[^\"]+)\">([^<]+)</a>")]
    private static partial Regex Entry();

    [GeneratedRegex("href=\"(/demo/mails/[^\"/]+)/mail.eml\"")]
    private static partial Regex Link();

    [GeneratedRegex("/confirm/([0-9a-z]+)")]
    private static partial Regex Secret();
}

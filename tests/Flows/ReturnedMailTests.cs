using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Aufruf.Contracts;
using Aufruf.Domain.Appointments;
using Aufruf.Domain.Outbox;
using Aufruf.Grains;
using Aufruf.Tests.Hub;
using Aufruf.Tests.Running;
using Microsoft.Extensions.DependencyInjection;

namespace Aufruf.Tests.Flows;

/// <summary>A mail comes back to the true hub, and the desk says that its citizen cannot be reached.</summary>
[Trait("Needs", "process")]
public class ReturnedMailTests
{
    private const string Way = "/api/v1/mail/returned";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_mail_that_comes_back_marks_its_appointment_once_or_ends_its_wish_and_a_forged_one_does_nothing()
    {
        await using var anna = await BookingCitizen.StartAsync("--Hub:Mail:Returns=returns@alsdorf.example");
        await anna.BookAsync((await anna.FreeAsync(daysAhead: 3))[0]);
        var back = anna.Server.Senders[^1];
        Assert.StartsWith("returns+", back, StringComparison.Ordinal);
        Assert.Equal(anna.Server.Senders.Count, anna.Server.Senders.Distinct().Count());
        using var server = await ServerAsync(anna);

        Assert.Equal("unknown-message", await HandOverAsync(server, back.Replace("returns+", "returns+0", StringComparison.Ordinal)));
        Assert.Equal("unknown-message", await HandOverAsync(server, "returns@alsdorf.example"));
        Assert.Equal("delayed", await HandOverAsync(server, back, "delayed"));
        Assert.Null(await NoWayAsync(anna));
        Assert.Equal("returned", await HandOverAsync(server, back));
        Assert.Equal("returned", await HandOverAsync(server, back));
        await anna.Hub.UntilAsync(async () => await NoWayAsync(anna) == "mail-returned", "The clerk sees that no mail arrives");

        var outbox = anna.Hub.Services.GetRequiredService<IGrainFactory>().GetGrain<IOutboxGrain>("outbox/alsdorf");
        var stuck = Assert.Single((await outbox.View()).Messages.Values);
        Assert.Equal((MessageProblem.Returned, anna.Week.Stream), (stuck.Problem, stuck.Cause.Stream));
        Assert.DoesNotContain("uenal", anna.Hub.Words, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("returns+", anna.Hub.Words, StringComparison.Ordinal);

        // Another address counts as a way to reach her.
        const string New = "anna.neu@example.org";
        var secrets = anna.Hub.Services.GetRequiredService<AppointmentSecrets>();
        Assert.Null((await anna.Appointments.AskNewMailAsync(anna.Week, anna.Code, New, BookingCitizen.NewRequest())).Refusal);
        Assert.Null(await anna.Appointments.ChangeMailAsync(anna.Week, anna.View.Id,
            secrets.NewMailOf(anna.View.Id, secrets.ContactOf("alsdorf", New)), BookingCitizen.NewRequest()));
        await anna.Hub.UntilAsync(async () => await NoWayAsync(anna) is null, "The new address is believed");
        await anna.UntilQuietAsync();

        // A wish whose mail comes back holds no slot for somebody who cannot hear of it.
        var mails = anna.Server.Arrived.Count;
        var wishes = anna.Hub.Services.GetRequiredService<IWishes>();
        var wish = (await wishes.RegisterAsync(new("alsdorf", [new(new("ausweis"))], AppointmentKind.AtCounter, [], [], null, null, "de",
            new("Bert", "bert@example.org")), BookingCitizen.NewRequest())).View!;
        var code = secrets.CodeOf(wish.Id);
        await anna.UntilMailsAsync(mails + 1);
        await wishes.ConfirmAsync("alsdorf", wish.Id, code, BookingCitizen.NewRequest());
        await anna.UntilMailsAsync(mails + 2);
        Assert.Equal("returned", await HandOverAsync(server, anna.Server.Senders[^1]));
        await anna.Hub.UntilAsync(async () =>
            (await wishes.ViewAsync("alsdorf", wish.Id, code))?.End is WishEnd.Unreachable, "The wish ends");

        using var large = new ByteArrayContent(new byte[1024 * 1024 + 1]);
        using var tooLarge = await server.PostAsync(Way, large, Stop);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, tooLarge.StatusCode);
        using var nobody = await anna.Hub.Anybody.PostAsync(Way, content: null, Stop);
        Assert.Equal(HttpStatusCode.Unauthorized, nobody.StatusCode);
    }

    private static async Task<HttpClient> ServerAsync(BookingCitizen anna)
    {
        var secret = await anna.Hub.Services.GetRequiredService<Aufruf.Hub.Identity.CredentialIssuer>().IssueAsync(
            TestHub.Office, Aufruf.Domain.Identity.CredentialKind.Mail, "mx");
        var server = new HttpClient { BaseAddress = anna.Hub.Address };
        server.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", secret.Token);
        return server;
    }

    /// <summary>As the sample in hub/README.md does it.</summary>
    private static async Task<string?> HandOverAsync(HttpClient server, string recipient, string action = "failed")
    {
        using var mail = new ByteArrayContent(Encoding.UTF8.GetBytes(ReturnedMail.Of("x@alsdorf.example", ReturnedMail.Status(action))));
        mail.Headers.ContentType = new("message/rfc822");
        using var answer = await server.PostAsync($"{Way}?recipient={Uri.EscapeDataString(recipient)}", mail, Stop);
        return (await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("outcome").GetString();
    }

    private static async Task<string?> NoWayAsync(BookingCitizen anna)
    {
        var day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(anna.View.From,
            TimeZoneInfo.FindSystemTimeZoneById(anna.View.TimeZone)).DateTime);
        var list = await anna.Hub.Clerk.GetFromJsonAsync<JsonElement>(
            $"/api/v1/offices/{TestHub.Office}/appointments?day={day:yyyy-MM-dd}", Stop);
        return list.EnumerateArray().Single(a => a.GetProperty("id").GetGuid() == anna.View.Id.Value).GetProperty("noWay").GetString();
    }
}

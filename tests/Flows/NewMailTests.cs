using System.Net;
using System.Text.RegularExpressions;
using Aufruf.Contracts;
using Aufruf.Domain;
using Aufruf.Domain.Appointments;
using Aufruf.Grains;
using Microsoft.Extensions.DependencyInjection;

namespace Aufruf.Tests.Flows;

/// <summary>A citizen changes the mail address on the page of the appointment, as a browser without JavaScript does.</summary>
[Trait("Needs", "process")]
public partial class NewMailTests
{
    private const string New = "anna.neu@example.org";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_new_address_confirms_the_former_one_hears_of_it_and_the_vault_keeps_only_the_new_one()
    {
        await using var anna = await BookingCitizen.StartAsync();
        await anna.BookAsync((await anna.FreeAsync(daysAhead: 3))[0]);
        var before = await FoundAsync(anna);
        var page = $"/a/{anna.Week}/{anna.Code}/mail?lang=de";
        Assert.Contains("name@beispiel.de", await PressAsync(anna, page, Entered("no address")), StringComparison.Ordinal);
        Assert.Contains("Wir haben an Ihre neue E-Mail-Adresse geschrieben", await PressAsync(anna, page, Entered(New)),
            StringComparison.Ordinal);
        await anna.UntilMailsAsync(3);
        var asks = anna.Server.Arrived[2];
        Assert.Equal(New, Assert.Single(asks.To.Mailboxes).Address);
        Assert.DoesNotContain(anna.Code, asks.TextBody, StringComparison.Ordinal);
        var link = Link().Match(asks.TextBody ?? "").Value;

        // A mail filter opens the link, and somebody guesses.
        await anna.UntilQuietAsync();
        var position = await anna.Journal.LastPositionAsync(Stop);
        foreach (var method in (HttpMethod[])[HttpMethod.Head, HttpMethod.Get])
        {
            using var seen = await anna.Hub.Anybody.SendAsync(new(method, link), Stop);
            Assert.Equal(HttpStatusCode.OK, seen.StatusCode);
        }

        Assert.Contains("Dieser Link gilt nicht mehr",
            await PressAsync(anna, link.Replace("?lang", "x?lang", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Equal((position, BookingCitizen.Mail), (await anna.Journal.LastPositionAsync(Stop), await MailAsync(anna)));

        Assert.Contains("Ihre neue E-Mail-Adresse gilt", await PressAsync(anna, link), StringComparison.Ordinal);
        await anna.UntilMailsAsync(4);
        await anna.UntilQuietAsync();
        Assert.Equal(New, await MailAsync(anna));
        Assert.Equal(BookingCitizen.Mail, Assert.Single(anna.Server.Arrived[3].To.Mailboxes).Address);
        Assert.Contains("jetzt eine andere E-Mail-Adresse", anna.Server.Arrived[3].TextBody, StringComparison.Ordinal);
        Assert.Equal((0, 1), (await CountedAsync(anna, BookingCitizen.Mail), await CountedAsync(anna, New)));
        Assert.Null(await Aufruf.Hub.Appointments.Bookings.CitizenOfAsync(anna.Hub.Services.GetRequiredService<Vault>(), before));
        Assert.DoesNotContain("anna.neu", anna.Hub.Words, StringComparison.Ordinal);

        // She enters a wrong address, and then her own again: the wrong one's link is over.
        const string Strangers = "stranger@example.org";
        var secrets = anna.Hub.Services.GetRequiredService<AppointmentSecrets>();
        Assert.Null((await anna.Appointments.AskNewMailAsync(anna.Week, anna.Code, Strangers, BookingCitizen.NewRequest())).Refusal);
        Assert.Null((await anna.Appointments.AskNewMailAsync(anna.Week, anna.Code, New, BookingCitizen.NewRequest())).Refusal);
        Assert.Equal(Refusal.NewMailOver, await anna.Appointments.ChangeMailAsync(anna.Week, anna.View.Id,
            secrets.NewMailOf(anna.View.Id, secrets.ContactOf("alsdorf", Strangers)), BookingCitizen.NewRequest()));
        await anna.UntilQuietAsync();

        var mails = anna.Server.Arrived.Count;
        await anna.CancelAsync();
        await anna.UntilMailsAsync(mails + 1);
        Assert.Equal(New, Assert.Single(anna.Server.Arrived[^1].To.Mailboxes).Address);
    }

    [Fact]
    public async Task A_new_address_that_is_confirmed_beside_a_move_moves_along()
    {
        await using var anna = await BookingCitizen.StartAsync();
        await anna.BookAsync((await anna.FreeAsync(daysAhead: 3))[0]);
        var secrets = anna.Hub.Services.GetRequiredService<AppointmentSecrets>();
        foreach (var (nr, daysAhead) in ((int, int)[])[(1, 12), (2, 12), (3, 20)])
        {
            var mail = $"anna.{nr}@example.org";
            var (week, id, before, to) = (anna.Week, anna.View.Id, await MailAsync(anna), (await anna.FreeAsync(daysAhead))[^1]);
            Assert.Null((await anna.Appointments.AskNewMailAsync(week, anna.Code, mail, BookingCitizen.NewRequest())).Refusal);
            var change = anna.Appointments.ChangeMailAsync(week, id, secrets.NewMailOf(id, secrets.ContactOf("alsdorf", mail)),
                BookingCitizen.NewRequest());
            await anna.RebookAsync(to);
            var now = await change is null ? mail : before!; // Whichever came first: what was confirmed counts.
            Assert.Equal(now, await MailAsync(anna));
            await anna.UntilQuietAsync();
            Assert.Equal(1, await CountedAsync(anna, now));
            Assert.True(now == before || await CountedAsync(anna, before!) == 0, "The former address still has an appointment to come.");
        }
    }

    private static async Task<Appointment> FoundAsync(BookingCitizen anna) => Assert.IsType<Appointment>(await anna.Hub.Services
        .GetRequiredService<IGrainFactory>().GetGrain<ICalendarWeekGrain>(anna.Week.Stream).FindById(anna.View.Id));

    private static async Task<string?> MailAsync(BookingCitizen anna) =>
        (await anna.Appointments.ViewAsync(anna.Week, anna.Code))?.Citizen?.Mail;

    private static async Task<int> CountedAsync(BookingCitizen anna, string mail)
    {
        var contact = anna.Hub.Services.GetRequiredService<AppointmentSecrets>().ContactOf("alsdorf", mail);
        return (await anna.Hub.Services.GetRequiredService<IGrainFactory>().GetGrain<IContactLimitsGrain>(
            ContactLimits.StreamOf("alsdorf", contact)).View()).Of(contact, anna.Hub.Clock.GetUtcNow()).Count();
    }

    private static KeyValuePair<string, string> Entered(string mail) => new("mail", mail);

    /// <summary>Opens the page and presses its button.</summary>
    private static async Task<string> PressAsync(BookingCitizen anna, string address, params KeyValuePair<string, string>[] more)
    {
        var form = FormId().Match(await anna.Hub.Anybody.GetStringAsync(address, Stop)).Groups[1].Value;
        Assert.NotEmpty(form);
        using var answer = await anna.Hub.Anybody.PostAsync(address, new FormUrlEncodedContent([new("form", form), .. more]), Stop);
        return WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Stop));
    }

    [GeneratedRegex("""https?://[^\s"'<>]+/mail/[^\s"'<>]+""")]
    private static partial Regex Link();

    [GeneratedRegex("name=\"form\" value=\"([0-9a-f]+)\"")]
    private static partial Regex FormId();
}

using Aufruf.Contracts;
using Aufruf.Domain.Appointments;
using Aufruf.Domain.Outbox;
using Aufruf.Grains;
using Aufruf.Hub.Connectors.Mail;
using Aufruf.Portal.Citizens;
using Aufruf.Portal.Texts;

namespace Aufruf.Hub.Appointments;

/// <summary>Writes to those who are invited, in their language. The page behind the link takes the answer.</summary>
internal sealed class InvitationMails(PlacedInvitations invitations, AppointmentSecrets secrets, SealedMail sealedMail,
    MailTemplates templates, PublicAddress address, MailOptions options, IGrainFactory grains, TimeProvider clock)
{
    /// <param name="cause">A repeat of the same entry queues nothing more.</param>
    public async Task SendAsync(string authority, Invitation invitation, Cause cause)
    {
        if (invitation.Until <= clock.GetUtcNow()
            || await invitations.CitizenOfAsync(invitation) is not { Mail.Length: > 0 } citizen)
        {
            return; // Too late to help, or its data are destroyed.
        }

        if (address.Citizens is not { } host)
        {
            throw new InvalidOperationException("Mails have no address for citizens to answer at: set Hub:PublicUrl.");
        }

        var mail = await sealedMail.SealAsync(cause, "citizen", Write(authority, invitations.ViewOf(authority, invitation), citizen,
            $"{host}/i/{authority}/{invitation.Id}/{secrets.CodeOf(invitation.Id)}"), invitation.Until);
        var answer = await grains.GetGrain<IOutboxGrain>(Outbox.StreamOf(authority)).Handle(mail.Message.Request, mail);
        if (answer.Refusal is { } refusal)
        {
            throw new InvalidOperationException($"The mail of an invitation was refused: {refusal.English}");
        }
    }

    /// <param name="shown">The words that a preview shows; null: those in force.</param>
    internal PlainMail Write(string authority, InvitationView view, CitizenData citizen, string page, MailChoice? shown = null)
    {
        var words = PortalTexts.For([view.Language]);
        var zone = view.Office.TimeZone;
        var own = shown is not null ? shown.Template
            : templates.Find(MailTemplate.Invited, authority, view.Office.Key, words.Language);
        var values = new Dictionary<string, string>
        {
            ["when"] = Moment(words, view.From, zone),
            ["minutes"] = words.Count("minutes", view.Minutes),
            ["office"] = view.Office.Name.In(words.Language),
            ["address"] = view.Office.Address,
            ["services"] = string.Join(", ", view.Services.Select(service => service.Name.In(words.Language))),
            ["name"] = citizen.Name,
            ["until"] = Moment(words, view.Until, zone),
        };
        var subject = own?.Subject is { } title ? MailBody.Fill(title, values)
            : words.Say("mail.invited.subject", ("when", values["when"]));
        var body = new MailBody(words.Language, words.Direction).Heading(subject);
        new TemplatedMail(words.Say("mail.greeting.name", ("name", citizen.Name)),
            [words.Say("mail.invited.text", ("until", values["until"]))], ["facts", "links"], (name, to) =>
            {
                if (name is "facts")
                {
                    to.Facts(Facts(view, words));
                }
                else
                {
                    to.Button(words["mail.invited.link"], $"{page}?lang={words.Language}");
                }
            }).WriteTo(body, own, values, words);
        body.SayQuietly(words.Say("mail.invited.why", ("office", values["office"]), ("address", values["address"])))
            .SayQuietly(words[options.ReplyTo.Length > 0 ? "mail.reply" : "mail.noreply"]);
        return new(citizen.Mail ?? "", subject, body.Text) { Html = body.HtmlWith(subject) };
    }

    private static IEnumerable<(string Name, string Value)> Facts(InvitationView view, PortalTexts words)
    {
        yield return (words["mine.when"], $"{Moment(words, view.From, view.Office.TimeZone)}\n{words.Count("minutes", view.Minutes)}\n"
            + words.Say("zone", ("place", CitizenPage.PlaceOf(view.Office.TimeZone))));
        yield return (words["mine.where"], view.Kind switch
        {
            AppointmentKind.Phone => words["place.phone"],
            AppointmentKind.Video => words["place.video"],
            _ => $"{view.Office.Name.In(words.Language)}\n{view.Office.Address}",
        });
        yield return (words["mine.what"], string.Join('\n', view.Services.Select(service =>
            $"{service.Name.In(words.Language)} ({words.Count("persons", service.Persons)})")));
    }

    private static string Moment(PortalTexts words, DateTimeOffset instant, string timeZone) => words.Say("at",
        ("date", CitizenPage.DayAt(instant, timeZone).ToString(words["date.pattern"], words.Culture)),
        ("time", CitizenPage.TimeAt(instant, timeZone)));
}

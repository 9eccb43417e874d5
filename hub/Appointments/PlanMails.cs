using Aufruf.Contracts;
using Aufruf.Domain.Appointments;
using Aufruf.Domain.Outbox;
using Aufruf.Grains;
using Aufruf.Hub.Connectors.Mail;
using Aufruf.Portal.Texts;

namespace Aufruf.Hub.Appointments;

/// <summary>Writes and queues the mail that asks a citizen to choose one of the times that a plan holds.</summary>
internal sealed class PlanMails(PlanChoices choices, PlanRound round, AppointmentViews views, AppointmentSecrets secrets,
    SealedMail sealedMail, MailTemplates templates, PublicAddress address, MailOptions options, IGrainFactory grains, TimeProvider clock)
{
    /// <param name="cause">The entry that says which times are held: a repeat queues nothing more.</param>
    /// <exception cref="InvalidOperationException">It cannot be sent now, and is tried again.</exception>
    public async Task SendAsync(Office office, PlanEvent.PlanOffered offered, PlanLine line, Cause cause)
    {
        var week = line.Place.Week;
        if (line.State is not LineState.Offered || offered.Until <= clock.GetUtcNow()
            || await grains.GetGrain<ICalendarWeekGrain>(week.Stream).FindById(line.Place.Id) is not { } booked
            || await views.OfAsync(week, booked) is not { Citizen: { Mail.Length: > 0 } citizen } view
            || await round.FindAsync(office, offered.Id) is not { } plan)
        {
            return; // Answered or overtaken already, or its data are destroyed: the deadline ends it.
        }

        if (address.Citizens is not { } host)
        {
            throw new InvalidOperationException("Mails have no address for citizens to choose at: set Hub:PublicUrl.");
        }

        var page = $"{host}/a/{week}/{secrets.CodeOf(booked.Origin)}";
        var mail = await sealedMail.SealAsync(cause, Reaching.CitizenOf(line.Place.Id),
            Write(office, choices.ViewOf(plan, line, booked), view, citizen, page, $"{page}/choose/{offered.Id}/{line.Number}"),
                offered.Until);
        if ((await grains.GetGrain<IOutboxGrain>(Outbox.StreamOf(week.Authority)).Handle(mail.Message.Request, mail)).Refusal
            is { } refusal)
        {
            throw new InvalidOperationException(refusal.English);
        }
    }

    /// <param name="shown">The words that a preview shows; null: those in force.</param>
    internal PlainMail Write(Office office, OfferedTimes offer, AppointmentView view, CitizenData citizen, string page, string choose,
        MailChoice? shown = null)
    {
        var words = PortalTexts.For([view.Language]);
        var own = shown is not null ? shown.Template
            : templates.Find(MailTemplate.PlanOffer, office.Authority.Id, office.Key, words.Language);
        var values = new Dictionary<string, string>
        {
            ["when"] = NoticeWriter.Moment(words, offer.Present, offer.TimeZone),
            ["office"] = view.OfficeName.In(words.Language),
            ["address"] = view.Address,
            ["name"] = citizen.Name,
            ["until"] = NoticeWriter.Moment(words, offer.Until, offer.TimeZone),
            ["reason"] = offer.Reason ?? "",
        };
        var subject = own?.Subject is { } title ? MailBody.Fill(title, values) : words.Say("mail.plan.subject", ("when", values["when"]));
        var body = new MailBody(words.Language, words.Direction).Heading(subject);
        new TemplatedMail(words.Say("mail.greeting.name", ("name", citizen.Name)), [words.Say("mail.plan.text", ("until", values["until"])),
            .. offer.Reason is { } reason ? [words.Say("mail.cancelled.reason", ("reason", reason))] : (string[])[]],
            ["times", "links"], (name, to) =>
            {
                if (name is "times")
                {
                    to.List(words["mail.plan.times"], offer.Times.Select(time => view.Kind is AppointmentKind.AtCounter
                        ? $"{NoticeWriter.Moment(words, time.From, time.TimeZone)}, {time.OfficeName.In(words.Language)}"
                        : NoticeWriter.Moment(words, time.From, time.TimeZone)));
                }
                else
                {
                    to.Button(words["mail.plan.link"], NoticeWriter.In(words, choose))
                        .Link(words["mine.rebook"], NoticeWriter.In(words, $"{page}/rebook"));
                }
            }).WriteTo(body, own, values, words);
        body.SayQuietly(words.Say("mail.why", ("office", values["office"]), ("address", values["address"])))
            .SayQuietly(words[options.ReplyTo.Length > 0 ? "mail.reply" : "mail.noreply"]);
        return new(citizen.Mail ?? "", subject, body.Text) { Html = body.HtmlWith(subject) };
    }
}

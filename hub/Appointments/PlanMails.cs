using Aufruf.Contracts;
using Aufruf.Domain.Appointments;
using Aufruf.Domain.Outbox;
using Aufruf.Grains;
using Aufruf.Hub.Connectors.Mail;
using Aufruf.Portal.Texts;

namespace Aufruf.Hub.Appointments;

/// <summary>Writes and queues the mail that asks a citizen to choose one of the times that a plan holds.</summary>
internal sealed class PlanMails(PlanChoices choices, PlanRound round, AppointmentViews views, AppointmentSecrets secrets,
    SealedMail sealedMail,
    PublicAddress address, MailOptions options, IGrainFactory grains, TimeProvider clock)
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
            Write(choices.ViewOf(plan, line, booked), view, citizen, page, $"{page}/choose/{offered.Id}/{line.Number}"), offered.Until);
        if ((await grains.GetGrain<IOutboxGrain>(Outbox.StreamOf(week.Authority)).Handle(mail.Message.Request, mail)).Refusal
            is { } refusal)
        {
            throw new InvalidOperationException(refusal.English);
        }
    }

    private PlainMail Write(OfferedTimes offer, AppointmentView view, CitizenData citizen, string page, string choose)
    {
        var words = PortalTexts.For([view.Language]);
        var subject = words.Say("mail.plan.subject", ("when", NoticeWriter.Moment(words, offer.Present, offer.TimeZone)));
        var body = new MailBody(words.Language, words.Direction).Heading(subject)
            .Say(words.Say("mail.greeting.name", ("name", citizen.Name)))
            .Say(words.Say("mail.plan.text", ("until", NoticeWriter.Moment(words, offer.Until, offer.TimeZone))));
        if (offer.Reason is { } reason)
        {
            body.Say(words.Say("mail.cancelled.reason", ("reason", reason)));
        }

        body.List(words["mail.plan.times"], offer.Times.Select(time => view.Kind is AppointmentKind.AtCounter
                ? $"{NoticeWriter.Moment(words, time.From, time.TimeZone)}, {time.OfficeName.In(words.Language)}"
                : NoticeWriter.Moment(words, time.From, time.TimeZone)))
            .Button(words["mail.plan.link"], NoticeWriter.In(words, choose))
            .Link(words["mine.rebook"], NoticeWriter.In(words, $"{page}/rebook"))
            .SayQuietly(words.Say("mail.why", ("office", view.OfficeName.In(words.Language)), ("address", view.Address)))
            .SayQuietly(words[options.ReplyTo.Length > 0 ? "mail.reply" : "mail.noreply"]);
        return new(citizen.Mail ?? "", subject, body.Text) { Html = body.HtmlWith(subject) };
    }
}

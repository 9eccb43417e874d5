using Aufruf.Contracts;
using Aufruf.Domain.Cases;
using Aufruf.Domain.Cases.Declarations;
using Aufruf.Domain.Cases.Expressions;
using Aufruf.Domain.Outbox;
using Aufruf.Grains;
using Aufruf.Hub.Cases.Payments;
using Aufruf.Hub.Connectors.Mail;
using Aufruf.Portal.Citizens.Applying;
using Aufruf.Portal.Texts;

namespace Aufruf.Hub.Cases.Notices;

/// <summary>Writes to the citizen of a case, in the language of the draft. Without a mail address nothing is sent.</summary>
internal sealed class CaseMails(Procedures procedures, CaseClaims claims, CaseCodes codes, SealedMail sealedMail, PublicAddress address,
    MailOptions options, IGrainFactory grains, TimeProvider clock)
{
    private const string Easy = PortalTexts.Easy, German = "de";

    /// <summary>Later nobody needs the mail: "my case" says more.</summary>
    private static readonly TimeSpan UsefulFor = TimeSpan.FromDays(14);

    /// <summary>The recipient's part in the cause: one mail for each state that an entry leads to.</summary>
    public static string AddresseeOf(CaseState state) => $"citizen {state}";

    /// <param name="notice">The text that the procedure declares for this state.</param>
    public async Task SayAsync(string stream, CitizenCase found, CaseState state, string notice, Cause cause, DateTimeOffset at)
    {
        if (ProcedureOf(stream, found) is not { } procedure)
        {
            return;
        }

        await SendAsync(stream, found, cause, AddresseeOf(state), at, words =>
        {
            // A notice speaks of success, and a decision against the application is none.
            var isRefused = found.Outcome is DecisionOutcome.Refused && !state.IsLive();
            var own = isRefused ? [] : procedure.Is.Texts.GetValueOrDefault(notice) ?? NoticeTexts.Of(notice) ?? [];
            // A procedure has its texts in German and English. The others read the engine's sentence about the present state.
            var sentence = own.TryGetValue(words.Language, out var text) || (words.Language == Easy && own.TryGetValue(German, out text))
                ? MailBody.Fill(text, new Dictionary<string, string> { ["caseNumber"] = found.Number })
                : CaseWords.OfState(words, found.SeenState, found.Until, procedure.Version.TimeZone);
            return (words.Say("pay.mail.news", ("number", found.Number)), sentence,
                state is CaseState.AwaitingPayment ? ("/pay", words["pay.title"]) : ("", words["case.title"]));
        });
    }

    /// <summary>The one receipt of a settlement. However late it is, it is sent.</summary>
    public async Task SayPaidAsync(ClaimKey key, long cents, Cause cause)
    {
        var found = await grains.GetGrain<ICaseGrain>(key.CaseStream).View();
        await SendAsync(key.CaseStream, found, cause, "citizen paid", clock.GetUtcNow(), words => (
            words.Say("pay.mail.paid", ("number", found.Number)),
            words.Say("pay.mail.paid.text", ("amount", words.Euros(cents)), ("number", found.Number)), ("", words["case.title"])));
    }

    /// <summary>Pieces that were lent should be back.</summary>
    public async Task RemindAsync(string stream, Cause cause, DateTimeOffset at)
    {
        var found = await grains.GetGrain<ICaseGrain>(stream).View();
        await SendAsync(stream, found, cause, "citizen overdue", at, words => (words.Say("pay.mail.news", ("number", found.Number)),
            words.Say("case.overdue.mail", ("number", found.Number)), ("", words["case.title"])));
    }

    /// <summary>Null: the citizen gave none, or the answers are destroyed.</summary>
    public async Task<string?> AddressOfAsync(string stream, CitizenCase found) =>
        await claims.EvaluateAsync(stream, found) is { } evaluation ? evaluation.Procedure.Pages.SelectMany(page => page.Fields)
            .Where(field => field.Type is FieldType.Email).Select(field => evaluation.Values.GetValueOrDefault(field.Path))
            .OfType<Value.Text>().FirstOrDefault()?.Is : null;

    private async Task SendAsync(string stream, CitizenCase found, Cause cause, string addressee, DateTimeOffset at,
        Func<PortalTexts, (string Subject, string Text, (string Below, string Words) Page)> write)
    {
        if (at + UsefulFor <= clock.GetUtcNow() || await AddressOfAsync(stream, found) is not { Length: > 0 } to)
        {
            return;
        }

        var authority = CitizenCase.AuthorityOf(stream);
        var owner = await codes.OfAsync(authority, found.Number);
        var words = PortalTexts.For([owner?.Language ?? German]);
        var (subject, text, page) = write(words);
        var title = ProcedureOf(stream, found)?.Is.Title ?? [];
        var body = new MailBody(words.Language, words.Direction).Heading(subject)
            .Say(title.In(words.Language == Easy ? German : words.Language)).Say(text);
        if (owner is { } known && address.Citizens is { } host)
        {
            body.Button(page.Words, $"{host}/case/{known.Code}{page.Below}?lang={words.Language}");
        }
        else
        {
            body.Say(words["pay.mail.code"]);
        }

        body.SayQuietly(words["pay.mail.why"]).SayQuietly(words[options.ReplyTo.Length > 0 ? "mail.reply" : "mail.noreply"]);
        var mail = await sealedMail.SealAsync(cause, addressee, new(to, subject, body.Text) { Html = body.HtmlWith(subject) },
            at + UsefulFor);
        var queued = await grains.GetGrain<IOutboxGrain>(Outbox.StreamOf(authority)).Handle(mail.Message.Request, mail);
        if (queued.Refusal is { } refusal)
        {
            throw new InvalidOperationException($"The mail of a case was refused: {refusal.English}");
        }
    }

    private KnownProcedure? ProcedureOf(string stream, CitizenCase found) =>
        found.Plan is { } plan ? procedures.Find(CitizenCase.AuthorityOf(stream), plan.Procedure, plan.Version) : null;
}

using Aufruf.Contracts;
using Aufruf.Domain.Appointments;
using Aufruf.Grains;
using Aufruf.Hub.Offices;

namespace Aufruf.Hub.Appointments;

/// <summary>Checks a town's own words for mails, and shows them with the data of an invented citizen.</summary>
internal sealed class TownMails(OfficeDirectory offices, NoticeWriter notices, WishWriter wishes, InvitationMails invitations,
    PlanMails plans, PublicAddress address, TimeProvider clock) : ITownMails
{
    private const string Code = "abcd2345efgh", Secret = "example";

    // Signs of HTML show that a value stays text.
    private static readonly CitizenData Citizen = new("Erika <Muster>", "erika@example.org");

    public IReadOnlyList<MailKind> Kinds => MailTemplate.Kinds;

    public IReadOnlyList<MailFault> FaultsOf(string mail, string text) => MailTemplates.Parse(mail, text).Faults;

    public MailPreview? Preview(string authority, string mail, string language, string? text)
    {
        if (!MailTemplate.Has(mail) || offices.All.Where(office => office.Authority.Id == authority)
            .OrderBy(office => office.Key, StringComparer.Ordinal).FirstOrDefault() is not { } office)
        {
            return null;
        }

        var written = Write(mail, office, language,
            new MailChoice(text is null ? null : MailTemplates.Parse($"{mail}.{language}", text).Template));
        var picture = written.CodePicture is { } code ? $"data:image/png;base64,{Convert.ToBase64String(code)}" : "";
        return new(written.Subject, written.Text, (written.Html ?? "").Replace("cid:code", picture, StringComparison.Ordinal));
    }

    private PlainMail Write(string mail, Office office, string language, MailChoice shown)
    {
        var example = new Example(office, language, clock.GetUtcNow());
        return Enum.GetValues<NoticeKind>().Cast<NoticeKind?>().FirstOrDefault(kind => MailTemplate.NameOf(kind!.Value) == mail) is { } kind
                ? notices.Write(example.Of(kind), shown)
            : Enum.GetValues<WishMail>().Cast<WishMail?>().FirstOrDefault(kind => MailTemplate.NameOf(kind!.Value) == mail) is { } wish
                ? wishes.Write(wish, example.Wish(wish), Citizen, Code, shown)
            : mail == MailTemplate.Invited
                ? invitations.Write(office.Authority.Id, example.Invitation, Citizen, $"{address.OnThisMachine}/i/{Secret}", shown)
            : plans.Write(office, example.Offered, example.View(AppointmentState.Confirmed), Citizen, $"{address.OnThisMachine}/a/{Secret}",
                $"{address.OnThisMachine}/a/{Secret}/choose", shown);
    }

    /// <summary>An appointment in a week, at ten in the morning of the office.</summary>
    private sealed record Example(Office Office, string Language, DateTimeOffset Now)
    {
        private const int Minutes = 20;

        private DateOnly Day => Office.Day(Now).AddDays(7);

        private DateTimeOffset From => Office.Instant(Day, WallTime.At(10));

        private CalendarWeekKey Week => CalendarWeekKey.Of(Office, Office.Calendars.Select(calendar => calendar.Id)
            .FirstOrDefault() ?? "termine", Day);

        private WishOffice Place => new(Office.Key, Office.Name, Office.Address, Office.TimeZone);

        private IReadOnlyList<WantedService> Services => [.. Office.Areas.SelectMany(area => area.Services).Take(1)
            .Select(service => new WantedService(service.Id, service.Name, 1))];

        public AppointmentView View(AppointmentState state) => new(Now, Week, default, default, Code, Office.Key, Office.Name,
            Office.Address, Office.TimeZone, Office.Languages, From, Minutes, Services, AppointmentKind.AtCounter, Language, state,
            Now.AddHours(1), state is AppointmentState.Cancelled ? CancelledBy.Office : null, Citizen, 0, null, null);

        public Notice Of(NoticeKind kind) => new(kind,
            View(kind is NoticeKind.Cancelled ? AppointmentState.Cancelled : AppointmentState.Confirmed), Channel.Public)
        {
            Secret = kind is NoticeKind.Confirm or NoticeKind.NewMail ? Secret : null,
            Before = kind is NoticeKind.Moved ? From.AddDays(-1) : null,
            Until = Now.AddHours(1),
        };

        public WishView Wish(WishMail kind) => new(Now, Office.Authority.Id, Office.TimeZone, default, Services, AppointmentKind.AtCounter,
            [Place], [], Office.Day(Now), Day, Language, kind is WishMail.Ended ? WishState.Ended : WishState.Registered,
            kind is WishMail.Ended ? WishEnd.NothingFound : null, Now.AddHours(2),
            kind is WishMail.Offer ? [new(1, Place, From, Minutes, Now.AddHours(2), OfferState.Open)] : [], null);

        public InvitationView Invitation => new(Now, Office.Authority.Id, default, Services, AppointmentKind.AtCounter, Place, From,
            Minutes, Office.Day(Now), Day, Language, InvitationState.Placed, Now.AddDays(2), new(Week, Code));

        public OfferedTimes Offered => new(From, Office.TimeZone, null, Now.AddDays(2), 1, LineState.Offered, true, null,
            [new(1, Office.Name, Office.Address, Office.TimeZone, From.AddDays(1), Minutes)]);
    }
}

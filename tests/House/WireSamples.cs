using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Aufruf.Domain;
using Aufruf.Domain.Deadlines;
using Aufruf.Domain.Identity;
using Aufruf.Domain.Offices;
using Aufruf.Domain.Outbox;
using Aufruf.Domain.Queues;
using Aufruf.Edge.Protocol;
using Aufruf.Tests.Running;

namespace Aufruf.Tests.House;

/// <summary>One example of everything that is written to the journal or crosses MQTT, with every value set.</summary>
internal static class WireSamples
{
    public static readonly Guid Id = Guid.Parse("0193579a-51c0-7000-8000-00000000002a");
    private static readonly MessageId Message = new("e3b0c44298fc1c149afbf4c8996fb924");
    private static readonly DateTimeOffset At = SmallOffice.Nine.AddMilliseconds(120);

    private const string Hash = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

    /// <summary>Every part of an office, with a value that is not the usual one.</summary>
    private static readonly Office Office = SmallOffice.Office with
    {
        Priorities = [new("pregnant", SmallOffice.Both("Schwangerschaft", "Pregnancy"))],
        Reports = new(PerClerk: true),
        Hours = new([new([Weekday.Monday], WallTime.At(8), WallTime.At(12, 30))
        {
            EveryWeeks = 2, OfMonth = [WeekOfMonth.First], Since = SmallOffice.Day, Until = SmallOffice.Day.AddYears(1),
        }],
        [new(SmallOffice.Day, SmallOffice.Day, [new(WallTime.At(9), WallTime.DayEnds)]) { Reason = SmallOffice.Both("Fest", "Feast") }])
        {
            Note = "An example",
            Holidays = HolidaysOf.Nw,
        },
        Calendars = [AppointmentSamples.Calendar],
        Areas = [SmallOffice.Area with
        {
            Rules = new() { Policy = PolicyKind.Fifo, Rates = new(2, 5, 3, 4), KeptMinutes = 10, MayCallAny = false, StopsWhenFull = true },
            Services = [SmallOffice.Area.Services[0] with
            {
                Note = SmallOffice.Both("beantragen", "apply"), Icon = "id-card", DailyCap = 40,
                Closed = [new(SmallOffice.Day, SmallOffice.Day) { Reason = SmallOffice.Both("Umzug", "Move") }],
            }],
            Profiles = [new("all", SmallOffice.Both("Alles", "All"), [[SmallOffice.Passport]])
            {
                Also = [new(SmallOffice.Residence, 30)],
            }],
        }],
    };

    public static IReadOnlyDictionary<string, Sample> All { get; } = new Dictionary<string, Sample>(QueueSamples.All.Select(s =>
        KeyValuePair.Create<string, Sample>($"journal/{s.Key}", new Sample<QueueEvent>(s.Value, Domain<QueueEvent>())
        {
            MayLack = QueueSamples.MayLack.GetValueOrDefault(s.Key, [])
        })).Concat(AppointmentSamples.All).Concat(WishSamples.All).Concat(PlanSamples.All).Concat(InvitationSamples.All)
            .Concat(PeopleSamples.All).Concat(TownSamples.All).Concat(CaseSamples.All))
    {
        ["journal/credential-issued"] = new Sample<CredentialsEvent>(new CredentialsEvent.CredentialIssued(CredentialKind.Device, "box-3",
            "47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU", At), Domain<CredentialsEvent>()),
        ["journal/credential-revoked"] = new Sample<CredentialsEvent>(new CredentialsEvent.CredentialRevoked("box-3", At),
            Domain<CredentialsEvent>()),
        ["journal/credential-issued-by-command"] = new Sample<CredentialsEvent>(new CredentialsEvent.CredentialIssued(CredentialKind.Feed,
            "first-feed", "47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU", At)
        { By = "command:root" }, Domain<CredentialsEvent>())
        { MayLack = ["by"] },
        ["journal/credential-revoked-by"] = new Sample<CredentialsEvent>(
            new CredentialsEvent.CredentialRevoked("box-3", At) { By = "anna" }, Domain<CredentialsEvent>())
        { MayLack = ["by"] },
        ["journal/pairing-offered"] = new Sample<CredentialsEvent>(new CredentialsEvent.PairingOffered(CredentialKind.Display,
            "board.halle", "47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU", At.AddMinutes(15), "anna", At), Domain<CredentialsEvent>()),
        ["journal/pairing-redeemed"] = new Sample<CredentialsEvent>(new CredentialsEvent.PairingRedeemed("board.halle", At),
            Domain<CredentialsEvent>()),
        ["journal/access-noted"] = new Sample<AccessLogEvent>(new AccessLogEvent.AccessNoted(new("anna", "alsdorf.rathaus",
            AccessKind.AppointmentList, "alsdorf.rathaus.2026-11-23", AccessWay.Program), At), Domain<AccessLogEvent>()),
        ["journal/message-queued"] = Of(new OutboxEvent.MessageQueued(Message, MessageKind.Mail, new("case/alsdorf.2026-000017", 3),
            "c2VhbGVk", "c2VhbGVkIHRvbw", At.AddHours(2), At.AddHours(2).AddDays(14), At)),
        ["journal/sending-begun"] = Of(new OutboxEvent.SendingBegun(Message, 2, At.AddMinutes(2), At)),
        ["journal/sending-postponed"] = Of(new OutboxEvent.SendingPostponed(Message, MessageProblem.RefusedForNow, 450,
            At.AddMinutes(5), At)),
        ["journal/message-sent"] = Of(new OutboxEvent.MessageSent(Message, At)),
        ["journal/message-failed"] = Of(new OutboxEvent.MessageFailed(Message, MessageProblem.Refused, 550, At)),
        ["journal/sending-uncertain"] = Of(new OutboxEvent.SendingUncertain(Message, At)),
        ["journal/message-returned"] = Of(new OutboxEvent.MessageReturned(Message, MessageKind.Mail, new("case/alsdorf.2026-000017", 3),
            At, At.AddDays(14), At)),
        ["journal/message-queued-again"] = Of(new OutboxEvent.MessageQueuedAgain(Message, new("anna"), At.AddHours(2), At)),
        ["journal/message-dismissed"] = Of(new OutboxEvent.MessageDismissed(Message, new("anna"), At)),
        ["journal/office-published"] = Of(new OfficeEvent.OfficePublished(Office, "file:town.json", Hash, At)) with
        {
            MayLack = ["fileHash", "again"],
        },
        ["journal/office-draft-saved"] = Of(new OfficeEvent.DraftSaved("{}", 3, 4, "staff:anna", At)),
        ["journal/office-draft-discarded"] = Of(new OfficeEvent.DraftDiscarded(4, "staff:anna", At)),
        ["journal/office-draft-published"] = Of(new OfficeEvent.DraftPublished(4, "staff:anna", At)),
        ["journal/office-confirmed"] = Of(new OfficeEvent.OfficeConfirmed("file:town.json", Hash, At)) with { MayLack = ["fileHash"] },
        ["journal/office-withdrawn"] = Of(new OfficeEvent.OfficeWithdrawn("command:anna", At)),
        ["journal/deadline-set"] = Of(new WheelEvent.DeadlineSet(new("vault-keys", "alsdorf.rathaus", At.AddHours(15)), At)),
        ["journal/deadline-cancelled"] = Of(new WheelEvent.DeadlineCancelled("vault-keys/alsdorf.rathaus", At)),
        ["journal/deadline-met"] = Of(new WheelEvent.DeadlineMet("vault-keys/alsdorf.rathaus", At)),
        ["mqtt/device-event"] = Of(new DeviceEvent(1, Id, 1832, "b-7f3a", 884_213, 884_250, At, ClockState.Estimated,
            DeviceEventTypes.ButtonPressed, Element("""{"button":"next","seen":7}""")), ProtocolJson.Default.DeviceEvent),
        ["mqtt/button-pressed"] = Of(new ButtonPressed(Buttons.Next, 73_000_100_007), ProtocolJson.Default.ButtonPressed),
        ["mqtt/ticket-wanted"] = Of(new TicketWanted("1", "de"), ProtocolJson.Default.TicketWanted),
        ["mqtt/event-ack"] = Of(new EventAck(1, [new(Id, EventOutcome.Refused, "nobody-waiting", "Es wartet niemand.")]),
            ProtocolJson.Default.EventAck),
        ["mqtt/device-command"] = Of(new DeviceCommand(1, Id, At, At.AddMinutes(1), DeviceCommandTypes.Print,
            Element("""{"number":"A042"}""")), ProtocolJson.Default.DeviceCommand),
        ["mqtt/slip"] = Of(new Slip(Id, "A042", "Bürgeramt", "Halle", "Ausweis", "de", At.ToOffset(TimeSpan.FromHours(1)), 3,
            "https://aufruf.example/t/1", true), ProtocolJson.Default.Slip),
        ["mqtt/command-result"] = Of(new CommandResult(1, Id, CommandOutcome.Failed, "paper-out", At), ProtocolJson.Default.CommandResult),
        ["mqtt/face"] = Of(new Face(1, 73_000_100_007, "3", FaceState.Called, "A042", 2, 5, At), ProtocolJson.Default.Face),
        ["mqtt/time-beacon"] = Of(new TimeBeacon(1, At), ProtocolJson.Default.TimeBeacon),
        ["mqtt/device-state"] = Of(new DeviceState(1, DevicePresence.Ready, At, PrinterCondition.NearEnd, "1.4.0"),
            ProtocolJson.Default.DeviceState) with
        { MayLack = ["version"] },
    };

    public static string Pretty(ReadOnlySpan<byte> json)
    {
        using var document = JsonDocument.Parse(json.ToArray());
        return JsonSerializer.Serialize(document, Indented);
    }

    private static readonly JsonSerializerOptions Indented =
        new() { WriteIndented = true, NewLine = "\n", Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static Sample<WheelEvent> Of(WheelEvent value) => new(value, Domain<WheelEvent>());

    private static Sample<OutboxEvent> Of(OutboxEvent value) => new(value, Domain<OutboxEvent>());

    private static Sample<OfficeEvent> Of(OfficeEvent value) => new(value, Domain<OfficeEvent>());

    private static Sample<T> Of<T>(T value, JsonTypeInfo<T> type) => new(value, type);

    internal static JsonTypeInfo<T> Domain<T>() => (JsonTypeInfo<T>)DomainJson.Options.GetTypeInfo(typeof(T));

    private static JsonElement Element(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }
}

internal abstract record Sample
{
    /// <summary>Parts with a default: younger than the first examples.</summary>
    public string[] MayLack { get; init; } = [];

    public abstract string Write();

    public abstract string ReadAndWrite(string json);
}

internal sealed record Sample<T>(T Value, JsonTypeInfo<T> Type) : Sample
{
    public override string Write() => WireSamples.Pretty(JsonSerializer.SerializeToUtf8Bytes(Value, Type));

    public override string ReadAndWrite(string json) =>
        WireSamples.Pretty(JsonSerializer.SerializeToUtf8Bytes(JsonSerializer.Deserialize(json, Type) ?? throw new JsonException("null"),
            Type));
}

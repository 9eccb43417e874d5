namespace Aufruf.Hub;

/// <summary>The hub's log lines. They never name a citizen, a token or a ticket's code.</summary>
internal static partial class HubLog
{
    [LoggerMessage(2001, LogLevel.Information, "Ready after {Seconds:0.00} s: {Offices} offices, {Areas} areas, {Waiting} tickets wait")]
    public static partial void Ready(ILogger log, double seconds, int offices, int areas, int waiting);

    [LoggerMessage(2002, LogLevel.Information, "Office {Office} changed: the new configuration is in effect")]
    public static partial void OfficeChanged(ILogger log, string office);

    [LoggerMessage(2003, LogLevel.Error, "A changed office file is not used; the office goes on as it was. {Error}")]
    public static partial void OfficeFileWrong(ILogger log, string error);

    [LoggerMessage(2701, LogLevel.Error, "A file of procedures is not used: {Sentence}")]
    public static partial void ProcedureFileWrong(ILogger log, string sentence);

    [LoggerMessage(2702, LogLevel.Warning, "Document {Document} of case {Number} is not written ({Reason}). Staff see it at the case")]
    public static partial void DocumentNotWritten(ILogger log, string number, string document, string reason);

    [LoggerMessage(2703, LogLevel.Warning,
        "A document of {Authority} bears no seal: Hub:Seals:{Authority} names no certificate, or its time is over")]
    public static partial void SealMissing(ILogger log, string authority);

    [LoggerMessage(2704, LogLevel.Warning, "Case {Number} did not take what the dispatch list of {Day} says ({Reason}). Its page says so")]
    public static partial void LetterNotTaken(ILogger log, string number, string day, string reason);

    [LoggerMessage(2004, LogLevel.Information, "A new day at {Office}: {Day}")]
    public static partial void NewDay(ILogger log, string office, DateOnly day);

    [LoggerMessage(2005, LogLevel.Information, "{Day} at {Area} is over: {Visits} visits were cut off, {Waiting} tickets expired")]
    public static partial void DayEndedWithOpen(ILogger log, DateOnly day, string area, int visits, int waiting);

    [LoggerMessage(2006, LogLevel.Warning,
        "The clock has stepped by {Step} and shows {Now:u}. Screens follow it; no day is ended before the step is taken back or confirmed")]
    public static partial void ClockStepped(ILogger log, string step, DateTimeOffset now);

    [LoggerMessage(2007, LogLevel.Warning,
        "{Tickets} tickets of {Area} were taken on {Day}, which the clock showed before. It shows {Today} now: call them by their numbers")]
    public static partial void TicketsOnOtherDay(ILogger log, int tickets, string area, DateOnly day, DateOnly today);

    [LoggerMessage(2008, LogLevel.Warning, "{Sentence}")]
    public static partial void OfficeFileRemark(ILogger log, string sentence);

    [LoggerMessage(2009, LogLevel.Information, "Office {Office} was withdrawn and is no longer served")]
    public static partial void OfficeGone(ILogger log, string office);

    [LoggerMessage(2601, LogLevel.Critical, "This hub was frozen or cut off, and the others have declared it dead. It ends: {Reason}")]
    public static partial void DeclaredDead(ILogger log, string reason);

    [LoggerMessage(2602, LogLevel.Warning,
        "{Messages} messages to the other hubs were not sent: {Reason}. Each hub names its devices anew")]
    public static partial void NewsNotSent(ILogger log, int messages, string reason);

    [LoggerMessage(2604, LogLevel.Warning, "A connection from {Address} was refused: Hub:{Setting} does not list it")]
    public static partial void AddressRefused(ILogger log, System.Net.IPAddress? address, string setting);

    [LoggerMessage(2603, LogLevel.Warning, "A message of a hub was not understood: {Reason}")]
    public static partial void NewsNotRead(ILogger log, string reason);

    [LoggerMessage(2011, LogLevel.Error, "A desk of {Area} cannot read remarks: {Reason}")]
    public static partial void RemarksClosed(ILogger log, string area, string reason);

    [LoggerMessage(2012, LogLevel.Error, "The day of {Office} could not be shown or ended; tried again within seconds")]
    public static partial void DayNotTurned(ILogger log, Exception error, string office);

    [LoggerMessage(2019, LogLevel.Error, "The tickets of late citizens at {Area} could not be ended; tried again within seconds")]
    public static partial void LateNotEnded(ILogger log, Exception error, string area);

    [LoggerMessage(EventId = 2101, Message = "Device {Device} of {Office} is {Presence}")]
    public static partial void DevicePresence(ILogger log, LogLevel level, string device, string office,
        Aufruf.Edge.Protocol.DevicePresence presence);

    [LoggerMessage(2102, LogLevel.Warning, "A device connection as '{User}' from {Endpoint} was refused: {Reason}")]
    public static partial void DeviceRefused(ILogger log, string user, string endpoint, string reason);

    [LoggerMessage(2103, LogLevel.Warning, "Device {Device} may not use topic {Topic}")]
    public static partial void TopicDenied(ILogger log, string device, string topic);

    [LoggerMessage(2104, LogLevel.Warning, "Device {Device} sends more than {Limit} messages a second; the excess is refused")]
    public static partial void DeviceTooFast(ILogger log, string device, int limit);

    [LoggerMessage(2105, LogLevel.Warning, "A connection was closed: its MQTT packet has {Bytes} bytes, the limit is {Limit}")]
    public static partial void PacketTooLarge(ILogger log, long bytes, int limit);

    [LoggerMessage(2106, LogLevel.Warning, "An event of {Device} was not written; the device sends it again: {Reason}")]
    public static partial void EventNotWritten(ILogger log, string device, string reason);

    [LoggerMessage(2107, LogLevel.Error, "A message of {Device} on {Topic} failed unexpectedly; its connection was closed")]
    public static partial void EventFailed(ILogger log, Exception error, string device, string topic);

    [LoggerMessage(2108, LogLevel.Warning, "A slip of {Device} was not printed: {Reason}")]
    public static partial void SlipNotPrinted(ILogger log, string device, string reason);

    [LoggerMessage(2109, LogLevel.Warning, "Publishing {Topic} failed and is repeated with the next change: {Reason}")]
    public static partial void NotPublished(ILogger log, string topic, string reason);

    [LoggerMessage(2110, LogLevel.Warning, "Area {Area} rejected the transfer of ticket {Ticket}: {Reason}; it waits in its first area")]
    public static partial void TransferRejected(ILogger log, string ticket, string area, string reason);

    [LoggerMessage(2111, LogLevel.Warning,
        "More than {Count} refusals within a minute because of {Whom}; the others are only counted (aufruf.denied)")]
    public static partial void ManyRefused(ILogger log, int count, string whom);

    [LoggerMessage(2112, LogLevel.Warning,
        "There are two devices with the name {User}, such as a copied card: give one of them a name and a password of its own")]
    public static partial void DeviceTwice(ILogger log, string user);

    [LoggerMessage(2201, LogLevel.Warning, "A screen of {Area} could not be shown its picture: {Reason}")]
    public static partial void ScreenNotReached(ILogger log, string area, string reason);

    [LoggerMessage(2202, LogLevel.Warning, "{Kind} {Place} has not answered for {Seconds:0} s: {Why}. Desks say so until it answers")]
    public static partial void ScreenSilent(ILogger log, Push.ScreenKind kind, string place, double seconds, string why);

    [LoggerMessage(2204, LogLevel.Information, "{Kind} {Place} answers again")]
    public static partial void ScreenAnswers(ILogger log, Push.ScreenKind kind, string place);

    [LoggerMessage(2203, LogLevel.Warning, "The waits in {Area} could not be forecast; tried again with the next change. {Reason}")]
    public static partial void NotForecast(ILogger log, string area, string reason);

    [LoggerMessage(2206, LogLevel.Error, "A request to {Address} failed unexpectedly")]
    public static partial void RequestFailed(ILogger log, Exception error, string address);

    [LoggerMessage(2205, LogLevel.Warning,
        "{Why}, but Hub:PublicUrl names no address that citizens can open: slips and kiosks show no QR code")]
    public static partial void NoPublicAddress(ILogger log, string why);

    [LoggerMessage(2010, LogLevel.Warning, "{Why}")]
    public static partial void DataOnShare(ILogger log, string why);

    [LoggerMessage(2301, LogLevel.Error, "The journal cannot be written, nothing is acknowledged: {Trouble}")]
    public static partial void JournalBroken(ILogger log, string trouble);

    [LoggerMessage(2302, LogLevel.Information, "The journal can be written again after {Seconds:0} s")]
    public static partial void JournalHealed(ILogger log, double seconds);

    [LoggerMessage(2304, LogLevel.Error, "{Stream} is stopped, all others go on: {Reason}")]
    public static partial void StreamUnreadable(ILogger log, string stream, string reason);

    [LoggerMessage(2311, LogLevel.Warning, "What is due in {Stream} waits for its reminder: {Reason}")]
    public static partial void WheelNotTurned(ILogger log, string stream, string reason);

    [LoggerMessage(2313, LogLevel.Error, "No slots are offered to standing wishes; it is tried again: {Reason}")]
    public static partial void WishesWait(ILogger log, string reason);

    [LoggerMessage(2401, LogLevel.Information, "Issued a {Kind} credential for {Holder} of {Office}")]
    public static partial void CredentialIssued(ILogger log, string kind, string holder, string office);

    [LoggerMessage(2402, LogLevel.Information,
        "The credential of {Holder} of {Office} was replaced or revoked: a connection opened with it was closed")]
    public static partial void RevokedConnectionClosed(ILogger log, string holder, string office);

    [LoggerMessage(2406, LogLevel.Information,
        "The office file of {Office} no longer has the device or screen of a connection of {Holder}: it was closed")]
    public static partial void RemovedConnectionClosed(ILogger log, string holder, string office);

    [LoggerMessage(2403, LogLevel.Warning, "Device {Device} of {Office} gets no password: {Reason}")]
    public static partial void NotPaired(ILogger log, string device, string office, string reason);

    [LoggerMessage(2404, LogLevel.Information, "The password of device {Device} of {Office} is in {File}")]
    public static partial void Paired(ILogger log, string device, string office, string file);

    [LoggerMessage(2405, LogLevel.Warning, "Files in {Folder} may be readable for other users of this machine: {Reason}")]
    public static partial void FilesOpenToAll(ILogger log, string folder, string reason);

    [LoggerMessage(2421, LogLevel.Warning,
        "The provider of {Authority} does not answer ({Fault}): people enter by their passwords here, and those who are in go on")]
    public static partial void ProviderSilent(ILogger log, string authority, string fault);

    [LoggerMessage(2422, LogLevel.Warning,
        "The clock of {Authority}'s provider is {Seconds:+0;-0} s ahead of this hub's. More than 300 s are refused: set one of them")]
    public static partial void ProviderClock(ILogger log, string authority, double seconds);

    [LoggerMessage(2423, LogLevel.Warning, "A sign-in by the provider of {Authority} came to nothing: {Reason}")]
    public static partial void ProviderRefused(ILogger log, string authority, string reason);

    [LoggerMessage(2424, LogLevel.Warning, "A log-out that claims to come from a provider is refused: {Reason}")]
    public static partial void ProviderLogoutRefused(ILogger log, string reason);

    [LoggerMessage(2501, LogLevel.Warning, "{Sentence} Messages wait and are tried again")]
    public static partial void MailServerRefuses(ILogger log, string sentence);

    [LoggerMessage(2502, LogLevel.Warning, "Message {Message} of {Cause} was not sent and is given up: {Reason}. Staff decide on it")]
    public static partial void MessageFailed(ILogger log, string message, string cause, string reason);

    [LoggerMessage(2503, LogLevel.Warning, "Message {Message} of {Cause} may have arrived or not, and is not repeated. Staff decide on it")]
    public static partial void MessageUncertain(ILogger log, string message, string cause);

    [LoggerMessage(2507, LogLevel.Warning, "Message {Message} of {Cause} came back: its recipient cannot be reached by it")]
    public static partial void MessageReturned(ILogger log, string message, string cause);

    [LoggerMessage(2505, LogLevel.Warning, "Hub:Mail:Capture is set: mails are kept in memory for {Address}, and none is sent")]
    public static partial void MailsCaptured(ILogger log, string address);

    [LoggerMessage(2506, LogLevel.Warning, "{File}, {Fault} The built-in mail is sent")]
    public static partial void MailTemplateWrong(ILogger log, string file, string fault);

    [LoggerMessage(2511, LogLevel.Warning, "The payment provider of {Authority} takes no payment: {Reason}")]
    public static partial void PaymentRefused(ILogger log, string authority, string reason);

    [LoggerMessage(2512, LogLevel.Warning,
        "The payment provider of {Authority} gives no answer about {Attempt}, and is asked again: {Reason}")]
    public static partial void PaymentUnheard(ILogger log, string authority, string attempt, string reason);
    [LoggerMessage(2513, LogLevel.Warning, "The virus scanner does not answer: uploaded files wait for it. {Reason}")]
    public static partial void ScannerAway(ILogger log, string reason);

    [LoggerMessage(2504, LogLevel.Warning, "{Sentence}")]
    public static partial void OutboxFails(ILogger log, string sentence);
}

namespace Aufruf.Domain.Identity;

/// <summary>A named right. Every endpoint, live connection, hub method, page and topic states the one that it needs.</summary>
[JsonConverter(typeof(KebabEnum<Permission>))]
public enum Permission
{
    /// <summary>Open to everybody: pages, texts and health.</summary>
    Public,

    /// <summary>See a ticket and give it back. The code in the address is the proof, and the ticket's queue checks it.</summary>
    OwnTicket,

    /// <summary>See an appointment, move and cancel it. The code in the address is the proof, and the calendar's week checks it.</summary>
    OwnAppointment,

    /// <summary>Fill in an application, see its case and take it back. The code in the address is the proof.</summary>
    OwnCase,

    /// <summary>Read the figures of the running hub. The place of the caller is the proof: it is on the same machine.</summary>
    Operate,

    /// <summary>Enter the staff's pages, and change the own account.</summary>
    OwnAccount,

    /// <summary>Act at the own counter: call the next ticket, finish, transfer, log in.</summary>
    Call,

    /// <summary>Call a ticket that is not the next one.</summary>
    CallThis,

    /// <summary>Act at a counter where one is not logged in. The journal names the one who acts.</summary>
    ActElsewhere,

    /// <summary>Give a ticket priority, and take it away.</summary>
    ChangePriority,

    /// <summary>Enter tickets, change them, and settle slips that did not come out.</summary>
    Tickets,

    /// <summary>See the office's appointments, and change nothing.</summary>
    SeeAppointments,

    /// <summary>Book, move and cancel the office's appointments.</summary>
    Appointments,

    /// <summary>See the plans for closed counters, and change nothing.</summary>
    SeePlans,

    /// <summary>Close counters for a time, and decide what becomes of the bookings.</summary>
    Plans,

    /// <summary>Place appointments for somebody, and see their outcomes.</summary>
    Invite,

    /// <summary>See citizens' cases, and change nothing.</summary>
    SeeCases,

    /// <summary>Work on citizens' cases: tasks, decisions, posting.</summary>
    Cases,

    /// <summary>Stop and release services.</summary>
    Services,

    /// <summary>Read the office's reports.</summary>
    Reports,

    /// <summary>See the messages that were not sent, and change nothing.</summary>
    SeeMessages,

    /// <summary>Send messages again that were not sent, or dismiss them.</summary>
    Messages,

    /// <summary>See people, roles and sessions, and change nothing.</summary>
    SeePeople,

    /// <summary>Invite people, give them roles, and end their sessions.</summary>
    People,

    /// <summary>See the configuration of an office and its history, and change nothing.</summary>
    SeeConfiguration,

    /// <summary>Change the configuration of an office: draft, check, publish, take back.</summary>
    Configure,

    /// <summary>See the state of devices and screens and whether they have credentials, and change nothing.</summary>
    SeeDevices,

    /// <summary>Issue and revoke the credentials of devices and screens.</summary>
    Devices,

    /// <summary>Read and export the log of access to personal data and of rights used.</summary>
    Audit,

    /// <summary>See the desk's picture of an area.</summary>
    WatchDesk,

    /// <summary>See a board.</summary>
    WatchBoard,

    /// <summary>See a kiosk's picture of its services.</summary>
    WatchKiosk,

    /// <summary>Take a ticket at a kiosk.</summary>
    TakeTicket,

    /// <summary>Publish on the channels of one device, and hear what is said to it.</summary>
    SpeakAsDevice,

    /// <summary>Read an office's appointments in a calendar program: times, services and numbers.</summary>
    ReadFeed,

    /// <summary>Hand over mails of the authority that came back, as its mail server does.</summary>
    ReturnMail,
}

namespace Aufruf.Tests.Hub;

/// <summary>Mails that come back, as mail servers write them.</summary>
internal static class ReturnedMail
{
    /// <param name="status">The content of the part with the status.</param>
    public static string Of(string to, string status, string encoding = "7bit") => $"""
        Return-Path: <>
        From: Mail Delivery System <MAILER-DAEMON@mx.example.org>
        To: {to}
        Subject: Undelivered Mail Returned to Sender
        MIME-Version: 1.0
        Content-Type: multipart/report; report-type=delivery-status; boundary="edge"

        --edge
        Content-Type: text/plain; charset=utf-8

        The mail could not be delivered.

        --edge
        Content-Type: message/delivery-status
        Content-Transfer-Encoding: {encoding}

        {status}
        --edge
        Content-Type: message/rfc822

        From: termine@alsdorf.example
        To: anna.uenal@example.org
        Subject: Ihr Termin

        Action: failed
        --edge--

        """;

    public static string Status(string action) => $"""
        Reporting-MTA: dns; mx.example.org
        Arrival-Date: Mon, 23 Nov 2026 09:00:00 +0100

        Final-Recipient: rfc822; anna.uenal@example.org
        Action: {action}
        Status: 5.1.1
        Diagnostic-Code: smtp; 550 no such user

        """;
}

using System.Text;
using Aufruf.Domain.Outbox;
using Aufruf.Grains;
using Aufruf.Hub.Connectors.Mail;
using Aufruf.Tests.Running;

namespace Aufruf.Tests.Hub;

/// <summary>Mails that come back, also half ones and forged ones.</summary>
public sealed class DeliveryReportTests : IDisposable
{
    private const string To = "returns+x@alsdorf.example";

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("failed", "Failed")]
    [InlineData("FAILED (mailbox unknown)", "Failed")]
    [InlineData("delayed", "Delayed")]
    [InlineData("relayed", "Delivered")]
    [InlineData("delivered", "Delivered")]
    [InlineData("expanded", "Delivered")]
    [InlineData("exploded", "Unknown")]
    public void The_status_says_what_became_of_the_mail(string action, string delivery) =>
        Assert.Equal(delivery, DeliveryOf(ReturnedMail.Of(To, ReturnedMail.Status(action))));

    [Fact]
    public void A_status_in_an_odd_encoding_is_read_too() => Assert.Equal("Failed", DeliveryOf(ReturnedMail.Of(To, Convert.ToBase64String(
        Encoding.ASCII.GetBytes(ReturnedMail.Status("failed").ReplaceLineEndings("\r\n"))), "base64")));

    [Fact]
    public void Half_a_mail_an_absence_notice_and_words_of_anybody_are_no_failure()
    {
        var whole = ReturnedMail.Of(To, ReturnedMail.Status("failed"));
        Assert.Equal("Unknown", DeliveryOf(whole[..whole.IndexOf("Action: failed", StringComparison.Ordinal)]));
        Assert.Equal("Unknown", DeliveryOf($"From: anna@example.org\nTo: {To}\nAuto-Submitted: auto-replied\nSubject: Ich bin weg\n\n"
            + "Action: failed\n"));
        Assert.Equal("Unknown", DeliveryOf(whole.Replace("message/delivery-status", "text/plain", StringComparison.Ordinal)));
        foreach (var junk in (byte[][])[[], [0], [255, 254, 0, 1], Encoding.ASCII.GetBytes(new string('(', 5000)),
            Encoding.ASCII.GetBytes("{\"requestId\":\"x\"}")])
        {
            Assert.NotEqual(Delivery.Failed, DeliveryReport.Read(junk)?.Delivery);
        }
    }

    [Fact]
    public void Each_cut_of_a_mail_is_read_without_a_fault_and_so_is_a_deep_one()
    {
        var whole = Encoding.UTF8.GetBytes(ReturnedMail.Of(To, ReturnedMail.Status("failed")));
        for (var length = 0; length < whole.Length; length += 7)
        {
            DeliveryReport.Read(whole[..length]);
        }

        var deep = new StringBuilder("To: a@b.example\n");
        for (var level = 0; level < 500; level++)
        {
            deep.Append("Content-Type: multipart/mixed; boundary=b").Append(level).Append("\n\n--b").Append(level).Append('\n');
        }

        Assert.NotEqual(Delivery.Failed, DeliveryReport.Read(Encoding.ASCII.GetBytes(deep.ToString()))?.Delivery);
    }

    [Fact]
    public void The_address_of_the_envelope_is_found_in_the_head()
    {
        var mail = ReturnedMail.Of("Termine <returns+a@alsdorf.example>", ReturnedMail.Status("failed"));
        Assert.Contains("returns+a@alsdorf.example", DeliveryReport.Read(Encoding.UTF8.GetBytes(mail))!.Recipients);
        Assert.Contains("returns+b@alsdorf.example",
            DeliveryReport.Read(Encoding.UTF8.GetBytes("X-Original-To: returns+b@alsdorf.example\n" + mail))!.Recipients);
    }

    [Fact]
    public void An_address_leads_to_its_message_and_an_altered_one_to_none()
    {
        var addresses = new ReturnAddresses(new() { Returns = "returns@alsdorf.example" }, Secrets());
        var id = MessageId.Of(new("case/alsdorf.1", 3), "citizen", MessageKind.Mail);
        var address = addresses.Of(id)!.Address;
        Assert.True(address.IndexOf('@', StringComparison.Ordinal) <= 64, address);
        Assert.Equal((id, id), (addresses.Read(address), addresses.Read(address.ToUpperInvariant())));
        foreach (var wrong in (string[])[address.Replace("returns+", "returns+0", StringComparison.Ordinal),
            address.Replace("@alsdorf", "@elsdorf", StringComparison.Ordinal), "returns@alsdorf.example", "", "@", "+@", address[..20],
            Changed(address, "returns+".Length), Changed(address, address.IndexOf('@', StringComparison.Ordinal) - 1)])
        {
            Assert.Null(addresses.Read(wrong));
        }

        Assert.Null(new ReturnAddresses(new(), Secrets()).Of(id));
        Assert.Null(new ReturnAddresses(new(), Secrets()).Read(address));
    }

    [Theory]
    [InlineData("returns", false)]
    [InlineData("returns+a@alsdorf.example", false)]
    [InlineData("a-very-long-name@alsdorf.example", false)]
    [InlineData("Stadt <returns@alsdorf.example>", false)]
    [InlineData("returns@alsdorf.example", true)]
    public void The_setting_is_checked_before_the_start(string returns, bool isGood) => Assert.Equal(isGood,
        !new MailOptions { Host = "localhost", From = "a@alsdorf.example", Returns = returns }.Wrong().Any());

    private static string Changed(string address, int at) => address[..at] + (address[at] == '0' ? '1' : '0') + address[(at + 1)..];

    private AppointmentSecrets Secrets()
    {
        var file = _folder.File("vault.key");
        if (!File.Exists(file))
        {
            File.WriteAllBytes(file, new byte[32]);
        }

        return new(file);
    }

    private static string? DeliveryOf(string mail) =>
        DeliveryReport.Read(Encoding.UTF8.GetBytes(mail.ReplaceLineEndings("\r\n")))?.Delivery.ToString();
}

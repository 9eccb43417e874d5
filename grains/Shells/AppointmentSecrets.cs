using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Aufruf.Contracts;
using Aufruf.Domain;
using Aufruf.Domain.Appointments;
using Aufruf.Domain.Outbox;

namespace Aufruf.Grains;

/// <summary>The codes of appointments. They follow from the ids and a secret of the authority's hubs, so nobody stores them.</summary>
/// <param name="keyFile">The vault's, which all hubs share.</param>
public sealed class AppointmentSecrets(string keyFile)
{
    // Crockford's alphabet: no character is misread, and no word appears.
    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";
    private const int CodeLength = 12;
    private const int ReturnBytes = 8;

    private readonly Lazy<byte[]> _key = new(() => HKDF.DeriveKey(HashAlgorithmName.SHA256,
        SecretFile.Find(keyFile) ?? throw new JournalUnavailableException($"{keyFile} is missing."), SecretFile.Bytes,
        info: "appointments"u8.ToArray()), LazyThreadSafetyMode.PublicationOnly);

    /// <summary>12 characters that can be typed: 60 random bits. The proof that somebody has booked it.</summary>
    public string CodeOf(AppointmentId origin) => Text("code", origin.ToString());

    /// <summary>Stands in the mail that asks for confirmation, and nowhere else. A corrected address gets another one.</summary>
    public string ConfirmationOf(AppointmentId id, string? contact) => Text("confirmation", $"{id} {contact}");

    /// <summary>Stands in the mail to a new address, and nowhere else.</summary>
    public string NewMailOf(AppointmentId id, string contact) => Text("new mail", $"{id} {contact}");

    /// <summary>Stands in the mails of a wish, and nowhere else: the proof that its citizen reads them.</summary>
    public string CodeOf(WishId wish) => Text("wish", wish.ToString());

    /// <summary>Leads its citizen to a draft, and to the case after it.</summary>
    public string CodeOf(string authority, RequestId draft) => Text("application", $"{authority} {draft}");

    /// <summary>Stands in the mail of an invitation, and nowhere else.</summary>
    public string CodeOf(InvitationId invitation) => Text("invitation", invitation.ToString());

    /// <summary>The same reference gives the same invitation. Without the key it cannot be guessed back.</summary>
    public InvitationId InvitationOf(string authority, string reference) =>
        new(new Guid(Mac("reference", $"{authority} {reference}").AsSpan(0, 16)));

    /// <summary>The name of its video room, so that its host learns no code.</summary>
    public string RoomOf(AppointmentId origin) => Text("room", origin.ToString());

    /// <summary>Stands behind the id of a message in the address that it comes back to: the proof that it was sent.</summary>
    public string ReturnOf(MessageId message) => Convert.ToHexStringLower(Mac("return", message.Value).AsSpan(0, ReturnBytes));

    /// <summary>The code of the ticket that a check-in gives.</summary>
    public TicketCode CodeOf(TicketId ticket) => new(Text("ticket", ticket.ToString()));

    /// <summary>The same contact, however it is written. Without the key the address cannot be guessed back.</summary>
    public string ContactOf(string authority, string contact) =>
        Convert.ToHexStringLower(Mac("contact", $"{authority} {Normalised(contact)}").AsSpan(0, 16));

    /// <summary>The key of a person with an account. Without the hubs' key the account cannot be guessed back.</summary>
    /// <param name="id">As the provider names the person for this authority alone.</param>
    public string PersonOf(string authority, string issuer, string id) =>
        Convert.ToHexStringLower(Mac("person", $"{authority} {issuer} {id}").AsSpan(0, 16));

    /// <summary>How a code stands in the journal. Typed with spaces, dashes or capitals it is the same.</summary>
    public static string HashOf(string code) => Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(Typed(code))));

    /// <summary>A mail address in small letters, or the digits of a phone number with its country.</summary>
    private static string Normalised(string contact) => contact.Contains('@', StringComparison.Ordinal)
        ? contact.Trim().Replace('\uFFFE', '\uFFFD').Normalize(NormalizationForm.FormKC).ToLowerInvariant()
        : new string([.. contact.Where(char.IsAsciiDigit)]) switch
        {
            ['0', '0', .. var abroad] => abroad,
            ['0', .. var national] when !contact.TrimStart().StartsWith('+') => $"49{national}",
            var digits => digits,
        };

    private static string Typed(string code) => new([.. code.ToLowerInvariant().Where(char.IsAsciiLetterOrDigit)
        .Select(letter => letter switch { 'o' => '0', 'i' or 'l' => '1', _ => letter })]);

    private string Text(string purpose, string of) =>
        new([.. Mac(purpose, of).Take(CodeLength).Select(random => Alphabet[random % Alphabet.Length])]);

    private byte[] Mac(string purpose, string of) => HMACSHA256.HashData(_key.Value, Encoding.UTF8.GetBytes($"{purpose} {of}"));
}

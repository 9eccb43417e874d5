using Aufruf.Domain;
using Aufruf.Domain.Offices;

namespace Aufruf.Contracts;

/// <summary>Shows a slip before any is printed. Answered by the hub that the pages run in.</summary>
public interface ISlipPreviews
{
    /// <summary>The office of the draft; without one, or while it is wrong, the office in force. Null: there is none yet.</summary>
    (Office Office, bool IsDraft)? OfficeOf(string office);

    /// <summary>The slip of an invented ticket, as a printer with this paper prints it.</summary>
    /// <param name="language">The one that the citizen chose.</param>
    /// <param name="paper">Millimetres.</param>
    /// <returns>Null: the office does not give the service, or there is no such paper.</returns>
    SlipPreview? Of(Office office, ServiceId service, string language, int paper);
}

/// <param name="Words">The words on it, a line each.</param>
/// <param name="LacksLetters">Question marks stand for letters that a printer does not have.</param>
/// <param name="LacksCode">The address of the ticket's page is too long for a code on this paper.</param>
public sealed record SlipPreview(byte[] Png, string Words, bool LacksLetters, bool LacksCode)
{
    /// <summary>The widths of paper rolls, in millimetres.</summary>
    public static IReadOnlyList<int> Papers { get; } = [80, 58];
}

using Aufruf.Hub.Push;

namespace Aufruf.Hub.Offices;

/// <summary>A file that is not used, and why.</summary>
/// <param name="Offices">The offices that go on as they were.</param>
public sealed record RefusedFile(string Name, IReadOnlyList<string> Errors, DateTimeOffset Since, IReadOnlyList<string> Offices)
{
    private const int Letters = 300;

    /// <summary>A clerk does not need the folder; a technician may be read the sentence on the telephone.</summary>
    public DeskRefusal ForDesk => new(Since, Shortened(Errors[0][Math.Max(0, Errors[0].IndexOf(Name, StringComparison.Ordinal))..]),
        Errors.Count - 1);

    private static string Shortened(string error) => error.Length <= Letters ? error : error[..Letters] + "…";
}

using Aufruf.Domain.Offices;
using Aufruf.Hub.Gateway;
using Aufruf.Hub.Identity;

namespace Aufruf.Hub.Running;

/// <summary>What an operator reads at start: where everything is, and the first tokens, which are shown this once.</summary>
internal sealed class AddressCard(PublicAddress address)
{
    private readonly List<string> _lines = [];

    public void Add(Office office, IReadOnlyList<Secret> issued)
    {
        lock (_lines)
        {
            Write(office, issued);
        }
    }

    private void Write(Office office, IReadOnlyList<Secret> issued)
    {
        string Fragment(string holder) => issued.FirstOrDefault(s => s.Holder == holder) is { } secret ? $"#token={secret.Token}" : "";

        _lines.Add("");
        _lines.Add($"{office.Name.In("de")}  ({office.Key})");
        foreach (var board in office.Areas.SelectMany(a => a.Boards))
        {
            _lines.Add($"  board   {address.Url}/board/?board={office.Key}.{board.Id}{Fragment(CredentialDesk.FirstDisplay)}");
        }

        foreach (var kiosk in office.Kiosks)
        {
            _lines.Add($"  kiosk   {address.Url}/kiosk/?kiosk={office.Key}.{kiosk.Id}");
        }

        _lines.Add($"  desk    {address.Url}/desk/{Fragment(CredentialDesk.FirstClerk)}");
        _lines.Add(issued.Count > 0
            ? "  The tokens behind # are shown this once. Open the two addresses now, or issue new tokens later: ./run token clerk, ./run token display."
            : "  Boards and desks need the token of the first start. To issue a new one: ./run token clerk, ./run token display.");
    }

    /// <summary>Prints and forgets: a token is shown once.</summary>
    public void Print()
    {
        lock (_lines)
        {
            _lines.ForEach(Console.WriteLine);
            _lines.Clear();
        }
    }
}

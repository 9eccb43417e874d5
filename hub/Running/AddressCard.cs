using Aufruf.Hub.Identity;

namespace Aufruf.Hub.Running;

/// <summary>The addresses of the citizens' portal and of an office's screens, with the first tokens, which are shown once.</summary>
internal static class AddressCard
{
    public static IEnumerable<string> Of(Office office, IReadOnlyList<Secret> issued, string url)
    {
        string Fragment(string holder) => issued.FirstOrDefault(s => s.Holder == holder) is { } secret ? $"#token={secret.Token}" : "";

        return
        [
            "",
            $"{office.Name.In("de")}  ({office.Key})",
            $"  portal  {url}/",
            .. office.Areas.SelectMany(a => a.Boards)
                .Select(b => $"  board   {url}/board/?board={office.Key}.{b.Id}{Fragment(CredentialIssuer.FirstDisplay)}"),
            .. office.Kiosks.Select(k => $"  kiosk   {url}/kiosk/?kiosk={office.Key}.{k.Id}{Fragment(CredentialIssuer.FirstKiosk)}"),
            $"  desk    {url}/desk/   (sign in by name)",
            issued.Count > 0
                ? "  The tokens behind # are shown once. Open the addresses now. To issue more: ./run token."
                : "  Boards and kiosks need the tokens of the first start. To issue new ones: ./run token.",
        ];
    }
}

using System.Text.Json;
using Microsoft.Playwright;

namespace Aufruf.Tests.Browser;

/// <summary>Chromium's virtual authenticator: a device with passkeys, which checks its owner or does not.</summary>
internal sealed class VirtualPasskeys
{
    private readonly ICDPSession _session;
    private readonly string _id;

    private VirtualPasskeys(ICDPSession session, string id) => (_session, _id) = (session, id);

    public static async Task<VirtualPasskeys> PlugIntoAsync(Window window, string transport = "internal")
    {
        var session = await window.Page.Context.NewCDPSessionAsync(window.Page);
        await session.SendAsync("WebAuthn.enable");
        var added = await session.SendAsync("WebAuthn.addVirtualAuthenticator", With("options", new
        {
            protocol = "ctap2",
            transport,
            hasResidentKey = true,
            hasUserVerification = true,
            isUserVerified = true,
            automaticPresenceSimulation = true,
        }));
        return new(session, added!.Value.GetProperty("authenticatorId").GetString()!);
    }

    /// <summary>The owner shows the finger, or somebody else does.</summary>
    public Task ChecksOwnerAsync(bool isRight) => SendAsync("setUserVerified", ("isUserVerified", isRight));

    /// <summary>The keys with their private halves.</summary>
    public async Task<IReadOnlyList<JsonElement>> KeysAsync() =>
        [.. (await SendAsync("getCredentials"))!.Value.GetProperty("credentials").EnumerateArray()];

    public Task UnplugAsync() => SendAsync("removeVirtualAuthenticator");

    public Task ForgetAsync() => SendAsync("clearCredentials");

    /// <summary>Puts a key in, as a copy of another device.</summary>
    public Task PutInAsync(object key) => SendAsync("addCredential", ("credential", key));

    private Task<JsonElement?> SendAsync(string what, params (string Name, object Value)[] with)
    {
        var arguments = With("authenticatorId", _id);
        foreach (var (name, value) in with)
        {
            arguments[name] = value;
        }

        return _session.SendAsync($"WebAuthn.{what}", arguments);
    }

    private static Dictionary<string, object> With(string name, object value) => new() { [name] = value };
}

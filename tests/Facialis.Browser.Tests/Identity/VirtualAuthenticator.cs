using System.Text.Json;
using Microsoft.Playwright;

namespace Facialis.Browser.Tests.Identity;

/// <summary>A fingerprint reader that Chromium imagines (its DevTools protocol, domain WebAuthn): it says yes to whatever it is asked.</summary>
public sealed class VirtualAuthenticator
{
    private readonly ICDPSession _session;
    private readonly string _id;

    private VirtualAuthenticator(ICDPSession session, string id) => (_session, _id) = (session, id);

    /// <param name="page">The page it belongs to.</param>
    /// <param name="transport">"internal" for one built into the device, "usb" for a key on a ring.</param>
    public static async Task<VirtualAuthenticator> AttachAsync(IPage page, string transport = "internal")
    {
        var session = await page.Context.NewCDPSessionAsync(page);
        await session.SendAsync("WebAuthn.enable");
        var added = await session.SendAsync("WebAuthn.addVirtualAuthenticator", new()
        {
            ["options"] = new Dictionary<string, object>
            {
                ["protocol"] = "ctap2",
                ["transport"] = transport,
                ["hasResidentKey"] = true,
                ["hasUserVerification"] = true,
                ["isUserVerified"] = true,
                ["automaticPresenceSimulation"] = true,
            },
        });
        return new VirtualAuthenticator(session, Text(added!.Value, "authenticatorId")); // the answer to this command is never empty
    }

    public async Task<IReadOnlyList<JsonElement>> PasskeysAsync()
    {
        var answer = await _session.SendAsync("WebAuthn.getCredentials", new() { ["authenticatorId"] = _id });
        return [.. answer!.Value.GetProperty("credentials").EnumerateArray()]; // the answer to this command is never empty
    }

    /// <summary>Puts in a passkey that another reader made: another person with another finger.</summary>
    public Task AddAsync(JsonElement passkey) =>
        _session.SendAsync("WebAuthn.addCredential", new() { ["authenticatorId"] = _id, ["credential"] = passkey });

    /// <summary>Whether the finger is the right one from now on.</summary>
    public Task VerifiesAsync(bool verified) =>
        _session.SendAsync("WebAuthn.setUserVerified", new() { ["authenticatorId"] = _id, ["isUserVerified"] = verified });

    public Task RemoveAsync() => _session.SendAsync("WebAuthn.removeVirtualAuthenticator", new() { ["authenticatorId"] = _id });

    private static string Text(JsonElement answer, string name) => answer.GetProperty(name).GetString() ?? "";
}

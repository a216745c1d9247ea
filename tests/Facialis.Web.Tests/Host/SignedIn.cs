using System.Text.RegularExpressions;

namespace Facialis.Web.Tests.Host;

/// <summary>A browser with somebody signed in. Calls of the API carry the antiforgery header, as the islands' calls do.</summary>
public sealed partial class SignedIn(HttpClient browser)
{
    private string? _antiforgery;

    /// <summary>The browser itself; its calls carry the cookie and nothing else.</summary>
    public HttpClient Browser => browser;

    public async Task<string> PageAsync(string address)
    {
        var answer = await browser.GetAsync(address, TestContext.Current.CancellationToken);
        Assert.Equal(System.Net.HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    public async Task<HttpResponseMessage> CallAsync(
        HttpMethod method, string address, HttpContent? content = null, params (string Name, string Value)[] headers)
    {
        _antiforgery ??= AntiforgeryMeta().Match(await PageAsync("/")).Groups["token"].Value;
        var call = new HttpRequestMessage(method, address) { Content = content };
        call.Headers.Add("RequestVerificationToken", _antiforgery);
        foreach (var (name, value) in headers)
        {
            call.Headers.Add(name, value);
        }

        return await browser.SendAsync(call, TestContext.Current.CancellationToken);
    }

    [GeneratedRegex("<meta name=\"antiforgery\" content=\"(?<token>[^\"]+)\"")]
    private static partial Regex AntiforgeryMeta();
}

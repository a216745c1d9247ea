using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Facialis.Claims.Signing;

/// <summary>One signed-in browser that signs treatments through the API, with cookies and antiforgery header as our own pages send them.</summary>
internal sealed partial class Tablet : IDisposable
{
    /// <summary>A proof counts for five minutes; it is given anew well before.</summary>
    private static readonly TimeSpan ProofKept = TimeSpan.FromMinutes(2);

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private readonly SocketsHttpHandler _handler = new() { UseCookies = true, CookieContainer = new CookieContainer(), AllowAutoRedirect = false };
    private readonly HttpClient _client;
    private string _antiforgery = "";
    private DateTimeOffset _proved;

    public Tablet(Uri address) => _client = new HttpClient(_handler) { BaseAddress = address, Timeout = TimeSpan.FromSeconds(30) };

    /// <summary>Signs in by e-mail and password, through the form of the page.</summary>
    public async Task SignInAsync()
    {
        var page = await _client.GetStringAsync(new Uri("/sign-in", UriKind.Relative));
        var form = FormElement().Matches(page).Select(m => m.Value).Single(m => m.Contains("value=\"sign-in\"", StringComparison.Ordinal));
        var fields = HiddenField().Matches(form).ToDictionary(m => m.Groups["name"].Value, m => WebUtility.HtmlDecode(m.Groups["value"].Value));
        (fields["Email"], fields["Password"]) = (Installation.Email, Installation.Password);
        using var content = new FormUrlEncodedContent(fields);
        using var answer = await _client.PostAsync(new Uri("/sign-in", UriKind.Relative), content);
        var home = await _client.GetStringAsync(new Uri("/clinic/patients", UriKind.Relative));
        _antiforgery = AntiforgeryMeta().Match(home).Groups["token"].Value;
        if (_antiforgery.Length == 0 || answer.StatusCode != HttpStatusCode.Redirect)
        {
            throw new InvalidOperationException($"Signing in was answered with {(int)answer.StatusCode}.");
        }

        _proved = DateTimeOffset.UtcNow;
    }

    /// <summary>Gives the password again where the last time is a while ago.</summary>
    public async Task ProveAsync()
    {
        if (DateTimeOffset.UtcNow - _proved < ProofKept)
        {
            return;
        }

        using var answer = await SendAsync(HttpMethod.Post, "/api/identity/confirm", new { Installation.Password }, CancellationToken.None);
        answer.EnsureSuccessStatusCode();
        _proved = DateTimeOffset.UtcNow;
    }

    /// <summary>Signs a treatment. The same call again is the same treatment.</summary>
    public Task<HttpResponseMessage> SignAsync(Waiting one, IReadOnlyList<string> reasons, CancellationToken cancellation) => SendAsync(
        HttpMethod.Put, $"/api/treatments/{one.Treatment:D}",
        new
        {
            PatientId = one.Patient,
            PlanId = one.Plan,
            Waiting.PlanRevision,
            VialId = one.Vial,
            Reasons = reasons.Select(key => new { Key = key, Reason = "Discussed with the patient; the dose of the last time worked." }),
        },
        cancellation);

    /// <summary>Loads a page.</summary>
    /// <returns>Its length in bytes.</returns>
    public async Task<int> LoadAsync(string page)
    {
        using var answer = await _client.GetAsync(new Uri(page, UriKind.Relative));
        return answer.StatusCode == HttpStatusCode.OK
            ? (await answer.Content.ReadAsByteArrayAsync()).Length
            : throw new InvalidOperationException($"{page} was answered with {(int)answer.StatusCode}.");
    }

    /// <summary>The findings that a plan needs reasons for: asked of the server by signing without any.</summary>
    public async Task<IReadOnlyList<string>> AskedReasonsAsync(Waiting one)
    {
        using var answer = await SignAsync(one, [], CancellationToken.None);
        if (answer.StatusCode == HttpStatusCode.OK)
        {
            return [];
        }

        var problem = await answer.Content.ReadAsStringAsync();
        using var read = JsonDocument.Parse(problem);
        if (answer.StatusCode != HttpStatusCode.UnprocessableEntity || !read.RootElement.TryGetProperty("findings", out var findings))
        {
            throw new InvalidOperationException($"Signing was answered with {(int)answer.StatusCode}: {problem}");
        }

        return [.. findings.EnumerateArray().Select(f => f.GetProperty("needs").GetString() == "reason"
            ? f.GetProperty("key").GetString()! // a finding has a key
            : throw new InvalidOperationException($"The plan of the claim must be mended: {f.GetProperty("message").GetString()}"))];
    }

    public void Dispose()
    {
        _client.Dispose();
        _handler.Dispose();
    }

    private async Task<HttpResponseMessage> SendAsync<T>(HttpMethod method, string address, T body, CancellationToken cancellation)
    {
        using var call = new HttpRequestMessage(method, new Uri(address, UriKind.Relative)) { Content = JsonContent.Create(body, options: Json) };
        call.Headers.Add("RequestVerificationToken", _antiforgery);
        return await _client.SendAsync(call, cancellation);
    }

    [GeneratedRegex("<form.*?</form>", RegexOptions.Singleline)]
    private static partial Regex FormElement();

    [GeneratedRegex("<input type=\"hidden\" name=\"(?<name>[^\"]*)\" value=\"(?<value>[^\"]*)\"")]
    private static partial Regex HiddenField();

    [GeneratedRegex("<meta name=\"antiforgery\" content=\"(?<token>[^\"]+)\"")]
    private static partial Regex AntiforgeryMeta();
}

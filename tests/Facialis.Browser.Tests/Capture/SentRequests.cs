using System.Globalization;
using Microsoft.Playwright;

namespace Facialis.Browser.Tests.Capture;

/// <summary>Everything that a window asked of anybody, with what it gave along.</summary>
internal sealed class SentRequests
{
    private readonly List<SentRequest> _all = [];
    private readonly string _home;
    private int _sockets;

    public SentRequests(IBrowserContext window, string home)
    {
        _home = home;
        window.Request += (_, request) =>
        {
            lock (_all)
            {
                _all.Add(new SentRequest(
                    request.Method, new Uri(request.Url), request.Headers.GetValueOrDefault("content-type", ""),
                    request.Headers.GetValueOrDefault("upload-offset"), request.PostDataBuffer ?? []));
            }
        };
        window.Page += (_, page) => page.WebSocket += (_, _) => Interlocked.Increment(ref _sockets);
    }

    /// <summary>Requests so far, oldest first.</summary>
    public IReadOnlyList<SentRequest> All
    {
        get
        {
            lock (_all)
            {
                return [.. _all];
            }
        }
    }

    public int Sockets => _sockets;

    /// <summary>Requests to any origin but our own. What a page reads from its own memory (blob, data) goes nowhere.</summary>
    public IReadOnlyList<SentRequest> Foreign =>
        [.. All.Where(r => r.Address.Scheme is not ("blob" or "data") && r.Address.GetLeftPart(UriPartial.Authority) != _home)];

    public IReadOnlyList<SentRequest> WithBody => [.. All.Where(r => r.Body.Length > 0)];
}

internal sealed record SentRequest(string Method, Uri Address, string ContentType, string? UploadOffset, byte[] Body)
{
    public long Offset => long.Parse(UploadOffset ?? "", NumberStyles.None, CultureInfo.InvariantCulture);

    public override string ToString() => $"{Method} {Address} ({ContentType}, {Body.Length} bytes)";
}

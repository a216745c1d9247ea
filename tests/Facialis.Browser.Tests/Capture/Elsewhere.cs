using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;

namespace Facialis.Browser.Tests.Capture;

/// <summary>The end of every line that leads anywhere but to our own server: keeps the name that each caller wanted.</summary>
internal sealed partial class Elsewhere : IAsyncDisposable
{
    private const byte TlsHandshake = 22;
    private const int ServerName = 0;
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly ConcurrentQueue<string> _wanted = [];
    private readonly Task _answering;

    public Elsewhere()
    {
        _listener.Start();
        _answering = AnswerAsync();
    }

    /// <summary>For Chromium: all names lead here, except the name of our own server.</summary>
    public string Switch => $"--host-resolver-rules=MAP * 127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}, EXCLUDE localhost";

    /// <summary>Names that were wanted, by whomever.</summary>
    public IReadOnlyList<string> Wanted => [.. _wanted];

    /// <summary>
    /// Without what Chromium itself calls, whatever page is open: its updates and accounts (seen with an empty window too), and
    /// its autofill, which asks its maker about every form by a hash of the form's shape. docs/capture.md says how to switch it off.
    /// </summary>
    public IReadOnlyList<string> WantedByPages => [.. _wanted.Where(name => !BrowsersOwn().IsMatch(name))];

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        await _answering;
        _listener.Dispose();
        _end.Dispose();
    }

    private async Task AnswerAsync()
    {
        var first = new byte[16 * 1024];
        while (!_end.IsCancellationRequested)
        {
            try
            {
                using var caller = await _listener.AcceptTcpClientAsync(_end.Token);
                using var patience = CancellationTokenSource.CreateLinkedTokenSource(_end.Token);
                patience.CancelAfter(TimeSpan.FromSeconds(2));
                var stream = caller.GetStream();
                await stream.ReadExactlyAsync(first.AsMemory(0, 5), patience.Token);
                // TLS says the length of its first message at its beginning; HTTP's host line comes in the first piece.
                var length = first[0] == TlsHandshake
                    ? 5 + await stream.ReadAtLeastAsync(first.AsMemory(5), Math.Min(first.Length - 5, (first[3] << 8) | first[4]), throwOnEndOfStream: false, patience.Token)
                    : 5 + await stream.ReadAsync(first.AsMemory(5), patience.Token);
                _wanted.Enqueue(NameIn(first.AsSpan(0, length)) ?? "a host without a name");
            }
            catch (OperationCanceledException) when (!_end.IsCancellationRequested)
            {
                _wanted.Enqueue("a host to which nothing was said");
            }
            catch (Exception stopped) when (stopped is OperationCanceledException or SocketException or IOException or ObjectDisposedException)
            {
                // The test is over, or the caller hung up before it said anything.
            }
        }
    }

    private static string? NameIn(ReadOnlySpan<byte> first)
    {
        if (first[0] != TlsHandshake)
        {
            return HostLine().Match(Encoding.Latin1.GetString(first)) is { Success: true } line ? line.Groups["name"].Value : null;
        }

        // RFC 8446, 4.1.2, and RFC 6066, 3: past the fixed beginning, the id of the line, the ciphers and the compressions.
        var at = 5 + 4 + 2 + 32;
        at += 1 + first[at];
        at += 2 + Number(first, at);
        at += 1 + first[at];
        var end = Math.Min(first.Length, at + 2 + Number(first, at));
        at += 2;
        while (at + 4 <= end)
        {
            var (kind, length) = (Number(first, at), Number(first, at + 2));
            if (kind == ServerName)
            {
                return Encoding.ASCII.GetString(first.Slice(at + 9, Number(first, at + 7)));
            }

            at += 4 + length;
        }

        return null;
    }

    private static int Number(ReadOnlySpan<byte> bytes, int at) => (bytes[at] << 8) | bytes[at + 1];

    [GeneratedRegex(@"\r\nhost: (?<name>[^\r:]+)", RegexOptions.IgnoreCase)]
    private static partial Regex HostLine();

    [GeneratedRegex(@"^((update|content-autofill)\.googleapis\.com|(accounts|clients\d)\.google\.com)$")]
    private static partial Regex BrowsersOwn();
}

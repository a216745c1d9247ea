using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Facialis.Web.Tests.Clinic.Booking;

/// <summary>As much of an SMTP server as a client needs to hand over a mail, on this machine only.</summary>
internal sealed class SmallSmtpServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly Task _serving;

    public SmallSmtpServer()
    {
        _listener.Start();
        _serving = ServeAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>What is said when a whole mail came; null: the line breaks. Only a mail that got an answer of 250, or none, was taken.</summary>
    public string? Answer { get; set; } = "250 ok";

    public ConcurrentQueue<string> Received { get; } = [];

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        await _serving;
        _end.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync(_end.Token);
                await TalkAsync(client);
            }
        }
        catch (Exception end) when (end is OperationCanceledException or SocketException or IOException && _end.IsCancellationRequested)
        {
        }
    }

    private async Task TalkAsync(TcpClient client)
    {
        using var reader = new StreamReader(client.GetStream(), Encoding.UTF8);
        await using var writer = new StreamWriter(client.GetStream(), new UTF8Encoding(false)) { NewLine = "\r\n", AutoFlush = true };
        await writer.WriteLineAsync("220 small");
        while (await reader.ReadLineAsync(_end.Token) is { } line)
        {
            switch (line.Split(' ')[0].ToUpperInvariant())
            {
                case "QUIT":
                    await writer.WriteLineAsync("221 bye");
                    return;
                case "DATA":
                    await writer.WriteLineAsync("354 go on");
                    if (!await TakeAsync(reader, writer))
                    {
                        return;
                    }

                    break;
                default:
                    await writer.WriteLineAsync("250 ok");
                    break;
            }
        }
    }

    private async Task<bool> TakeAsync(StreamReader reader, StreamWriter writer)
    {
        var mail = new StringBuilder();
        while (await reader.ReadLineAsync(_end.Token) is { } line && line != ".")
        {
            mail.AppendLine(line);
        }

        if (Answer is null or "250 ok")
        {
            Received.Enqueue(mail.ToString());
        }

        await (Answer is { } answer ? writer.WriteLineAsync(answer) : Task.CompletedTask);
        return Answer is not null;
    }
}

using System.Net.Sockets;
using Facialis.Platform.Hosting;
using Facialis.Platform.Jobs;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace Facialis.Platform.Mail;

/// <summary>Hands mails over: to an SMTP server where one is named, else as files into a folder.</summary>
public sealed class Mailer(MailSettings settings, FacialisSettings facialis, TimeProvider clock)
{
    private const int TimeoutMilliseconds = 60_000;

    /// <summary>Where mails are written while no server is named.</summary>
    public string FolderPath => Path.Combine(facialis.DataFolderPath, settings.Folder);

    /// <summary>True: mails leave the machine.</summary>
    public bool IsSending => settings.Host.Length > 0;

    /// <summary>Who mails of a clinic come from.</summary>
    public MailboxAddress From(string clinicName) => new(settings.FromName.Length > 0 ? settings.FromName : clinicName, settings.From);

    /// <summary>Hands a mail over once, however often it is asked to.</summary>
    /// <param name="message">The mail, with its sender.</param>
    /// <param name="id">Names the mail: the same id is the same mail.</param>
    /// <param name="work">The job that it is part of; null for one that is sent by a person who waits for the answer.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="JobFailedException">It was not handed over, or nobody knows; the message says which.</exception>
    /// <exception cref="JobLostException">The job is not held any more; nothing was handed over.</exception>
    public async Task SendAsync(MimeMessage message, Guid id, JobWork? work, CancellationToken cancellation)
    {
        message.MessageId = $"{id:N}@{settings.From[(settings.From.IndexOf('@', StringComparison.Ordinal) + 1)..]}";
        message.Date = clock.GetUtcNow();
        if (!IsSending)
        {
            // The same file again is the same mail, so nothing here is beyond recall.
            await (work?.HoldAsync(cancellation) ?? Task.CompletedTask);
            await WriteAsync(message, id, cancellation);
            return;
        }

        using var server = new SmtpClient { Timeout = TimeoutMilliseconds };
        await OpenAsync(server, cancellation);
        await (work?.CommitAsync(cancellation) ?? Task.CompletedTask);
        try
        {
            await server.SendAsync(message, cancellation);
        }
        catch (SmtpCommandException refused)
        {
            // It said no to the sender, the recipient or the text: it has not taken the mail.
            await (work?.NothingWasDoneAsync(cancellation) ?? Task.CompletedTask);
            throw new JobFailedException($"The mail server refused it with status {(int)refused.StatusCode}.", refused) { IsFinal = (int)refused.StatusCode >= 500 };
        }
        catch (Exception broken) when (broken is ProtocolException or IOException or SocketException or TimeoutException)
        {
            throw new JobFailedException("The line to the mail server broke while it was handed over. It is not known whether it went out.", broken) { IsFinal = true };
        }

        try
        {
            await server.DisconnectAsync(quit: true, cancellation);
        }
        catch (Exception late) when (late is ProtocolException or IOException or SocketException or CommandException)
        {
            // The mail was taken; a goodbye that fails changes nothing.
        }
    }

    /// <summary>Removes a mail from the folder, where it lies there.</summary>
    public void Discard(Guid id)
    {
        if (Directory.Exists(FolderPath))
        {
            File.Delete(FileOf(id));
        }
    }

    private string FileOf(Guid id) => Path.Combine(FolderPath, $"{id:N}.eml");

    private async Task OpenAsync(SmtpClient server, CancellationToken cancellation)
    {
        try
        {
            await server.ConnectAsync(settings.Host, settings.Port, settings.Security switch
            {
                MailSecurity.Tls => SecureSocketOptions.SslOnConnect,
                MailSecurity.None => SecureSocketOptions.None,
                _ => SecureSocketOptions.StartTls,
            }, cancellation);
            if (settings.User.Length > 0)
            {
                await server.AuthenticateAsync(settings.User, settings.Password, cancellation);
            }
        }
        catch (Exception failure) when (failure is ProtocolException or CommandException or IOException or SocketException or TimeoutException
            or AuthenticationException or SslHandshakeException or NotSupportedException)
        {
            throw new JobFailedException($"The mail server could not be reached or refused to begin ({failure.GetType().Name}).", failure);
        }
    }

    private async Task WriteAsync(MimeMessage message, Guid id, CancellationToken cancellation)
    {
        Directory.CreateDirectory(FolderPath);
        var aside = Path.Combine(FolderPath, $".{id:N}-{Guid.NewGuid():N}.part");
        try
        {
            await using (var file = File.Create(aside))
            {
                await message.WriteToAsync(file, cancellation);
            }

            File.Move(aside, FileOf(id), overwrite: true);
        }
        finally
        {
            File.Delete(aside); // there is none where all went well
        }
    }
}

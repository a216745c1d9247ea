using MimeKit;

namespace Facialis.Platform.Mail;

/// <summary>The settings under "Facialis:Mail". docs/operations.md explains each to the person who runs an installation.</summary>
public sealed class MailSettings
{
    public const string Section = "Facialis:Mail";

    /// <summary>Address that mails come from, and that answers go to. Needed as soon as there is a server to send by.</summary>
    public string From { get; set; } = "no-reply@facialis.invalid";

    /// <summary>Name beside it; empty for that of the clinic.</summary>
    public string FromName { get; set; } = "";

    /// <summary>Folder that mails are written to while no server is named; relative to the data folder.</summary>
    public string Folder { get; set; } = "mail";

    /// <summary>The SMTP server; empty for the folder.</summary>
    public string Host { get; set; } = "";

    /// <summary>Its port, 1 to 65535: 587 with STARTTLS, 465 with TLS from the start.</summary>
    public int Port { get; set; } = 587;

    /// <summary>Empty where the server asks for none.</summary>
    public string User { get; set; } = "";

    /// <summary>Give it as an environment variable, never on the command line.</summary>
    public string Password { get; set; } = "";

    public MailSecurity Security { get; set; } = MailSecurity.StartTls;

    /// <exception cref="InvalidOperationException">Nothing could be sent with these.</exception>
    internal MailSettings Checked()
    {
        var needsAddress = Host.Length > 0;
        return !MailboxAddress.TryParse(From, out _) || (needsAddress && From.EndsWith(".invalid", StringComparison.OrdinalIgnoreCase))
            ? throw new InvalidOperationException("Facialis:Mail:From must be the e-mail address that mails come from.")
            : Port is < 1 or > 65535 ? throw new InvalidOperationException("Facialis:Mail:Port must be a port, 1 to 65535.")
            : this;
    }
}

/// <summary>How the line to the mail server is kept secret.</summary>
public enum MailSecurity
{
    /// <summary>The server must change over to TLS before anything is said.</summary>
    StartTls = 0,

    /// <summary>TLS from the first byte.</summary>
    Tls = 1,

    /// <summary>In the clear: only for a server on the same machine.</summary>
    None = 2,
}

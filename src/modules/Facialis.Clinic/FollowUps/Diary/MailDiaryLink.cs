using System.Globalization;
using Facialis.Clinic.Patients;
using Facialis.Platform.Audit;
using Facialis.Platform.Clinics;
using Facialis.Platform.Database;
using Facialis.Platform.Jobs;
using Facialis.Platform.Mail;
using Microsoft.EntityFrameworkCore;
using MimeKit;
using MimeKit.Text;

namespace Facialis.Clinic.FollowUps.Diary;

/// <summary>Mails a diary link while its token is still known. At once and not by a job, since the token is kept nowhere.</summary>
internal sealed class MailDiaryLink(FacialisDb db, DiaryLinks links, FindPatients find, Mailer mailer, AuditTrail audit, CurrentClinic clinic, ClinicTime time)
{
    /// <summary>True for the token of a link of this patient that works.</summary>
    public async Task<bool> IsGoodAsync(Guid patientId, string token, CancellationToken cancellation) => await links.Find(patientId, token, cancellation) is not null;

    /// <summary>Hands the mail over.</summary>
    /// <param name="patientId">Whose link.</param>
    /// <param name="token">Its token.</param>
    /// <param name="address">The address that holds it.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>Null where the mail was handed over, else why not.</returns>
    public async Task<string?> Handle(Guid patientId, string token, string address, CancellationToken cancellation)
    {
        if (await links.Find(patientId, token, cancellation) is not { } link)
        {
            return "This link does not work any more. Make another.";
        }

        if (await find.Find(patientId, cancellation) is not { ErasedAt: null } patient || !MailboxAddress.TryParse(patient.Person.Email, out var guest))
        {
            return "No e-mail address is recorded for this patient.";
        }

        var own = await db.Set<ClinicAccount>().AsNoTracking().SingleAsync(c => c.Id == clinic.Id, cancellation);
        var texts = DiaryTexts.Of(link.Language);
        var message = new MimeMessage { Subject = texts["mail.subject"] };
        message.From.Add(mailer.From(own.Name));
        message.To.Add(new MailboxAddress("", guest.Address));
        message.Body = new TextPart(TextFormat.Plain)
        {
            Text = string.Format(CultureInfo.InvariantCulture, texts["mail.text"], address, texts.Day(time.DayOf(link.ExpiresAt)), own.Name),
        };
        await audit.NoteNowAsync(AuditAction.Write, "diary link", link.Id, patientId, "to be mailed", cancellation);
        try
        {
            await mailer.SendAsync(message, link.Id, null, cancellation);
            return null;
        }
        catch (JobFailedException failure)
        {
            return $"It was not mailed. {failure.Message} Show the code, or send the link in another way.";
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return "It was not mailed: the server's folder for mails cannot be written. Show the code, or send the link in another way.";
        }
    }
}

using System.Globalization;
using System.Text;
using Facialis.Clinic.FollowUps.Diary;
using Facialis.Clinic.Patients;
using Facialis.Platform.Audit;
using Facialis.Platform.Clinics;
using Facialis.Platform.Database;
using Facialis.Platform.Jobs;
using Facialis.Platform.Mail;
using Microsoft.EntityFrameworkCore;
using MimeKit;
using MimeKit.Text;

namespace Facialis.Clinic.Booking;

/// <summary>Mails that go with a visit. Sender, subject and text say when and where, and nothing about health.</summary>
internal sealed class VisitMail(FacialisDb db, FindPatients find, Mailer mailer, AuditTrail audit, CurrentClinic clinic, ClinicTime time, TimeProvider clock)
{
    public const string Invitation = "visit-invitation";
    public const string Reminder = "visit-reminder";
    public const string Cancellation = "visit-cancelled";

    /// <summary>The jobs of a visit carry its id.</summary>
    public static string Key(Guid visit) => visit.ToString("D");

    /// <summary>Hands one of a visit's mails over, unless there is no reason for it any more.</summary>
    public async Task SendAsync(string kind, JobWork work, CancellationToken cancellation)
    {
        var (id, now) = (Guid.Parse(work.Key), clock.GetUtcNow());
        if (await db.Set<Visit>().AsNoTracking().SingleOrDefaultAsync(v => v.Id == id, cancellation) is not { } visit
            || visit.At <= now || visit.CancelledAt is not null != (kind == Cancellation)
            || await find.Find(visit.PatientId, cancellation) is not { ErasedAt: null } patient || !MailboxAddress.TryParse(patient.Person.Email, out var guest))
        {
            return;
        }

        var own = await db.Set<ClinicAccount>().AsNoTracking().SingleAsync(c => c.Id == clinic.Id, cancellation);
        await mailer.SendAsync(Compose(kind, visit, own, guest.Address), work.Id, work, cancellation);
        audit.Note(AuditAction.Write, "mail to a patient", id, visit.PatientId, kind); // saved with the end of the job
    }

    private MimeMessage Compose(string kind, Visit visit, ClinicAccount own, string guest)
    {
        var day = time.Day(visit.At);
        var (from, until) = (time.Local(visit.At), time.Local(visit.At.AddMinutes(visit.LengthMinutes)));
        var when = string.Create(CultureInfo.InvariantCulture, $"{from:dddd, d MMMM yyyy, HH:mm} to {until:HH:mm} ({time.Zone}, UTC{from:zzz})");
        var reach = own.Phone is { Length: > 0 } phone ? $"If the time does not suit you, please call {phone}." : "If the time does not suit you, please tell us.";
        var (subject, text) = kind switch
        {
            Cancellation => ($"Cancelled: your appointment on {day}", $"Your appointment at {own.Name} is cancelled:\n\n{when}\n\n{reach}\n"),
            Reminder => ($"Reminder: your appointment on {day}", $"We expect you at {own.Name}:\n\n{when}\n\n{reach}\n"),
            _ => ($"Your appointment on {day}", $"You have an appointment at {own.Name}:\n\n{when}\n\nThe attached file puts it into your calendar.\n{reach}\n"),
        };
        var sender = mailer.From(own.Name);
        var message = new MimeMessage { Subject = subject };
        message.From.Add(sender);
        message.To.Add(new MailboxAddress("", guest));
        var plain = new TextPart(TextFormat.Plain) { Text = text };
        if (kind == Reminder)
        {
            message.Body = plain; // it is in the calendar already
            return message;
        }

        var entry = new CalendarVisit(
            visit.Id, visit.At, visit.LengthMinutes, $"Appointment at {own.Name}", own.Name, $"{when}\n{reach}", sender.Name ?? own.Name, sender.Address, guest, clock.GetUtcNow());
        message.Body = WithCalendar(plain, VisitCalendar.Write(entry, kind == Cancellation), kind == Cancellation ? VisitCalendar.Cancel : VisitCalendar.Request);
        return message;
    }

    /// <summary>Twice, as the three large calendars want it: as another form of the text, and as a file.</summary>
    private static Multipart WithCalendar(TextPart plain, string calendar, string method)
    {
        var bytes = Encoding.UTF8.GetBytes(calendar);
        var inline = new MimePart("text", "calendar") { Content = new MimeContent(new MemoryStream(bytes)), ContentTransferEncoding = ContentEncoding.Base64 };
        inline.ContentType.Charset = "utf-8";
        inline.ContentType.Parameters.Add("method", method);
        var file = new MimePart("application", "ics")
        {
            Content = new MimeContent(new MemoryStream(bytes)),
            ContentTransferEncoding = ContentEncoding.Base64,
            ContentDisposition = new ContentDisposition(ContentDisposition.Attachment),
            FileName = "invite.ics",
        };
        return new Multipart("mixed") { new MultipartAlternative { plain, inline }, file };
    }
}

internal sealed class VisitInvitationJob(VisitMail mail) : IJobHandler
{
    public string Kind => VisitMail.Invitation;

    public Task DoAsync(JobWork work, CancellationToken cancellation) => mail.SendAsync(Kind, work, cancellation);
}

internal sealed class VisitReminderJob(VisitMail mail) : IJobHandler
{
    public string Kind => VisitMail.Reminder;

    public Task DoAsync(JobWork work, CancellationToken cancellation) => mail.SendAsync(Kind, work, cancellation);
}

internal sealed class VisitCancellationJob(VisitMail mail) : IJobHandler
{
    public string Kind => VisitMail.Cancellation;

    public Task DoAsync(JobWork work, CancellationToken cancellation) => mail.SendAsync(Kind, work, cancellation);
}

/// <summary>Mails that still lie in the folder for want of a mail server.</summary>
internal sealed class PatientMails(FacialisDb db, Mailer mailer)
{
    /// <summary>Removes those to a patient: they hold the address, and perhaps a link.</summary>
    public async Task DiscardAsync(Guid patientId, CancellationToken cancellation)
    {
        if (mailer.IsSending)
        {
            return;
        }

        var keys = (await db.Set<Visit>().Where(v => v.PatientId == patientId && v.IsMailed).Select(v => v.Id).ToListAsync(cancellation)).ConvertAll(VisitMail.Key);
        var mails = await db.Set<Job>().Where(j => keys.Contains(j.Key)).Select(j => j.Id).ToListAsync(cancellation);
        var links = await db.Set<DiaryLink>().Where(l => l.PatientId == patientId).Select(l => l.Id).ToListAsync(cancellation);
        foreach (var mail in mails.Concat(links))
        {
            mailer.Discard(mail);
        }
    }
}

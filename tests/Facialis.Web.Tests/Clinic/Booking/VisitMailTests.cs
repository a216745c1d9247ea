using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Facialis.Clinic.Booking;
using Facialis.Clinic.FollowUps.Diary;
using Facialis.Clinic.Patients;
using Facialis.Platform.Jobs;
using Facialis.Web.Tests.Clinic.Charts;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;

namespace Facialis.Web.Tests.Clinic.Booking;

/// <summary>What is mailed of a visit: each mail once, and nothing about health.</summary>
public sealed partial class VisitMailTests
{
    public static readonly TheoryData<Database> Databases = [Database.Sqlite, Database.Postgres];

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task An_invitation_at_once_and_a_reminder_before_the_visit_are_mailed_once_each_and_say_nothing_about_health(Database database)
    {
        await using var app = await FacialisApp.StartAsync(database);
        var house = await BookingHouse.OpenAsync(app);
        var visit = await house.BookAsync(house.Fields(purpose: "Treatment"));
        await house.RunJobsAsync();
        var invitation = Assert.Single(house.Mails());
        Assert.Equal(("Your appointment on 26 Nov 2026", BookingHouse.Email), (invitation.Subject, invitation.To.Mailboxes.Single().Address));
        var calendar = Calendar(invitation);
        Assert.Equal("REQUEST", calendar.ContentType.Parameters["method"]);
        Assert.Contains($"UID:{visit.Id:D}@facialis.invalid", Text(calendar), StringComparison.Ordinal);
        Assert.Contains("DTSTART:20261126T093000Z", Text(calendar), StringComparison.Ordinal);
        Assert.Equal("invite.ics", invitation.Attachments.OfType<MimePart>().Single().FileName);

        await house.RunJobsAsync();
        app.GoOn(visit.At.AddHours(-48) - app.Clock.GetUtcNow() - TimeSpan.FromMinutes(1));
        await house.RunJobsAsync();
        Assert.Single(house.Mails()); // not before its time
        app.GoOn(TimeSpan.FromMinutes(1));
        await house.RunJobsAsync();
        await house.RunJobsAsync();
        Assert.Equal(["Reminder: your appointment on 26 Nov 2026", "Your appointment on 26 Nov 2026"], house.Mails().Select(m => m.Subject));
        Assert.All(house.Mails(), mail =>
        {
            Assert.DoesNotMatch(Health(), mail.Subject + mail.From + mail.TextBody + string.Concat(mail.BodyParts.OfType<MimePart>().Select(Text)));
            Assert.Matches("^[0-9a-f]{32}@facialis.invalid$", mail.MessageId);
        });
        Assert.Equal(2, house.Mails().Select(m => m.MessageId).Distinct().Count());
        Assert.All(await house.RowsAsync<Job>(), job => Assert.NotNull(job.DoneAt));
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Cancelling_takes_the_invitation_back_by_mail_and_the_reminder_out_of_the_queue(Database database)
    {
        await using var app = await FacialisApp.StartAsync(database);
        var house = await BookingHouse.OpenAsync(app);
        var visit = await house.BookAsync(house.Fields());
        await house.RunJobsAsync();

        await house.CancelAsync(visit.Id);
        await house.CancelAsync(visit.Id).ContinueWith(_ => { }, TaskScheduler.Default); // the form is not there any more
        await house.RunJobsAsync();
        var cancelled = house.Mails()[0];
        Assert.Equal("Cancelled: your appointment on 26 Nov 2026", cancelled.Subject);
        var calendar = Text(Calendar(cancelled));
        Assert.All(["METHOD:CANCEL", "STATUS:CANCELLED", "SEQUENCE:1", $"UID:{visit.Id:D}@facialis.invalid"], line => Assert.Contains(line, calendar, StringComparison.Ordinal));
        app.GoOn(TimeSpan.FromDays(3));
        await house.RunJobsAsync();
        Assert.Equal(2, house.Mails().Count);
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Erasing_a_patient_frees_the_time_and_leaves_no_mail_to_be_sent_or_lying_about(Database database)
    {
        await using var app = await FacialisApp.StartAsync(database);
        var house = await BookingHouse.OpenAsync(app);
        await house.BookAsync(house.Fields());
        await house.RunJobsAsync();
        await house.BookAsync(house.Fields("11:00"));
        Assert.Single(house.Mails());

        await app.InClinicAsync((ErasePatient erase) => erase.Handle(house.Patient, "P-1", Token));

        app.GoOn(TimeSpan.FromDays(3));
        await house.RunJobsAsync();
        Assert.Empty(house.Mails());
        Assert.Empty(await house.RowsAsync<BookedSlot>());
        Assert.All(await house.RowsAsync<Visit>(), v => Assert.NotNull(v.CancelledAt));
    }

    [Theory]
    [InlineData(Database.Sqlite)]
    public async Task By_smtp_each_is_sent_once_a_refusal_is_tried_again_and_a_broken_line_is_told_as_unclear(Database database)
    {
        await using var server = new SmallSmtpServer();
        await using var app = await FacialisApp.StartAsync(database, new Dictionary<string, string>
        {
            ["Facialis:Mail:Host"] = "127.0.0.1",
            ["Facialis:Mail:Port"] = $"{server.Port}",
            ["Facialis:Mail:Security"] = "None",
            ["Facialis:Mail:From"] = "desk@clinic.example",
        });
        var house = await BookingHouse.OpenAsync(app);
        var first = await house.BookAsync(house.Fields());
        server.Answer = "451 later";
        await house.RunJobsAsync();
        Assert.Contains("refused it with status 451", await house.Owner.PageAsync($"/clinic/booking?visit={first.Id}"), StringComparison.Ordinal);
        Assert.Empty(server.Received);
        server.Answer = "250 ok";
        app.GoOn(TimeSpan.FromMinutes(2));
        await house.RunJobsAsync();
        await house.RunJobsAsync();
        var mail = Assert.Single(server.Received);
        Assert.Contains("Message-Id: <", mail, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("@clinic.example>", mail, StringComparison.Ordinal);

        var second = await house.BookAsync(house.Fields("11:00"));
        server.Answer = null; // takes the mail, and is gone before it says so
        await house.RunJobsAsync();
        Assert.Contains("Invitation: unclear.", await house.Owner.PageAsync($"/clinic/booking?visit={second.Id}"), StringComparison.Ordinal);
        server.Answer = "250 ok";
        app.GoOn(TimeSpan.FromDays(1));
        await house.RunJobsAsync();
        Assert.Equal(2, server.Received.Count);
        Assert.DoesNotContain(app.Log.Lines, l => l.Contains(BookingHouse.Email, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task A_diary_link_is_mailed_when_it_is_made_and_its_token_is_kept_nowhere(Database database)
    {
        await using var app = await FacialisApp.StartAsync(database);
        var house = await BookingHouse.OpenAsync(app);
        var page = $"/clinic/patients/{house.Patient}/diary";
        var made = await (await house.Owner.Browser.SendFormAsync(page, "make", new() { ["Language"] = "de", ["Days"] = "30" })).Content.ReadAsStringAsync(Token);
        var form = MailForm().Match(made).Value;
        var fields = Hidden().Matches(form).ToDictionary(m => m.Groups["name"].Value, m => WebUtility.HtmlDecode(m.Groups["value"].Value));
        using var content = new FormUrlEncodedContent(fields);
        var answer = await (await house.Owner.Browser.PostAsync(page, content, Token)).TextAsync();

        Assert.Contains("Written as a mail into the server's folder", answer, StringComparison.Ordinal);
        var mail = Assert.Single(house.Mails());
        Assert.Equal("Ihr persönlicher Link", mail.Subject);
        Assert.Contains($"/diary/{fields["Token"]}", mail.TextBody, StringComparison.Ordinal);
        Assert.Contains("22. Dezember 2026", mail.TextBody, StringComparison.Ordinal);
        Assert.DoesNotMatch(Health(), mail.Subject + mail.From + mail.TextBody!.Replace($"/diary/{fields["Token"]}", "", StringComparison.Ordinal)); // but for the address
        Assert.Empty(await house.RowsAsync<Job>());
        Assert.Equal(mail.MessageId![..32], (await house.RowsAsync<DiaryLink>()).Single().Id.ToString("N"));

        fields["Token"] = new string('x', 43);
        using var wrong = new FormUrlEncodedContent(fields);
        Assert.Contains("does not work any more", await (await house.Owner.Browser.PostAsync(page, wrong, Token)).TextAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("request", false)]
    [InlineData("cancel", true)]
    public async Task A_calendar_text_is_byte_for_byte_what_the_parser_of_the_web_tests_reads(string name, bool isCancelled)
    {
        var written = VisitCalendar.Write(
            new CalendarVisit(
                new Guid("019ab0de-4c5e-7000-8000-0123456789ab"), new DateTimeOffset(2026, 12, 3, 9, 30, 0, TimeSpan.FromHours(1)), 45,
                "Appointment at Praxis Dr. Müller; Sankt-Georgs-Straße, Köln, dritter Stock links", "Praxis Dr. Müller", "Thursday, 3 December 2026, 09:30\nPlease call +49 221 000, if it does not suit",
                "Praxis Dr. Müller; Köln, \"Mitte\"", "desk@clinic.example", "ruth@patient.example", new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero)),
            isCancelled);
        var file = Path.Combine(Clone.Folder, "web", "booking-ics", $"{name}.ics");
        if (Environment.GetEnvironmentVariable("FACIALIS_WRITE_FIXTURES") == "1")
        {
            await File.WriteAllTextAsync(file, written, new UTF8Encoding(false), Token);
        }

        Assert.Equal(await File.ReadAllTextAsync(file, Token), written);
        Assert.All(written.Split("\r\n"), line => Assert.True(Encoding.UTF8.GetByteCount(line) <= 75, line));
        Assert.DoesNotContain('\n', written.Replace("\r\n", "", StringComparison.Ordinal));
    }

    private static MimePart Calendar(MimeMessage mail) => mail.BodyParts.OfType<MimePart>().Single(p => p.ContentType.IsMimeType("text", "calendar"));

    private static string Text(MimePart part)
    {
        using var bytes = new MemoryStream();
        part.Content!.DecodeTo(bytes, Token);
        return Encoding.UTF8.GetString(bytes.ToArray()).Replace("\r\n ", "", StringComparison.Ordinal);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [GeneratedRegex("spasm|toxin|botul|treat|inject|dose|facial spasm|hemifacial|behandl|diary|tagebuch", RegexOptions.IgnoreCase)]
    private static partial Regex Health();

    [GeneratedRegex("<form(?:(?!</form>).)*value=\"mail\".*?</form>", RegexOptions.Singleline)]
    private static partial Regex MailForm();

    [GeneratedRegex("<input type=\"hidden\" name=\"(?<name>[^\"]*)\" value=\"(?<value>[^\"]*)\"")]
    private static partial Regex Hidden();
}

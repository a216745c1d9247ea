using System.Net;
using Facialis.Clinic.Booking;
using Facialis.Clinic.Patients;
using Facialis.Platform.Clinics;
using Facialis.Platform.Database;
using Facialis.Platform.Jobs;
using Facialis.Platform.Mail;
using Facialis.Web.Tests.Clinic.Charts;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;

namespace Facialis.Web.Tests.Clinic.Booking;

/// <summary>A clinic with one room and one patient who has an e-mail address. It is Sunday, 22 Nov 2026, 12:00 UTC.</summary>
internal sealed class BookingHouse(FacialisApp app, SignedIn owner, Guid room, Guid patient)
{
    public const string Email = "ruth@patient.example";

    /// <summary>The Thursday after: nothing of the week is past.</summary>
    public static readonly DateOnly Day = new(2026, 11, 26);

    public FacialisApp App => app;

    public SignedIn Owner => owner;

    public Guid Room => room;

    public Guid Patient => patient;

    public static async Task<BookingHouse> OpenAsync(FacialisApp app)
    {
        var owner = await app.OwnerAsync();
        var patient = await owner.AddPersonAsync("P-1", "Baker", email: Email);
        var added = await owner.Browser.SendFormAsync("/clinic/booking/rooms", "add", new() { ["Name"] = "Room 1" });
        Assert.Equal(HttpStatusCode.Found, added.StatusCode);
        var room = await app.InClinicAsync((FacialisDb db) => db.Set<Room>().Select(r => r.Id).SingleAsync(Token));
        return new BookingHouse(app, owner, room, patient);
    }

    public Dictionary<string, string> Fields(string at = "09:30", string minutes = "30", string purpose = "FollowUp", bool mail = true, DateOnly? day = null)
    {
        Dictionary<string, string> fields = new()
        {
            ["Code"] = "P-1",
            ["Day"] = (day ?? Day).Iso(),
            ["At"] = at,
            ["Room"] = room.ToString(),
            ["Minutes"] = minutes,
            ["Purpose"] = purpose,
        };
        if (mail)
        {
            fields["Mail"] = "yes";
        }

        return fields;
    }

    /// <summary>Books by the form of the page, as a person does; the visit.</summary>
    public async Task<Visit> BookAsync(Dictionary<string, string> fields, string page = "/clinic/booking")
    {
        var answer = await owner.Browser.SendFormAsync(page, "book", fields);
        Assert.True(answer.StatusCode == HttpStatusCode.Found, await answer.TextAsync());
        var id = Guid.Parse(answer.Headers.Location!.OriginalString.Split("visit=")[1]); // it leads to the visit
        return (await RowsAsync<Visit>()).Single(v => v.Id == id);
    }

    /// <summary>What the page answers to a booking that cannot be.</summary>
    public async Task<string> RefusedAsync(Dictionary<string, string> fields)
    {
        var answer = await owner.Browser.SendFormAsync("/clinic/booking", "book", fields);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.TextAsync();
    }

    public Task<HttpResponseMessage> CancelAsync(Guid visit) =>
        owner.Browser.SendFormAsync($"/clinic/booking?day={Day.Iso()}&visit={visit}", "cancel", []);

    /// <summary>Two nodes do what is due, at once.</summary>
    public async Task RunJobsAsync()
    {
        var runner = app.Services.GetRequiredService<JobRunner>();
        await Task.WhenAll(runner.RunDueAsync("node-1", Token), runner.RunDueAsync("node-2", Token));
    }

    public Task<List<TRow>> RowsAsync<TRow>() where TRow : class => app.InClinicAsync((FacialisDb db) => db.Set<TRow>().AsNoTracking().ToListAsync(Token));

    /// <summary>Mails in the folder, by subject.</summary>
    public IReadOnlyList<MimeMessage> Mails()
    {
        var folder = app.Services.GetRequiredService<Mailer>().FolderPath;
        return Directory.Exists(folder)
            ? [.. Directory.EnumerateFiles(folder).Select(file => MimeMessage.Load(file)).OrderBy(m => m.Subject, StringComparer.Ordinal)]
            : [];
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;
}

using System.Net;
using Facialis.Clinic.Booking;
using Facialis.Clinic.Patients;
using Facialis.Platform.Audit;
using Facialis.Platform.Clinics;
using Facialis.Platform.Jobs;
using Facialis.Web.Tests.Audit;
using Facialis.Web.Tests.Clinic.Charts;
using Facialis.Web.Tests.Clinic.Injections;
using Microsoft.Extensions.DependencyInjection;

namespace Facialis.Web.Tests.Clinic.Booking;

/// <summary>Visits are booked into rooms, never two into one time, whoever asks at once.</summary>
public sealed class BookingTests(ITestOutputHelper output)
{
    public static readonly TheoryData<Database> Databases = [Database.Sqlite, Database.Postgres];

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Of_fifty_requests_at_once_for_overlapping_times_exactly_one_is_booked(Database database)
    {
        const int requests = 50;
        await using var app = await FacialisApp.StartAsync(database);
        var house = await BookingHouse.OpenAsync(app);
        var clinic = await app.FirstClinicAsync();
        var form = await (await house.Owner.Browser.FillFormAsync("/clinic/booking", "book", house.Fields(minutes: "60"))).ReadAsStringAsync(Token);
        var fields = form.Split('&').Select(f => f.Split('=')).ToDictionary(f => WebUtility.UrlDecode(f[0]), f => WebUtility.UrlDecode(f[1]));
        string[] times = ["09:00", "09:15", "09:30", "09:45"]; // an hour from each: any two meet

        var answers = await Task.WhenAll(Enumerable.Range(0, requests).Select(n => Task.Run(async () =>
        {
            using var content = new FormUrlEncodedContent(new Dictionary<string, string>(fields) { ["Id"] = Guid.CreateVersion7().ToString(), ["At"] = times[n % times.Length] });
            var answer = await house.Owner.Browser.PostAsync("/clinic/booking", content, Token);
            return (answer.StatusCode, Text: await answer.TextAsync());
        })));

        Assert.Single(answers, a => a.StatusCode == HttpStatusCode.Found);
        Assert.All(answers.Where(a => a.StatusCode != HttpStatusCode.Found), a => Assert.Contains(BookVisit.Taken, a.Text, StringComparison.Ordinal));
        var visit = Assert.Single(await house.RowsAsync<Visit>());
        var slots = await house.RowsAsync<BookedSlot>();
        Assert.Equal(12, slots.Count);
        Assert.All(slots, s => Assert.Equal(visit.Id, s.VisitId));
        Assert.Equal(2, (await house.RowsAsync<Job>()).Count); // invitation and reminder of the one
        Assert.Single(await app.LogAsync(clinic), e => e is { What: "visit", Action: AuditAction.Write });
        output.WriteLine($"booking-race: {database}: {requests} requests, 1 booked, {requests - 1} told that the time is taken");
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task A_visit_is_booked_shown_moved_and_cancelled_and_its_time_is_free_again(Database database)
    {
        await using var app = await FacialisApp.StartAsync(database);
        var house = await BookingHouse.OpenAsync(app);
        var page = $"/clinic/booking?patient={house.Patient}&day={BookingHouse.Day.Iso()}&at=09:30";
        Assert.Contains("Baker", await house.Owner.PageAsync(page), StringComparison.Ordinal);
        var visit = await house.BookAsync(house.Fields(), page);
        Assert.Equal((new DateTimeOffset(2026, 11, 26, 9, 30, 0, TimeSpan.Zero), 30, true), (visit.At, visit.LengthMinutes, visit.IsMailed));

        var week = WebUtility.HtmlDecode(await house.Owner.PageAsync($"/clinic/booking?week={BookingHouse.Day.Iso()}&visit={visit.Id}"));
        Assert.Contains("<strong>09:30–10:00</strong> Baker, Ruth", week, StringComparison.Ordinal);
        Assert.Contains("Invitation: to be mailed", week, StringComparison.Ordinal);
        Assert.Contains("&at=10:00", week, StringComparison.Ordinal); // free after it
        Assert.DoesNotContain("day=2026-11-26&at=09:30", week, StringComparison.Ordinal);
        Assert.Contains(BookVisit.Taken, await house.RefusedAsync(house.Fields("09:45", "15")), StringComparison.Ordinal);

        // By a quarter of an hour, over its own time.
        var moved = await house.BookAsync(house.Fields("09:45"), $"/clinic/booking?move={visit.Id}");
        Assert.Equal([visit.Id], (await house.RowsAsync<Visit>()).Where(v => v.CancelledAt is not null).Select(v => v.Id));
        Assert.Equal([moved.Id], (await house.RowsAsync<BookedSlot>()).Select(s => s.VisitId).Distinct());

        Assert.Equal(HttpStatusCode.Found, (await house.CancelAsync(moved.Id)).StatusCode);
        Assert.Empty(await house.RowsAsync<BookedSlot>());
        Assert.All(await house.RowsAsync<Job>(), job => Assert.NotNull(job.EndedAt)); // nothing was mailed yet, so nothing has to be taken back by mail
        await house.BookAsync(house.Fields(mail: false));

        var stranger = await app.OtherClinicAsync();
        Assert.DoesNotContain("Baker", await stranger.PageAsync($"/clinic/booking?week={BookingHouse.Day.Iso()}"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.Browser.GetAsync($"/clinic/booking?visit={visit.Id}", Token)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.Browser.GetAsync($"/clinic/booking?room={house.Room}", Token)).StatusCode);
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task What_cannot_be_booked_is_refused_in_words(Database database)
    {
        await using var app = await FacialisApp.StartAsync(database);
        var house = await BookingHouse.OpenAsync(app);
        await house.Owner.AddPersonAsync("P-2", "Carter");
        foreach (var (fields, words) in new (Dictionary<string, string>, string)[]
        {
            (house.Fields(day: new DateOnly(2026, 11, 20)), "This time is past"),
            (house.Fields("07:45"), "open from 08:00 to 18:00"),
            (house.Fields("17:45"), "open from 08:00 to 18:00"),
            (house.Fields("09:32"), "steps of 5 minutes"),
            (house.Fields(minutes: "20"), "steps of 5 minutes"),
            (new(house.Fields()) { ["Code"] = "P-2" }, "No e-mail address is recorded"),
            (new(house.Fields()) { ["Code"] = "P-3" }, "no patient of this chart code"),
            (new(house.Fields()) { ["Room"] = Guid.CreateVersion7().ToString() }, "room is not in use"),
            (new(house.Fields()) { ["At"] = "soon" }, "Give patient, room, day, time"),
        })
        {
            Assert.Contains(words, await house.RefusedAsync(fields), StringComparison.Ordinal);
        }

        await house.Owner.Browser.SendFormAsync("/clinic/booking/rooms", $"room-{house.Room:N}", new() { ["Name"] = "Room 1", ["Verb"] = "close" });
        Assert.Contains("No room yet", await house.Owner.PageAsync("/clinic/booking"), StringComparison.Ordinal);
        Assert.Empty(await house.RowsAsync<Visit>());
        Assert.Empty(await house.RowsAsync<Job>());
    }

    [Fact]
    public async Task No_treatment_is_booked_before_the_interval_rules_allow_and_the_due_list_leads_here()
    {
        await using var app = await FacialisApp.StartAsync(Database.Sqlite);
        var (clinic, ready) = await Signing.TreatedAsync(app);
        await clinic.Owner.Browser.SendFormAsync("/clinic/booking/rooms", "add", new() { ["Name"] = "Room 1" });
        var earliest = clinic.Today.AddMonths(3);
        Assert.Contains($"/clinic/booking?patient={ready.Patient}&day={earliest.Iso()}#book", WebUtility.HtmlDecode(await clinic.Owner.PageAsync("/clinic/due?list=later")), StringComparison.Ordinal);
        var room = (await clinic.RowsAsync<Room>()).Single().Id.ToString();
        Dictionary<string, string> Fields(DateOnly day, string purpose) => new() { ["Day"] = day.Iso(), ["At"] = "09:00", ["Room"] = room, ["Minutes"] = "30", ["Purpose"] = purpose };

        var page = $"/clinic/booking?patient={ready.Patient}&day={earliest.Iso()}";
        var early = await clinic.Owner.Browser.SendFormAsync(page, "book", Fields(earliest.AddDays(-1), "Treatment"));
        Assert.Contains($"allow no treatment before {earliest.InWords()}", await early.TextAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Found, (await clinic.Owner.Browser.SendFormAsync(page, "book", Fields(earliest.AddDays(-1), "FollowUp"))).StatusCode);
        Assert.Equal(HttpStatusCode.Found, (await clinic.Owner.Browser.SendFormAsync(page, "book", Fields(earliest, "Treatment"))).StatusCode);
        Assert.Contains("Baker", await clinic.Owner.PageAsync("/clinic/due?list=planned"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task On_the_days_when_the_clocks_change_each_time_is_booked_once_and_one_that_does_not_come_not_at_all()
    {
        await using var app = await FacialisApp.StartAsync(Database.Sqlite, new Dictionary<string, string> { ["Facialis:TimeZone"] = "Europe/Berlin" });
        var house = await BookingHouse.OpenAsync(app);
        await house.Owner.Browser.SendFormAsync("/clinic/booking/rooms", "hours", new() { ["Opens"] = "00:30", ["Closes"] = "23:00", ["Remind"] = "24" });
        var (spring, autumn) = (new DateOnly(2027, 3, 28), new DateOnly(2027, 10, 31));

        Assert.Contains("this time does not come", await house.RefusedAsync(house.Fields("02:30", day: spring)), StringComparison.Ordinal);
        var before = await house.BookAsync(house.Fields("01:30", day: spring));
        var after = await house.BookAsync(house.Fields("03:00", day: spring));
        Assert.Equal(before.At.AddMinutes(30), after.At);
        var twice = await house.BookAsync(house.Fields("02:30", "60", day: autumn)); // the first time that it comes; it ends when it comes again
        Assert.Equal(new DateTimeOffset(2027, 10, 31, 0, 30, 0, TimeSpan.Zero), twice.At);
        Assert.Contains(BookVisit.Taken, await house.RefusedAsync(house.Fields("02:45", "15", day: autumn)), StringComparison.Ordinal);
        var week = WebUtility.HtmlDecode(await house.Owner.PageAsync($"/clinic/booking?day={spring.Iso()}"));
        Assert.DoesNotContain($"day={spring.Iso()}&at=02:", week, StringComparison.Ordinal);
        Assert.Contains("Sun 28 Mar", week, StringComparison.Ordinal);
        Assert.Contains("Sun 31 Oct", await house.Owner.PageAsync($"/clinic/booking?day={autumn.Iso()}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_demonstration_has_two_rooms_and_a_week_of_visits_that_nobody_is_mailed_about()
    {
        await using var app = await FacialisApp.StartAsync(Database.Sqlite, new Dictionary<string, string> { ["Facialis:Charts:Demonstration"] = "true" });
        var owner = await app.OwnerAsync();
        var visits = await app.InClinicAsync((ReadWeek week) => week.OfAsync(new DateOnly(2026, 11, 23), Token));

        Assert.InRange(visits.Count, 6, 20);
        Assert.All(visits, v => Assert.True(v is { RoomId: not null, IsMailed: false }));
        Assert.Equal(0, await app.Services.GetRequiredService<JobRunner>().RunDueAsync("node", Token));
        var page = await owner.PageAsync("/clinic/booking?week=2026-11-23");
        Assert.Contains("Room 2", page, StringComparison.Ordinal);
        Assert.Contains("week-visit", page, StringComparison.Ordinal);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;
}

using System.Net;
using System.Net.Http.Json;

namespace Facialis.Web.Tests.Clinic.Charts;

public sealed class PatientTests
{
    public static readonly TheoryData<Database> Databases = [Database.Sqlite, Database.Postgres];

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task A_patient_is_added_once_by_a_plain_form(Database database)
    {
        await using var app = await FacialisApp.StartAsync(database);
        var owner = await app.OwnerAsync();
        Dictionary<string, string> Form(string code) => new() { ["Form.Code"] = code, ["Form.FamilyName"] = "Baker", ["Form.GivenName"] = "Ruth", ["Form.BirthDate"] = "1961-04-02" };

        var added = await owner.Browser.SendFormAsync("/clinic/patients/new", "add-patient", Form(" p-0012 "));
        Assert.Equal(HttpStatusCode.Redirect, added.StatusCode);
        var card = await owner.PageAsync(added.Headers.Location!.ToString()); // a redirect says where
        Assert.Contains("Baker, Ruth", card, StringComparison.Ordinal);
        Assert.Contains("2 Apr 1961, 65 years", card, StringComparison.Ordinal);
        Assert.Contains("P-0012", card, StringComparison.Ordinal);

        Assert.Contains("there already", await (await owner.Browser.SendFormAsync("/clinic/patients/new", "add-patient", Form("P-0012"))).TextAsync(), StringComparison.Ordinal);
        Assert.Contains("letters, digits", await (await owner.Browser.SendFormAsync("/clinic/patients/new", "add-patient", Form("Mrs. Ada Lovelace"))).TextAsync(), StringComparison.Ordinal);
        var future = await owner.Browser.SendFormAsync("/clinic/patients/new", "add-patient", new() { ["Form.Code"] = "P-9", ["Form.FamilyName"] = "Baker", ["Form.BirthDate"] = "2031-01-01" });
        Assert.Contains("must lie in the past", await future.TextAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Names_are_found_by_beginnings_of_their_words_whatever_accents_are_typed(Database database)
    {
        await using var app = await FacialisApp.StartAsync(database);
        var owner = await app.OwnerAsync();
        await owner.AddPersonAsync("P-1", "Müller-Łęcka", "Zoë", "1961-04-02", phone: "+49 30 1234-567");
        await owner.AddPersonAsync("P-2", "O'Brien", "Maximiliana-Alexandria", "1970-12-24");
        await owner.AddPersonAsync("P-3", "Mulligan", "Zoran", null);

        Assert.Equal(["P-1", "P-3"], await owner.FindAsync("mul"));
        Assert.Equal(["P-1"], await owner.FindAsync("ZOË mül"));
        Assert.Equal(["P-1"], await owner.FindAsync("lecka"));
        Assert.Equal(["P-2"], await owner.FindAsync("obri"));
        Assert.Equal(["P-2"], await owner.FindAsync("alexandria maximilia"));
        Assert.Empty(await owner.FindAsync("alexandrina"));
        Assert.Equal(["P-1"], await owner.FindAsync("2.4.1961"));
        Assert.Equal(["P-2"], await owner.FindAsync("1970-12-24"));
        Assert.Equal(["P-1"], await owner.FindAsync("49301234567"));
        Assert.Equal(["P-1", "P-2", "P-3"], (await owner.FindAsync("p-")).Order());
        Assert.Empty(await owner.FindAsync("m"));
        Assert.Empty(await owner.FindAsync("%_"));
        Assert.Empty(await owner.FindAsync("ulle"));
    }

    [Fact]
    public async Task A_longer_beginning_than_the_index_holds_is_still_told_apart()
    {
        await using var app = await FacialisApp.StartAsync(Database.Sqlite);
        var owner = await app.OwnerAsync();
        await owner.AddPersonAsync("P-1", "Papadopoulosantonis");
        await owner.AddPersonAsync("P-2", "Papadopoulosmichalis");

        Assert.Equal(["P-2"], await owner.FindAsync("papadopoulosmi"));
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task A_changed_name_is_found_and_the_old_one_no_longer(Database database)
    {
        await using var app = await FacialisApp.StartAsync(database);
        var owner = await app.OwnerAsync();
        var id = await owner.AddPersonAsync("P-1", "Baker");

        var changed = await owner.PutPersonAsync(id, new { code = "P-1", familyName = "Cooper", givenName = "Ruth", revision = 0 });
        Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
        Assert.Equal(["P-1"], await owner.FindAsync("cooper"));
        Assert.Empty(await owner.FindAsync("baker"));

        var late = await owner.PutPersonAsync(id, new { code = "P-1", familyName = "Driver", revision = 0 });
        Assert.Contains("changed this patient meanwhile", await late.SentenceAsync(HttpStatusCode.Conflict), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await owner.PutPersonAsync(id, new { code = "P-1" })).StatusCode); // the code alone changes nothing
        Assert.Equal(["P-1"], await owner.FindAsync("cooper"));
    }

    [Fact]
    public async Task A_patient_does_not_get_the_chart_code_of_another_one()
    {
        await using var app = await FacialisApp.StartAsync(Database.Sqlite);
        var owner = await app.OwnerAsync();
        await owner.AddPersonAsync("P-1", "Baker");
        var id = await owner.AddPersonAsync("P-2", "Cooper");

        var refused = await owner.PutPersonAsync(id, new { code = "P-1", familyName = "Cooper", revision = 0 });

        Assert.Contains("Another patient of this clinic has this chart code", await refused.SentenceAsync(HttpStatusCode.Conflict), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_many_who_change_a_patient_at_once_one_wins_and_the_others_are_told()
    {
        await using var app = await FacialisApp.StartAsync(Database.Sqlite);
        var owner = await app.OwnerAsync();
        var id = await owner.AddPersonAsync("P-1", "Baker");

        var answers = await Task.WhenAll(Enumerable.Range(0, 8)
            .Select(n => owner.PutPersonAsync(id, new { code = "P-1", familyName = "Name" + (char)('a' + n), revision = 0 })));

        Assert.Single(answers, a => a.StatusCode == HttpStatusCode.OK);
        Assert.Equal(7, answers.Count(a => a.StatusCode == HttpStatusCode.Conflict));
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Another_clinic_neither_finds_reads_changes_nor_erases_a_patient(Database database)
    {
        await using var app = await FacialisApp.StartAsync(database);
        var owner = await app.OwnerAsync();
        var id = await owner.AddPersonAsync("P-1", "Baker");
        var stranger = await app.OtherClinicAsync();

        Assert.Empty(await stranger.FindAsync("baker"));
        Assert.Empty(await stranger.FindAsync("P-1"));
        foreach (var page in new[] { "", "/edit", "/erase" })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await stranger.Browser.GetAsync($"/clinic/patients/{id}{page}", TestContext.Current.CancellationToken)).StatusCode);
        }

        Assert.Equal(HttpStatusCode.NotFound, (await stranger.Browser.GetAsync($"/api/patients/{id}", TestContext.Current.CancellationToken)).StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, (await stranger.PutPersonAsync(id, new { code = "P-1", familyName = "Thief" })).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.CallAsync(HttpMethod.Post, $"/api/patients/{id}/erasure", JsonContent.Create(new { code = "P-1" }))).StatusCode);
        Assert.Equal(["P-1"], await owner.FindAsync("baker"));
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Todays_list_holds_the_clinics_day_and_no_other(Database database)
    {
        // 12:00 in UTC is past midnight in Auckland: there, today is the 23rd, from 11:00 to 11:00 UTC.
        await using var app = await FacialisApp.StartAsync(database, new Dictionary<string, string> { ["Facialis:TimeZone"] = "Pacific/Auckland" });
        var owner = await app.OwnerAsync();
        var id = await owner.AddPersonAsync("P-1", "Baker");
        foreach (var time in new[] { "00:30", "23:59" })
        {
            var planned = await owner.Browser.SendFormAsync($"/clinic/patients/{id}", "visit", new() { ["Purpose"] = "Treatment", ["At"] = time });
            Assert.Equal(HttpStatusCode.Redirect, planned.StatusCode);
        }

        var today = await owner.PageAsync("/clinic/patients");
        Assert.Contains("Today, 23 Nov 2026", today, StringComparison.Ordinal);
        Assert.Contains("00:30", today, StringComparison.Ordinal);
        Assert.Contains("23:59", today, StringComparison.Ordinal);

        app.GoOn(TimeSpan.FromHours(22) + TimeSpan.FromMinutes(59)); // 23:59 there
        owner = await app.OwnerAsync(); // half a day without use ended the cookie
        Assert.Contains("00:30", await owner.PageAsync("/clinic/patients"), StringComparison.Ordinal);
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Contains("Nobody is on today", WebUtility.HtmlDecode(await owner.PageAsync("/clinic/patients")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Todays_list_says_the_side_of_each_patient_in_words()
    {
        await using var app = await FacialisApp.StartAsync(Database.Sqlite);
        var owner = await app.OwnerAsync();
        foreach (var (code, side) in new[] { ("P-1", "PatientLeft"), ("P-2", "PatientRight"), ("P-3", "Unknown"), ("P-4", null) })
        {
            var card = $"/clinic/patients/{await owner.AddPersonAsync(code, "Baker")}";
            await owner.Browser.SendFormAsync(card, "visit", new() { ["Purpose"] = "Treatment", ["At"] = "09:00" });
            if (side is not null)
            {
                await owner.Browser.SendFormAsync(card + "/condition", "condition", new() { ["Form.Kind"] = "HemifacialSpasm", ["Form.Side"] = side });
            }
        }

        var page = await owner.PageAsync("/clinic/patients");
        var lines = page.Split("class=\"today-time\"")[1..].Select(line => line[..line.IndexOf("</li>", StringComparison.Ordinal)])
            .ToDictionary(line => line[line.IndexOf("P-", StringComparison.Ordinal)..][..3], line => line);
        Assert.Contains("</span>Left</span>", lines["P-1"], StringComparison.Ordinal);
        Assert.Contains("</span>Right</span>", lines["P-2"], StringComparison.Ordinal);
        Assert.Contains("Side not known", lines["P-3"], StringComparison.Ordinal);
        Assert.DoesNotContain("side-", lines["P-4"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobodys_name_code_or_search_is_logged_or_stands_in_an_address()
    {
        await using var app = await FacialisApp.StartAsync(Database.Sqlite);
        var owner = await app.OwnerAsync();
        var id = await owner.AddPersonAsync("SECRET-77", "Verylongname", "Ruth", "1961-04-02", "+1 555 0100200", "ruth@verylongname.example", "Verylongnote");
        await owner.FindAsync("verylong");
        var found = await owner.Browser.SendFormAsync("/clinic/patients", "search-patients", new() { ["Text"] = "verylong" });
        Assert.Equal(HttpStatusCode.OK, found.StatusCode);
        Assert.Contains("Verylongname, Ruth", await found.TextAsync(), StringComparison.Ordinal);
        await owner.PageAsync($"/clinic/patients/{id}");

        Assert.DoesNotContain(app.Log.Lines, line => !line.StartsWith("Debug", StringComparison.Ordinal)
            && (line.Contains("verylong", StringComparison.OrdinalIgnoreCase) || line.Contains("SECRET-77", StringComparison.OrdinalIgnoreCase) || line.Contains("0100200", StringComparison.Ordinal)));
    }
}

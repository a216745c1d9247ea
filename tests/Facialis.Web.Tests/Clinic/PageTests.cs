using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using Facialis.Anatomy;
using Facialis.Anatomy.Recordings;
using Facialis.Anatomy.Synthesis;

namespace Facialis.Web.Tests.Clinic;

/// <summary>The pages as a browser without script sees and sends them.</summary>
public sealed partial class PageTests
{
    public static readonly TheoryData<Database> Databases = [Database.Sqlite, Database.Postgres];

    [Fact]
    public async Task Search_goes_to_the_patient_and_leaves_no_code_in_address_or_log()
    {
        await using var app = await FacialisApp.StartAsync(Database.Sqlite);
        var owner = await app.OwnerAsync();
        var patient = await owner.AddPatientAsync("SECRET-77");
        await owner.AddPatientAsync("SECRET-78");

        var found = await owner.Browser.SendFormAsync("/clinic/recordings", "search", new() { ["Code"] = "secret-77" });
        Assert.Equal($"/clinic/recordings?patient={patient}", new Uri(new Uri("http://localhost"), found.Headers.Location!).PathAndQuery);

        var several = await owner.Browser.SendFormAsync("/clinic/recordings", "search", new() { ["Code"] = "secret" });
        Assert.Contains("SECRET-78", await several.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);

        var none = await owner.Browser.SendFormAsync("/clinic/recordings", "search", new() { ["Code"] = "nobody" });
        Assert.Contains("No chart code begins", await none.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.DoesNotContain(app.Log.Lines, line => line.Contains("SECRET", StringComparison.OrdinalIgnoreCase) && !line.StartsWith("Debug", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task A_file_is_imported_by_a_plain_form_and_its_report_opens(Database database)
    {
        await using var app = await FacialisApp.StartAsync(database);
        var owner = await app.OwnerAsync();
        var patient = await owner.AddPatientAsync("P-1");

        var answer = await ImportAsync(owner, patient, RecordingBytes.OfManySpasms, "face.facerec");

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        var page = WebUtility.HtmlDecode(await owner.PageAsync(answer.Headers.Location!.ToString())); // a redirect says where
        Assert.Matches(@"Left side: \d+ events in 2\.5 min = \d+\.\d per minute \(95.% interval", page);
        Assert.Contains("does not diagnose", page, StringComparison.Ordinal);
        Assert.Contains("A voluntary wink cannot be told from one spasm", page, StringComparison.Ordinal);
        Assert.Contains("recording level", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_import_that_is_no_recording_says_why_and_leaves_nothing()
    {
        await using var app = await FacialisApp.StartAsync(Database.Sqlite);
        var owner = await app.OwnerAsync();
        var patient = await owner.AddPatientAsync("P-1");

        foreach (var file in new[] { "Dear all, this is a letter."u8.ToArray(), RecordingBytes.OfHalfAMinute[..^500], [] })
        {
            var answer = await ImportAsync(owner, patient, file, "face.facerec");
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Matches("role=\"alert\">[^<]{10,}<", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        }

        Assert.Equal(0, (await owner.JsonAsync("/api/recordings")).GetProperty("total").GetInt32());
        var folder = Path.Combine(app.DataFolder, "recordings");
        Assert.False(Directory.Exists(folder) && Directory.EnumerateFiles(folder).Any());
    }

    [Fact]
    public async Task The_same_form_sent_twice_imports_once()
    {
        await using var app = await FacialisApp.StartAsync(Database.Sqlite);
        var owner = await app.OwnerAsync();
        var patient = await owner.AddPatientAsync("P-1");
        var html = await owner.PageAsync("/clinic/recordings/import");

        var answers = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => SendAsync(owner, html, patient, RecordingBytes.OfHalfAMinute, "a.facerec")));

        Assert.All(answers, a => Assert.Equal(HttpStatusCode.Redirect, a.StatusCode));
        Assert.Equal(1, (await owner.JsonAsync("/api/recordings")).GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task A_side_that_nobody_confirmed_says_so_wherever_it_appears()
    {
        await using var app = await FacialisApp.StartAsync(Database.Sqlite);
        var owner = await app.OwnerAsync();
        var patient = await owner.AddPatientAsync("P-1");
        var id = await owner.UploadAsync(patient, RecordingBytes.Make(
            SpasmScripts.RandomRest(3, Side.PatientLeft, 20, 30), 3, new MovingFaceOptions { Mirroring = Mirroring.Unknown }));

        foreach (var page in new[] { "/clinic/recordings", $"/clinic/recordings?patient={patient}", $"/clinic/recordings/{id}" })
        {
            Assert.Contains("Side unconfirmed", await owner.PageAsync(page), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task An_event_of_the_table_shows_its_face_without_script()
    {
        await using var app = await FacialisApp.StartAsync(Database.Sqlite);
        var owner = await app.OwnerAsync();
        var id = await owner.UploadAsync(await owner.AddPatientAsync("P-1"), RecordingBytes.OfManySpasms);

        var page = await owner.PageAsync($"/clinic/recordings/{id}?event=4");

        Assert.Contains($"/clinic/recordings/{id}?event=5#face", page, StringComparison.Ordinal);
        Assert.Contains("at the peak of event 4", page, StringComparison.Ordinal);
        var faces = Outline().Matches(page);
        Assert.Equal(18, faces.Count); // nine lines of each of the two faces, none of them empty
    }

    [Fact]
    public async Task The_demonstration_is_marked_and_measured_by_the_real_engine()
    {
        await using var app = await FacialisApp.StartAsync(Database.Sqlite, new Dictionary<string, string> { ["Facialis:Recordings:Demonstration"] = "true" });
        var owner = await app.OwnerAsync();
        var items = (await owner.JsonAsync("/api/recordings")).GetProperty("items").EnumerateArray().ToList();
        foreach (var item in items)
        {
            await owner.CompleteAsync(item.GetProperty("id").GetGuid());
        }

        var list = await owner.PageAsync("/clinic/recordings");

        Assert.Equal(5, items.Count);
        Assert.Equal(5, DemonstrationBadge().Count(list));
        Assert.Contains("a generator moved this face", await owner.PageAsync($"/clinic/recordings/{items[0].GetProperty("id").GetGuid()}"), StringComparison.Ordinal);
        var (before, after) = (items[^1].GetProperty("id").GetGuid(), items[^2].GetProperty("id").GetGuid());
        var change = await owner.JsonAsync($"/api/comparisons?before={before}&after={after}");
        Assert.Contains(change.GetProperty("sides").EnumerateArray(), s => s.GetProperty("answer").GetString() == "fewer");
    }

    private static async Task<HttpResponseMessage> ImportAsync(SignedIn person, Guid patient, byte[] file, string name) =>
        await SendAsync(person, await person.PageAsync("/clinic/recordings/import"), patient, file, name);

    private static async Task<HttpResponseMessage> SendAsync(SignedIn person, string html, Guid patient, byte[] file, string name)
    {
        var form = new MultipartFormDataContent();
        foreach (Match hidden in HiddenField().Matches(html[html.IndexOf("enctype", StringComparison.Ordinal)..]))
        {
            form.Add(new StringContent(WebUtility.HtmlDecode(hidden.Groups["value"].Value)), hidden.Groups["name"].Value);
        }

        form.Add(new StringContent(patient.ToString()), "Patient");
        form.Add(new StringContent("unknown"), "Mirrored");
        var bytes = new ByteArrayContent(file);
        bytes.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        form.Add(bytes, "File", name);
        return await person.Browser.PostAsync("/clinic/recordings/import", form, TestContext.Current.CancellationToken);
    }

    [GeneratedRegex("<input type=\"hidden\" name=\"(?<name>[^\"]*)\" value=\"(?<value>[^\"]*)\"")]
    private static partial Regex HiddenField();

    [GeneratedRegex("<path class=\"face-line [^>]*d=\"M[^\"]+\"")]
    private static partial Regex Outline();

    [GeneratedRegex("badge-demonstration[^>]*>\\s*Demonstration\\s*<")]
    private static partial Regex DemonstrationBadge();
}

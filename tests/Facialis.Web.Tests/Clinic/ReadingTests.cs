using System.Net;
using System.Text.Json;
using Facialis.Anatomy;
using Facialis.Anatomy.Recordings;
using Facialis.Anatomy.Recordings.Import;
using Facialis.Anatomy.Synthesis;

namespace Facialis.Web.Tests.Clinic;

/// <summary>What can be asked of recordings that are there: reports, signals, faces, downloads, comparisons.</summary>
public sealed class ReadingTests
{
    public static readonly TheoryData<Database> Databases = [Database.Sqlite, Database.Postgres];

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Another_clinic_finds_nothing_of_ours(Database database)
    {
        await using var app = await FacialisApp.StartAsync(database);
        var owner = await app.OwnerAsync();
        var patient = await owner.AddPatientAsync("P-1");
        var id = await owner.UploadAsync(patient, RecordingBytes.OfHalfAMinute);
        var stranger = await app.OtherClinicAsync();

        foreach (var address in new[] { "", "/report", "/signals", "/frames?from=1&to=2", "/content", "/events.csv", "/report.json", "/landmarks.csv" })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await stranger.Browser.GetAsync($"/api/recordings/{id}{address}", TestContext.Current.CancellationToken)).StatusCode);
        }

        Assert.Equal(HttpStatusCode.NotFound, (await stranger.Browser.GetAsync($"/clinic/recordings/{id}", TestContext.Current.CancellationToken)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.Browser.GetAsync($"/clinic/recordings?patient={patient}", TestContext.Current.CancellationToken)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.Browser.GetAsync($"/clinic/recordings/compare?before={id}", TestContext.Current.CancellationToken)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.Browser.GetAsync($"/api/comparisons?before={id}&after={id}", TestContext.Current.CancellationToken)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.CallAsync(HttpMethod.Head, $"/api/recordings/{id}/content")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.AppendAsync(id, 0, [1])).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.CompleteAsync(id)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.CallAsync(HttpMethod.Delete, $"/api/recordings/{id}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.CallAsync(HttpMethod.Post, $"/api/recordings/{id}/restore")).StatusCode);
        await (await stranger.AnnounceAsync(id, await stranger.AddPatientAsync("P-1"))).SentenceAsync(HttpStatusCode.UnprocessableEntity);
        await (await stranger.AnnounceAsync(Guid.CreateVersion7(), patient)).SentenceAsync(HttpStatusCode.BadRequest);
        Assert.Equal(0, (await stranger.JsonAsync("/api/recordings")).GetProperty("total").GetInt32());
        Assert.Equal(1, (await owner.JsonAsync("/api/recordings")).GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task Nobody_reads_without_signing_in()
    {
        await using var app = await FacialisApp.StartAsync(Database.Sqlite);
        using var visitor = app.Visitor();

        Assert.Equal(HttpStatusCode.Unauthorized, (await visitor.GetAsync("/api/recordings", TestContext.Current.CancellationToken)).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await visitor.GetAsync("/clinic/recordings", TestContext.Current.CancellationToken)).StatusCode);
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task The_list_is_paged_newest_first_and_can_be_one_patients(Database database)
    {
        await using var app = await FacialisApp.StartAsync(database);
        var owner = await app.OwnerAsync();
        var (first, second) = (await owner.AddPatientAsync("P-1"), await owner.AddPatientAsync("P-2"));
        List<Guid> ids = [];
        foreach (var patient in new[] { first, second, first })
        {
            var id = Guid.CreateVersion7();
            await owner.AnnounceAsync(id, patient);
            ids.Add(id);
            app.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        async Task<Guid[]> Ids(string query) =>
            [.. (await owner.JsonAsync("/api/recordings" + query)).GetProperty("items").EnumerateArray().Select(i => i.GetProperty("id").GetGuid())];
        Assert.Equal([ids[2], ids[1], ids[0]], await Ids(""));
        Assert.Equal([ids[2], ids[0]], await Ids($"?patientId={first}"));
        Assert.Equal([ids[0]], await Ids("?page=2&pageSize=2"));
        await (await owner.Browser.GetAsync("/api/recordings?page=0", TestContext.Current.CancellationToken)).SentenceAsync(HttpStatusCode.BadRequest);
        await (await owner.Browser.GetAsync("/api/recordings?pageSize=101", TestContext.Current.CancellationToken)).SentenceAsync(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Signals_keep_every_twitch_however_few_points_are_asked_for()
    {
        await using var app = await FacialisApp.StartAsync(Database.Sqlite);
        var owner = await app.OwnerAsync();
        var id = await owner.UploadAsync(await owner.AddPatientAsync("P-1"), RecordingBytes.OfHalfAMinute);

        async Task<(int Spans, double Highest)> Left(string query)
        {
            var high = (await owner.JsonAsync($"/api/recordings/{id}/signals{query}")).GetProperty("left").GetProperty("lid").GetProperty("high")
                .EnumerateArray().Where(v => v.ValueKind == JsonValueKind.Number).Select(v => v.GetDouble()).ToArray();
            return (high.Length, high.Max());
        }

        var (all, highest) = await Left("?points=4000");
        var (few, highestOfFew) = await Left("?points=10");
        Assert.Equal(900, all);
        Assert.Equal(10, few);
        Assert.Equal(highest, highestOfFew);
        await (await owner.Browser.GetAsync($"/api/recordings/{id}/signals?points=9", TestContext.Current.CancellationToken)).SentenceAsync(HttpStatusCode.BadRequest);
        await (await owner.Browser.GetAsync($"/api/recordings/{id}/signals?from=9&to=3", TestContext.Current.CancellationToken)).SentenceAsync(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Signals_come_back_when_their_cache_is_lost()
    {
        await using var app = await FacialisApp.StartAsync(Database.Sqlite);
        var owner = await app.OwnerAsync();
        var id = await owner.UploadAsync(await owner.AddPatientAsync("P-1"), RecordingBytes.OfHalfAMinute);
        var cache = Path.Combine(app.DataFolder, "recordings", $"{id}.signals");
        var before = (await owner.JsonAsync($"/api/recordings/{id}/signals?points=50")).GetRawText();

        File.Delete(cache);
        Assert.Equal(before, (await owner.JsonAsync($"/api/recordings/{id}/signals?points=50")).GetRawText());

        await File.WriteAllTextAsync(cache, "no signals", TestContext.Current.CancellationToken);
        Assert.Equal(before, (await owner.JsonAsync($"/api/recordings/{id}/signals?points=50")).GetRawText());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_face_of_an_event_shows_the_patients_own_left_on_the_viewers_right(bool pictureIsMirrored)
    {
        await using var app = await FacialisApp.StartAsync(Database.Sqlite);
        var owner = await app.OwnerAsync();
        var file = RecordingBytes.Make(SpasmScripts.RandomRest(3, Side.PatientLeft, 20, 30), 3, new MovingFaceOptions
        {
            PictureIsMirrored = pictureIsMirrored,
            Mirroring = pictureIsMirrored ? Mirroring.Mirrored : Mirroring.NotMirrored,
        });
        var id = await owner.UploadAsync(await owner.AddPatientAsync("P-1"), file);
        var spasm = (await owner.JsonAsync($"/api/recordings/{id}/report")).GetProperty("events").EnumerateArray().First(e => e.GetProperty("mouthIod").GetDouble() > 0.05);
        Assert.Equal("patientLeft", spasm.GetProperty("side").GetString());
        var (start, peak) = (spasm.GetProperty("startSeconds").GetDouble(), spasm.GetProperty("peakSeconds").GetDouble());

        var clip = await owner.JsonAsync(FormattableString.Invariant($"/api/recordings/{id}/frames?from={start - 0.3}&to={peak + 0.01}"));

        var rest = Lids(clip, 0);
        var atPeak = Lids(clip, clip.GetProperty("times").GetArrayLength() - 1);
        Assert.True(rest.Left.CentreX > 0.3, "the left eye lies to the viewer's right");
        Assert.True(rest.Right.CentreX < -0.3, "the right eye lies to the viewer's left");
        Assert.True(atPeak.Left.Height < 0.6 * rest.Left.Height, "the left eye closes");
        Assert.True(atPeak.Right.Height > 0.8 * rest.Right.Height, "the right eye stays open");
        await (await owner.Browser.GetAsync($"/api/recordings/{id}/frames?from=0&to=20", TestContext.Current.CancellationToken)).SentenceAsync(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Downloads_can_be_read_again()
    {
        await using var app = await FacialisApp.StartAsync(Database.Sqlite);
        var owner = await app.OwnerAsync();
        var id = await owner.UploadAsync(await owner.AddPatientAsync("P-1"), RecordingBytes.OfHalfAMinute);
        var report = await owner.JsonAsync($"/api/recordings/{id}/report");

        var csv = (await owner.Browser.GetStringAsync($"/api/recordings/{id}/events.csv", TestContext.Current.CancellationToken)).TrimEnd().Split("\r\n");
        Assert.Equal(report.GetProperty("events").GetArrayLength(), csv.Length - 1);
        Assert.StartsWith("number,patient_side,", csv[0], StringComparison.Ordinal);
        Assert.All(csv[1..], row => Assert.Equal(csv[0].Split(',').Length, row.Split(',').Length));
        Assert.StartsWith("1,Left,", csv[1], StringComparison.Ordinal);

        using var landmarks = RecordingFiles.Open(await owner.Browser.GetStreamAsync($"/api/recordings/{id}/landmarks.csv", TestContext.Current.CancellationToken));
        var (frame, frames) = (new FaceFrame(landmarks.Header.LandmarkIndices.Count), 0);
        while (landmarks.TryRead(frame))
        {
            frames++;
        }

        Assert.Equal(900, frames);

        var file = await owner.Browser.GetAsync($"/api/recordings/{id}/report.json", TestContext.Current.CancellationToken);
        Assert.Equal($"recording-2026-11-22-{id.ToString("N")[^8..]}.report.json", file.Content.Headers.ContentDisposition?.FileNameStar);
        Assert.Equal(report.GetRawText(), await file.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Two_recordings_of_one_patient_compare_and_of_two_patients_do_not(Database database)
    {
        await using var app = await FacialisApp.StartAsync(database);
        var owner = await app.OwnerAsync();
        var patient = await owner.AddPatientAsync("P-1");
        var before = await owner.UploadAsync(patient, RecordingBytes.OfManySpasms);
        var after = await owner.UploadAsync(patient, RecordingBytes.OfFewSpasms);
        var other = await owner.UploadAsync(await owner.AddPatientAsync("P-2"), RecordingBytes.OfHalfAMinute);

        var comparison = await owner.JsonAsync($"/api/comparisons?before={before}&after={after}");
        Assert.True(comparison.GetProperty("isComparable").GetBoolean());
        var left = comparison.GetProperty("sides").EnumerateArray().Single(s => s.GetProperty("side").GetString() == "patientLeft");
        Assert.InRange(left.GetProperty("rate").GetProperty("ratio").GetDouble(), 0.01, 0.6);

        var page = await owner.PageAsync($"/clinic/recordings/compare?before={before}&after={after}");
        Assert.Contains(left.GetProperty("sentence").GetString()!, WebUtility.HtmlDecode(page), StringComparison.Ordinal);

        var refused = await owner.Browser.GetAsync($"/api/comparisons?before={before}&after={other}", TestContext.Current.CancellationToken);
        Assert.Contains("two patients", await refused.SentenceAsync(HttpStatusCode.UnprocessableEntity), StringComparison.Ordinal);
        Assert.Contains("two patients", await owner.PageAsync($"/clinic/recordings/compare?before={before}&after={other}"), StringComparison.Ordinal);
        await (await owner.Browser.GetAsync($"/api/comparisons?before={before}&after={before}", TestContext.Current.CancellationToken)).SentenceAsync(HttpStatusCode.UnprocessableEntity);
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task A_removed_recording_is_out_of_sight_and_can_be_brought_back(Database database)
    {
        await using var app = await FacialisApp.StartAsync(database);
        var owner = await app.OwnerAsync();
        var patient = await owner.AddPatientAsync("P-1");
        var id = await owner.UploadAsync(patient, RecordingBytes.OfHalfAMinute);

        Assert.Equal(HttpStatusCode.NoContent, (await owner.CallAsync(HttpMethod.Delete, $"/api/recordings/{id}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await owner.Browser.GetAsync($"/api/recordings/{id}", TestContext.Current.CancellationToken)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await owner.CallAsync(HttpMethod.Delete, $"/api/recordings/{id}")).StatusCode);
        await (await owner.AnnounceAsync(id, patient)).SentenceAsync(HttpStatusCode.UnprocessableEntity);

        Assert.Equal(HttpStatusCode.NoContent, (await owner.CallAsync(HttpMethod.Post, $"/api/recordings/{id}/restore")).StatusCode);
        Assert.Equal(RecordingBytes.OfHalfAMinute, await owner.Browser.GetByteArrayAsync($"/api/recordings/{id}/content", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task The_api_is_described_with_a_summary_for_every_address()
    {
        await using var app = await FacialisApp.StartAsync(Database.Sqlite);
        var owner = await app.OwnerAsync();

        var document = await owner.JsonAsync("/openapi/v1.json");

        var operations = document.GetProperty("paths").EnumerateObject()
            .Where(p => p.Name.StartsWith("/api/", StringComparison.Ordinal)).SelectMany(p => p.Value.EnumerateObject()).ToList();
        Assert.True(operations.Count >= 17, $"{operations.Count} operations");
        Assert.All(operations, o => Assert.True(o.Value.TryGetProperty("summary", out _), o.Value.GetRawText()));
        Assert.Contains(operations, o => o.Value.GetRawText().Contains("P-0012", StringComparison.Ordinal)); // examples are in it
        var report = document.GetProperty("components").GetProperty("schemas").GetProperty("SpasmReport").GetProperty("properties");
        Assert.True(report.TryGetProperty("events", out _));
    }

    private static (Eye Right, Eye Left) Lids(JsonElement clip, int frame)
    {
        var points = clip.GetProperty("points")[frame].EnumerateArray().Select(v => v.GetInt32() / 1000.0).ToArray();
        Eye Of(string name)
        {
            var places = clip.GetProperty("outlines").EnumerateArray().Single(o => o.GetProperty("name").GetString() == name)
                .GetProperty("points").EnumerateArray().Select(p => p.GetInt32()).ToArray();
            var ys = places.Select(p => points[(2 * p) + 1]).ToArray();
            return new Eye(places.Average(p => points[2 * p]), ys.Max() - ys.Min());
        }

        return (Of("rightLids"), Of("leftLids"));
    }

    private sealed record Eye(double CentreX, double Height);
}

using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;

namespace Facialis.Web.Tests.Clinic;

/// <summary>A recording on its way to the server: in parts, with broken lines, twice, damaged, too large.</summary>
public sealed class UploadTests
{
    public static readonly TheoryData<Database> Databases = [Database.Sqlite, Database.Postgres];

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task A_recording_sent_in_parts_arrives_byte_by_byte_and_is_measured(Database database)
    {
        await using var app = await FacialisApp.StartAsync(database);
        var owner = await app.OwnerAsync();
        var patient = await owner.AddPatientAsync("P-1");
        var file = RecordingBytes.OfHalfAMinute;
        var id = Guid.CreateVersion7();

        Assert.Equal(HttpStatusCode.Created, (await owner.AnnounceAsync(id, patient, file.Length)).StatusCode);
        Assert.Equal(0, await owner.OffsetAsync(id));
        var half = file.Length / 2;
        Assert.Equal(half, RecordingClient.Offset(await owner.AppendAsync(id, 0, file[..half])));
        Assert.Equal(half, await owner.OffsetAsync(id));
        Assert.Equal(file.Length, RecordingClient.Offset(await owner.AppendAsync(id, half, file[half..])));
        var completed = await owner.CompleteAsync(id);

        Assert.Equal(HttpStatusCode.OK, completed.StatusCode);
        Assert.Equal("complete", (await completed.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).GetProperty("state").GetString());
        var kept = await owner.Browser.GetByteArrayAsync($"/api/recordings/{id}/content", TestContext.Current.CancellationToken);
        Assert.Equal(SHA256.HashData(file), SHA256.HashData(kept));
        var report = await owner.JsonAsync($"/api/recordings/{id}/report");
        Assert.Contains(report.GetProperty("events").EnumerateArray(), e => e.GetProperty("side").GetString() == "patientLeft");
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Every_request_may_come_twice(Database database)
    {
        await using var app = await FacialisApp.StartAsync(database);
        var owner = await app.OwnerAsync();
        var patient = await owner.AddPatientAsync("P-1");
        var file = RecordingBytes.OfHalfAMinute;
        var id = Guid.CreateVersion7();

        Assert.Equal(HttpStatusCode.Created, (await owner.AnnounceAsync(id, patient, file.Length)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await owner.AnnounceAsync(id, patient, file.Length)).StatusCode);
        foreach (var _ in Enumerable.Range(0, 2))
        {
            var answer = await owner.AppendAsync(id, 0, file[..5000]);
            Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
            Assert.Equal(5000, RecordingClient.Offset(answer));
        }

        await owner.AppendAsync(id, 5000, file[5000..]);
        Assert.Equal(HttpStatusCode.OK, (await owner.CompleteAsync(id)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await owner.CompleteAsync(id)).StatusCode);
        // The last part again, when all is done: its first answer was lost on the way.
        Assert.Equal(HttpStatusCode.NoContent, (await owner.AppendAsync(id, 5000, file[5000..])).StatusCode);
        Assert.Equal(1, (await owner.JsonAsync("/api/recordings")).GetProperty("total").GetInt32());
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task A_part_that_begins_elsewhere_is_told_where_to_go_on(Database database)
    {
        await using var app = await FacialisApp.StartAsync(database);
        var owner = await app.OwnerAsync();
        var id = Guid.CreateVersion7();
        await owner.AnnounceAsync(id, await owner.AddPatientAsync("P-1"));
        await owner.AppendAsync(id, 0, new byte[100]);

        foreach (var offset in new[] { 50, 101 })
        {
            var answer = await owner.AppendAsync(id, offset, [1, 2, 3]);
            Assert.Equal(100, RecordingClient.Offset(answer));
            Assert.Contains("100 bytes", await answer.SentenceAsync(HttpStatusCode.Conflict), StringComparison.Ordinal);
        }

        Assert.Equal(100, await owner.OffsetAsync(id));
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Parts_that_race_never_mix(Database database)
    {
        await using var app = await FacialisApp.StartAsync(database);
        var owner = await app.OwnerAsync();
        var id = Guid.CreateVersion7();
        await owner.AnnounceAsync(id, await owner.AddPatientAsync("P-1"));
        var parts = Enumerable.Range(1, 12).Select(n => Enumerable.Repeat((byte)n, 20_000).ToArray()).ToArray();

        var answers = await Task.WhenAll(parts.Select(part => owner.AppendAsync(id, 0, part)));

        var winner = Assert.Single(answers, a => a.StatusCode == HttpStatusCode.NoContent);
        Assert.All(answers.Where(a => a != winner), a => Assert.Equal(HttpStatusCode.Conflict, a.StatusCode));
        Assert.Equal(20_000, await owner.OffsetAsync(id));
        var kept = await File.ReadAllBytesAsync(Path.Combine(app.DataFolder, "recordings", $"{id}.facerec"), TestContext.Current.CancellationToken);
        Assert.Equal(parts[Array.IndexOf(answers, winner)], kept);
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Announcing_at_the_same_moment_makes_one_recording(Database database)
    {
        await using var app = await FacialisApp.StartAsync(database);
        var owner = await app.OwnerAsync();
        var patient = await owner.AddPatientAsync("P-1");
        var id = Guid.CreateVersion7();

        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => owner.AnnounceAsync(id, patient, 1000)));

        Assert.Single(answers, a => a.StatusCode == HttpStatusCode.Created);
        Assert.Equal(9, answers.Count(a => a.StatusCode == HttpStatusCode.OK));
    }

    [Fact]
    public async Task After_a_crash_only_what_is_certain_counts()
    {
        await using var app = await FacialisApp.StartAsync(Database.Sqlite);
        var owner = await app.OwnerAsync();
        var file = RecordingBytes.OfHalfAMinute;
        var id = Guid.CreateVersion7();
        await owner.AnnounceAsync(id, await owner.AddPatientAsync("P-1"), file.Length);
        await owner.AppendAsync(id, 0, file[..10_000]);
        var path = Path.Combine(app.DataFolder, "recordings", $"{id}.facerec");

        // A crash after the bytes and before the row: garbage stands behind what was acknowledged.
        await File.AppendAllBytesAsync(path, new byte[3000], TestContext.Current.CancellationToken);
        Assert.Equal(10_000, await owner.OffsetAsync(id));

        // A file restored from an older backup: shorter than the row says.
        await using (var shorter = new FileStream(path, FileMode.Open))
        {
            shorter.SetLength(4000);
        }

        Assert.Equal(4000, await owner.OffsetAsync(id));
        Assert.Equal(file.Length, RecordingClient.Offset(await owner.AppendAsync(id, 4000, file[4000..])));
        Assert.Equal(HttpStatusCode.OK, (await owner.CompleteAsync(id)).StatusCode);
        Assert.Equal(file, await owner.Browser.GetByteArrayAsync($"/api/recordings/{id}/content", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task What_was_being_measured_when_the_program_stopped_is_measured_at_the_next_start()
    {
        await using var app = await FacialisApp.StartAsync(Database.Sqlite, new Dictionary<string, string> { ["Facialis:Recordings:Demonstration"] = "true" });
        var owner = await app.OwnerAsync();

        // The demonstration is written by the first start as whole files without reports, which is what an interruption leaves.
        var states = await WaitUntilMeasuredAsync(owner);

        Assert.Equal(5, states.Count);
        Assert.All(states, state => Assert.Equal("complete", state));
    }

    [Fact]
    public async Task Too_large_is_refused_with_the_limit_in_the_sentence()
    {
        await using var app = await FacialisApp.StartAsync(Database.Sqlite, new Dictionary<string, string> { ["Facialis:Recordings:MaxBytes"] = "20000" });
        var owner = await app.OwnerAsync();
        var patient = await owner.AddPatientAsync("P-1");

        var announced = await owner.AnnounceAsync(Guid.CreateVersion7(), patient, 20_001);
        Assert.Contains("20000 bytes", await announced.SentenceAsync(HttpStatusCode.RequestEntityTooLarge), StringComparison.Ordinal);

        var id = Guid.CreateVersion7();
        await owner.AnnounceAsync(id, patient);
        await owner.AppendAsync(id, 0, new byte[15_000]);
        var tooMuch = await owner.AppendAsync(id, 15_000, new byte[6000]);
        Assert.Contains("too large", await tooMuch.SentenceAsync(HttpStatusCode.RequestEntityTooLarge), StringComparison.Ordinal);

        var part = await owner.AppendAsync(id, 15_000, new byte[(1 << 20) + 1]);
        Assert.Contains("smaller parts", await part.SentenceAsync(HttpStatusCode.RequestEntityTooLarge), StringComparison.Ordinal);
        Assert.Equal(15_000, await owner.OffsetAsync(id));
    }

    [Fact]
    public async Task More_than_was_announced_is_refused()
    {
        await using var app = await FacialisApp.StartAsync(Database.Sqlite);
        var owner = await app.OwnerAsync();
        var id = Guid.CreateVersion7();
        await owner.AnnounceAsync(id, await owner.AddPatientAsync("P-1"), 100);

        await (await owner.AppendAsync(id, 0, new byte[101])).SentenceAsync(HttpStatusCode.UnprocessableEntity);
        Assert.Equal(0, await owner.OffsetAsync(id));
    }

    [Fact]
    public async Task Completing_too_early_says_how_much_is_there()
    {
        await using var app = await FacialisApp.StartAsync(Database.Sqlite);
        var owner = await app.OwnerAsync();
        var id = Guid.CreateVersion7();
        await owner.AnnounceAsync(id, await owner.AddPatientAsync("P-1"), 5000);
        await owner.AppendAsync(id, 0, new byte[100]);

        var answer = await owner.CompleteAsync(id);

        Assert.Equal(100, RecordingClient.Offset(answer));
        Assert.Contains("100 of 5000", await answer.SentenceAsync(HttpStatusCode.Conflict), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task A_damaged_file_fails_with_a_sentence_and_has_no_report(Database database)
    {
        await using var app = await FacialisApp.StartAsync(database);
        var owner = await app.OwnerAsync();
        var patient = await owner.AddPatientAsync("P-1");
        var damaged = RecordingBytes.OfHalfAMinute.ToArray();
        damaged[damaged.Length / 2] ^= 0x55;
        var nonsense = new byte[4000];

        foreach (var file in new[] { damaged, nonsense, RecordingBytes.OfHalfAMinute[..^1000] })
        {
            var id = Guid.CreateVersion7();
            await owner.AnnounceAsync(id, patient, file.Length);
            await owner.AppendAsync(id, 0, file);
            var sentence = await (await owner.CompleteAsync(id)).SentenceAsync(HttpStatusCode.UnprocessableEntity);
            Assert.NotEmpty(sentence);
            Assert.Equal(sentence, await (await owner.CompleteAsync(id)).SentenceAsync(HttpStatusCode.UnprocessableEntity));
            await (await owner.Browser.GetAsync($"/api/recordings/{id}/report", TestContext.Current.CancellationToken)).SentenceAsync(HttpStatusCode.Conflict);
            Assert.Contains("could not be measured", await owner.PageAsync($"/clinic/recordings/{id}"), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Nonsense_gets_a_sentence()
    {
        await using var app = await FacialisApp.StartAsync(Database.Sqlite);
        var owner = await app.OwnerAsync();
        var patient = await owner.AddPatientAsync("P-1");

        await (await owner.AnnounceAsync(Guid.NewGuid(), patient)).SentenceAsync(HttpStatusCode.BadRequest);
        await (await owner.AnnounceAsync(Guid.CreateVersion7(), Guid.CreateVersion7())).SentenceAsync(HttpStatusCode.BadRequest);
        await (await owner.AnnounceAsync(Guid.CreateVersion7(), patient, 0)).SentenceAsync(HttpStatusCode.BadRequest);
        var id = Guid.CreateVersion7();
        await owner.AnnounceAsync(id, patient);
        await (await owner.CallAsync(HttpMethod.Patch, $"/api/recordings/{id}/content", new ByteArrayContent([1]))).SentenceAsync(HttpStatusCode.BadRequest);
        await (await owner.AnnounceAsync(id, await owner.AddPatientAsync("P-2"))).SentenceAsync(HttpStatusCode.UnprocessableEntity);
    }

    private static async Task<List<string?>> WaitUntilMeasuredAsync(SignedIn owner)
    {
        while (true)
        {
            var items = (await owner.JsonAsync("/api/recordings")).GetProperty("items").EnumerateArray().ToList();
            foreach (var item in items.Where(i => i.GetProperty("state").GetString() == "measuring"))
            {
                // Completing again waits for the report instead of asking again and again.
                await owner.CompleteAsync(item.GetProperty("id").GetGuid());
            }

            if (items.All(i => i.GetProperty("state").GetString() != "measuring"))
            {
                return [.. items.Select(i => i.GetProperty("state").GetString())];
            }
        }
    }
}

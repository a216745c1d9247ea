using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Facialis.Clinic.FollowUps.Diary;
using Facialis.Clinic.Measurements;
using Facialis.Web.Tests.Clinic.Charts;
using Facialis.Web.Tests.Clinic.Injections;
using Microsoft.Extensions.DependencyInjection;

namespace Facialis.Web.Tests.Clinic.FollowUps;

/// <summary>A patient records a face at home, by the diary's link and without an account.</summary>
public sealed partial class DiaryRecordingTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.Postgres)]
    public async Task A_recording_goes_to_the_links_own_patient_and_says_nothing_back(Database database)
    {
        await using var app = await FacialisApp.StartAsync(database);
        var (clinic, ready) = await Signing.TreatedAsync(app);
        var other = await clinic.Owner.AddPatientAsync("P-2");
        var phone = await PhoneAsync(app, clinic, ready.Patient);
        var (id, file) = (Guid.CreateVersion7(), RecordingBytes.OfHalfAMinute);

        // Whatever patient the body names, it is the link's.
        for (var time = 0; time < 2; time++)
        {
            var announced = await phone.SendAsync(HttpMethod.Put, $"{id}", JsonContent.Create(new { patientId = other, contentLength = file.Length }));
            Assert.Equal((HttpStatusCode.NoContent, ""), (announced.StatusCode, await announced.TextAsync()));
        }

        Assert.Equal(HttpStatusCode.NoContent, (await phone.AppendAsync(id, 0, file[..1000])).StatusCode);
        var reached = await phone.SendAsync(HttpMethod.Head, $"{id}/content");
        Assert.Equal("1000", reached.Headers.GetValues("Upload-Offset").Single());
        for (var offset = 1000; offset < file.Length; offset += 500_000)
        {
            Assert.Equal(HttpStatusCode.NoContent, (await phone.AppendAsync(id, offset, file[offset..Math.Min(file.Length, offset + 500_000)])).StatusCode);
        }

        var complete = await phone.SendAsync(HttpMethod.Post, $"{id}/complete");
        Assert.Equal((HttpStatusCode.NoContent, ""), (complete.StatusCode, await complete.TextAsync()));
        var kept = (await clinic.RowsAsync<Recording>()).Single();
        Assert.Equal((id, ready.Patient, RecordingState.Complete), (kept.Id, kept.PatientId, kept.State));
        Assert.Equal(HttpStatusCode.OK, (await clinic.Owner.Browser.GetAsync($"/api/recordings/{id}/report", Token)).StatusCode);
    }

    [Fact]
    public async Task It_reaches_nothing_else_and_ends_with_its_link_and_its_day()
    {
        await using var app = await FacialisApp.StartAsync(Database.Sqlite);
        var (clinic, ready) = await Signing.TreatedAsync(app);
        var others = Guid.CreateVersion7();
        Assert.Equal(HttpStatusCode.Created, (await clinic.Owner.AnnounceAsync(others, await clinic.Owner.AddPatientAsync("P-2"), 10)).StatusCode);
        var phone = await PhoneAsync(app, clinic, ready.Patient);

        Assert.Equal(HttpStatusCode.NotFound, (await phone.AppendAsync(others, 0, [1])).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await phone.SendAsync(HttpMethod.Head, $"{others}/content")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await phone.SendAsync(HttpMethod.Post, $"{others}/complete")).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await phone.AnnounceAsync(others)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await phone.Browser.GetAsync("/api/recordings", Token)).StatusCode); // the link is no sign-in
        var forged = await phone.Browser.PutAsync($"{phone.Address}/{Guid.CreateVersion7()}", JsonContent.Create(new { contentLength = 10 }), Token);
        Assert.Equal(HttpStatusCode.BadRequest, forged.StatusCode); // without the page's own token

        for (var n = 0; n < DiaryRecordings.MostADay; n++)
        {
            Assert.Equal(HttpStatusCode.NoContent, (await phone.AnnounceAsync(Guid.CreateVersion7())).StatusCode);
        }

        Assert.Contains("Try again tomorrow", await (await phone.AnnounceAsync(Guid.CreateVersion7())).SentenceAsync(HttpStatusCode.UnprocessableEntity), StringComparison.Ordinal);
        app.GoOn(TimeSpan.FromHours(25));
        Assert.Equal(HttpStatusCode.NoContent, (await phone.AnnounceAsync(Guid.CreateVersion7())).StatusCode);

        await clinic.Stock.DoAsync(async services =>
        {
            var links = services.GetRequiredService<DiaryLinks>();
            await links.Revoke((await links.Of(ready.Patient, Token)).Single().Id, ready.Patient, Token);
            return true;
        });
        Assert.Equal(HttpStatusCode.Gone, (await phone.AnnounceAsync(Guid.CreateVersion7())).StatusCode);
        Assert.Equal(HttpStatusCode.Gone, (await phone.Browser.GetAsync(phone.Page, Token)).StatusCode);
    }

    private static async Task<Phone> PhoneAsync(FacialisApp app, Signing clinic, Guid patient)
    {
        var made = await (await clinic.Owner.Browser.SendFormAsync($"/clinic/patients/{patient}/diary", "make", new() { ["Language"] = "en", ["Days"] = "60" })).TextAsync();
        var token = Link().Match(made).Groups["token"].Value;
        var (browser, page) = (app.Visitor(), $"/diary/{token}/camera");
        var shown = await browser.GetStringAsync(page, Token);
        Assert.Contains($"upload=\"/api/diary/{token}/recordings\"", shown, StringComparison.Ordinal);
        return new Phone(browser, page, $"/api/diary/{token}/recordings", Antiforgery().Match(shown).Groups["value"].Value);
    }

    [GeneratedRegex("/diary/(?<token>[A-Za-z0-9_-]{43})")]
    private static partial Regex Link();

    [GeneratedRegex("name=\"antiforgery\" content=\"(?<value>[^\"]+)\"")]
    private static partial Regex Antiforgery();

    /// <summary>The patient's browser with the camera page open.</summary>
    private sealed record Phone(HttpClient Browser, string Page, string Address, string Token)
    {
        public Task<HttpResponseMessage> AnnounceAsync(Guid id) => SendAsync(HttpMethod.Put, $"{id}", JsonContent.Create(new { patientId = Guid.Empty, contentLength = 10 }));

        public Task<HttpResponseMessage> AppendAsync(Guid id, long offset, byte[] part)
        {
            var content = new ByteArrayContent(part);
            content.Headers.ContentType = new("application/offset+octet-stream");
            content.Headers.Add("Upload-Offset", offset.ToString(CultureInfo.InvariantCulture));
            return SendAsync(HttpMethod.Patch, $"{id}/content", content);
        }

        public Task<HttpResponseMessage> SendAsync(HttpMethod method, string what, HttpContent? content = null) => Browser.SendAsync(
            new HttpRequestMessage(method, $"{Address}/{what}") { Content = content, Headers = { { "RequestVerificationToken", Token } } }, DiaryRecordingTests.Token);
    }
}

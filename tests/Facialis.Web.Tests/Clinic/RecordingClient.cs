using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Facialis.Web.Tests.Clinic;

/// <summary>Calls the recordings API as the islands do.</summary>
internal static class RecordingClient
{
    public static async Task<Guid> AddPatientAsync(this SignedIn person, string code)
    {
        var id = Guid.CreateVersion7();
        var answer = await person.CallAsync(HttpMethod.Put, $"/api/patients/{id}", JsonContent.Create(new { code }));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return id;
    }

    public static Task<HttpResponseMessage> AnnounceAsync(this SignedIn person, Guid id, Guid patientId, long? contentLength = null) =>
        person.CallAsync(HttpMethod.Put, $"/api/recordings/{id}", JsonContent.Create(new { patientId, contentLength }));

    public static async Task<HttpResponseMessage> AppendAsync(this SignedIn person, Guid id, long offset, byte[] part)
    {
        var content = new ByteArrayContent(part);
        content.Headers.ContentType = new("application/offset+octet-stream");
        return await person.CallAsync(HttpMethod.Patch, $"/api/recordings/{id}/content", content, ("Upload-Offset", offset.ToString(CultureInfo.InvariantCulture)));
    }

    public static async Task<long> OffsetAsync(this SignedIn person, Guid id) =>
        Offset(await person.CallAsync(HttpMethod.Head, $"/api/recordings/{id}/content"));

    public static long Offset(HttpResponseMessage answer) => long.Parse(answer.Headers.GetValues("Upload-Offset").Single(), CultureInfo.InvariantCulture);

    public static Task<HttpResponseMessage> CompleteAsync(this SignedIn person, Guid id) =>
        person.CallAsync(HttpMethod.Post, $"/api/recordings/{id}/complete");

    /// <summary>Announces, sends in parts and completes.</summary>
    public static async Task<Guid> UploadAsync(this SignedIn person, Guid patientId, byte[] file)
    {
        var id = Guid.CreateVersion7();
        Assert.Equal(HttpStatusCode.Created, (await person.AnnounceAsync(id, patientId, file.Length)).StatusCode);
        for (var offset = 0; offset < file.Length; offset += 1 << 20)
        {
            var part = file[offset..Math.Min(file.Length, offset + (1 << 20))];
            Assert.Equal(HttpStatusCode.NoContent, (await person.AppendAsync(id, offset, part)).StatusCode);
        }

        Assert.Equal(HttpStatusCode.OK, (await person.CompleteAsync(id)).StatusCode);
        return id;
    }

    public static async Task<JsonElement> JsonAsync(this SignedIn person, string address)
    {
        var answer = await person.Browser.GetAsync(address, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
    }

    /// <summary>The sentence of a problem; fails where the answer is none.</summary>
    public static async Task<string> SentenceAsync(this HttpResponseMessage answer, HttpStatusCode status)
    {
        Assert.Equal(status, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).GetProperty("detail").GetString() ?? "";
    }
}

using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Facialis.Platform.Clinics;
using Facialis.Platform.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Facialis.Web.Tests.Clinic.Charts;

/// <summary>Calls the API of charts as outside programs do.</summary>
internal static class ChartClient
{
    public static Task<HttpResponseMessage> PutPersonAsync(this SignedIn person, Guid id, object body) =>
        person.CallAsync(HttpMethod.Put, $"/api/patients/{id}", JsonContent.Create(body));

    /// <summary>Adds a patient with a name, who must be new.</summary>
    public static async Task<Guid> AddPersonAsync(
        this SignedIn person, string code, string familyName, string givenName = "Ruth", string? birthDate = "1961-04-02", string phone = "", string email = "", string notes = "")
    {
        var id = Guid.CreateVersion7();
        var answer = await person.PutPersonAsync(id, new { code, familyName, givenName, birthDate, phone, email, notes });
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return id;
    }

    public static async Task<JsonElement> PostJsonAsync(this SignedIn person, string address, object body)
    {
        var answer = await person.CallAsync(HttpMethod.Post, address, JsonContent.Create(body));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
    }

    /// <summary>Chart codes of whoever a text finds.</summary>
    public static async Task<string[]> FindAsync(this SignedIn person, string text) =>
        [.. (await person.PostJsonAsync("/api/patients/search", new { text })).EnumerateArray().Select(p => p.GetProperty("code").GetString() ?? "")];

    /// <summary>Works with the host's services inside the clinic that the first start made.</summary>
    public static async Task<T> InClinicAsync<TService, T>(this FacialisApp app, Func<TService, Task<T>> work) where TService : notnull
    {
        await using var scope = app.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<FacialisDb>();
        var clinic = await db.Users.Where(u => u.IsFirstOwner).Select(u => u.ClinicId).SingleAsync(TestContext.Current.CancellationToken);
        scope.ServiceProvider.GetRequiredService<CurrentClinic>().Enter(clinic);
        return await work(scope.ServiceProvider.GetRequiredService<TService>());
    }

    public static async Task<string> TextAsync(this HttpResponseMessage answer) =>
        WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
}

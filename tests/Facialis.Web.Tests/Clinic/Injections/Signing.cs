using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Facialis.Clinic.Charts;
using Facialis.Clinic.Consents;
using Facialis.Clinic.Injections;
using Facialis.Clinic.Intake;
using Facialis.Clinic.Products;
using Facialis.Platform.Clinics;
using Facialis.Platform.Database;
using Facialis.Toxin;
using Facialis.Web.Tests.Clinic.Charts;
using Facialis.Web.Tests.Clinic.Vials;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using IdentityHouse = Facialis.Web.Tests.Identity.IdentityHouse;

namespace Facialis.Web.Tests.Clinic.Injections;

/// <summary>A clinic that can sign: an owner with a password just proven, a label region, a mixed vial, and patients with nothing left to ask.</summary>
internal sealed class Signing
{
    private Signing(FacialisApp app, SignedIn owner, Guid vial) => (App, Owner, Vial, Stock) = (app, owner, vial, new Stock(app));

    public FacialisApp App { get; }

    public SignedIn Owner { get; private set; }

    public Guid Vial { get; }

    public Stock Stock { get; }

    public static async Task<Signing> OpenAsync(FacialisApp app, LabelRegions region = LabelRegions.UnitedKingdom)
    {
        var owner = await IdentityHouse.OwnerWithPasswordAsync(app);
        await owner.ProveAsync();
        var stock = new Stock(app);
        Assert.True(await stock.DoAsync(s => s.GetRequiredService<ChangePolicy>().SetRegion(region, new Owner(Guid.CreateVersion7(), "Owner"), Token)));
        return new Signing(app, owner, await stock.MixedAsync());
    }

    /// <summary>The same with a patient who was treated today.</summary>
    public static async Task<(Signing Clinic, ReadyPatient Ready)> TreatedAsync(FacialisApp app)
    {
        var clinic = await OpenAsync(app);
        var ready = await clinic.PatientAsync("P-1");
        await clinic.SignAsync(ready);
        return (clinic, ready);
    }

    /// <summary>A patient whose chart lets a treatment through, with a plan of two points on the left.</summary>
    public async Task<ReadyPatient> PatientAsync(string code, Answer pregnant = Answer.No, bool asked = true, decimal lateral = 1.25m)
    {
        var patient = await Owner.AddPersonAsync(code, "Baker");
        await FillAsync(patient, pregnant, asked);
        return await PlanAsync(patient, Guid.CreateVersion7(), 0, lateral);
    }

    /// <summary>Condition, red flags, health answers of today and consent.</summary>
    public async Task FillAsync(Guid patient, Answer pregnant = Answer.No, bool asked = true)
    {
        await Stock.DoAsync(async services =>
        {
            var chart = services.GetRequiredService<Chart>();
            Assert.Null(await chart.Record(Guid.CreateVersion7(), patient, new ConditionTyped { Side = ConditionSide.PatientLeft, Form = ConditionForm.Typical }, Token));
            Assert.True(await chart.Answer(Guid.CreateVersion7(), patient, chart.Facts.Asked.ToDictionary(q => q.Id, _ => Known.No), Token));
            var text = ConsentText.Find(services.GetRequiredService<PolicyFiles>(), "en")!; // the build has it
            Assert.Null(await services.GetRequiredService<ConsentBook>().Sign(Guid.CreateVersion7(), patient, text, text.Fill(new Dictionary<string, string>()), "Ruth Baker", null, true, Token));
            return true;
        });
        if (asked)
        {
            await AskAsync(patient, pregnant);
        }
    }

    public Task AskAsync(Guid patient, Answer pregnant = Answer.No) => Stock.DoAsync(s => s.GetRequiredService<HealthIntake>().Record(
        Guid.CreateVersion7(), patient, HealthQuestionWords.Asked.ToDictionary(q => q, q => q == HealthQuestion.Pregnant ? pregnant : Answer.No), "", Token));

    /// <summary>Saves a plan of two points; gives what is needed to sign it.</summary>
    public async Task<ReadyPatient> PlanAsync(Guid patient, Guid plan, int revision, decimal lateral = 1.25m)
    {
        var points = new[]
        {
            new { id = Guid.CreateVersion7(), siteId = "OO_UP_PT_MED", side = "patientLeft", lateralIpd = 0.35m, downIpd = -0.07m, depth = "subcutaneous", units = 1.25m },
            new { id = Guid.CreateVersion7(), siteId = "OO_UP_PT_LAT", side = "patientLeft", lateralIpd = 0.66m, downIpd = -0.07m, depth = "subcutaneous", units = lateral },
        };
        var answer = await Owner.CallAsync(HttpMethod.Put, $"/api/plans/{plan}", JsonContent.Create(new
        {
            patientId = patient,
            revision,
            changeId = Guid.CreateVersion7(),
            side = "patientLeft",
            productId = "onabotulinumtoxinA",
            vialUnits = 100,
            diluentMl = 4,
            points,
        }));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return new ReadyPatient(patient, plan, revision + 1, [.. points.Select(p => p.id)]);
    }

    /// <summary>What signing sends when everything was done as planned.</summary>
    public JsonObject Body(ReadyPatient ready) => new()
    {
        ["patientId"] = ready.Patient,
        ["planId"] = ready.Plan,
        ["planRevision"] = ready.Revision,
        ["vialId"] = Vial,
    };

    public Task<HttpResponseMessage> SendAsync(Guid treatment, JsonObject body, SignedIn? person = null) =>
        (person ?? Owner).CallAsync(HttpMethod.Put, $"/api/treatments/{treatment}", JsonContent.Create(body));

    /// <summary>Signs as planned; the treatment.</summary>
    public async Task<Guid> SignAsync(ReadyPatient ready)
    {
        var treatment = Guid.CreateVersion7();
        var answer = await SendAsync(treatment, Body(ready));
        Assert.True(answer.StatusCode == HttpStatusCode.OK, await answer.TextAsync());
        return treatment;
    }

    /// <summary>Signs the owner in anew, after a time in which the sign-in ran out.</summary>
    public async Task SignInAgainAsync()
    {
        var (browser, answer) = await IdentityHouse.SignInAsync(App);
        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        Owner = new SignedIn(browser);
    }

    public Task<IReadOnlyList<CheckedTreatment>> VersionsAsync(Guid treatment) => Stock.DoAsync(s => s.GetRequiredService<ReadTreatments>().Versions(treatment, Token));

    /// <summary>The day in the clinic.</summary>
    public DateOnly Today => App.Services.GetRequiredService<ClinicTime>().DayOf(App.Clock.GetUtcNow());

    public Task<List<TRow>> RowsAsync<TRow>() where TRow : class => Stock.DoAsync(s => s.GetRequiredService<FacialisDb>().Set<TRow>().AsNoTracking().ToListAsync(Token));

    public Task<int> CountAsync<TRow>() where TRow : class => Stock.DoAsync(s => s.GetRequiredService<FacialisDb>().Set<TRow>().CountAsync(Token));

    private static CancellationToken Token => TestContext.Current.CancellationToken;
}

/// <param name="Patient">The patient.</param>
/// <param name="Plan">The open plan.</param>
/// <param name="Revision">Its revision.</param>
/// <param name="Points">Ids of its points.</param>
internal sealed record ReadyPatient(Guid Patient, Guid Plan, int Revision, IReadOnlyList<Guid> Points);

internal static class SigningPeople
{
    /// <summary>Proves by password to be the one, as the dialog before a signature does.</summary>
    public static async Task ProveAsync(this SignedIn person)
    {
        var answer = await person.CallAsync(HttpMethod.Post, "/api/identity/confirm", JsonContent.Create(new { password = IdentityHouse.Password }));
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
    }

    /// <summary>A further person who can sign.</summary>
    public static async Task<SignedIn> WithPasswordAsync(this FacialisApp app, string role)
    {
        var person = await app.PersonAsync(role);
        await IdentityHouse.SetPasswordAsync(person);
        await person.ProveAsync();
        return person;
    }

    /// <summary>Rule ids of the findings that hold a signature up.</summary>
    public static async Task<IReadOnlyList<string>> HeldByAsync(this HttpResponseMessage answer)
    {
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        return [.. problem.GetProperty("findings").EnumerateArray().Select(f => f.GetProperty("ruleId").GetString() ?? "")];
    }
}

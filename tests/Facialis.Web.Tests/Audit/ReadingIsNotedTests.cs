using System.Net;
using System.Net.Http.Json;
using Facialis.Clinic.Consents;
using Facialis.Clinic.Plans;
using Facialis.Platform.Audit;
using Facialis.Platform.Database;
using Facialis.Web.Tests.Clinic;
using Facialis.Web.Tests.Clinic.Charts;
using Facialis.Web.Tests.Platform;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Facialis.Web.Tests.Audit;

/// <summary>Every address that shows something of a chart leaves an entry, also one that a room adds tomorrow.</summary>
public sealed class ReadingIsNotedTests
{
    [Fact]
    public async Task Every_address_that_shows_something_of_a_patient_leaves_an_entry_that_names_the_patient()
    {
        await using var app = await FacialisApp.StartAsync(Database.Sqlite);
        var owner = await app.OwnerAsync();
        var clinic = await app.FirstClinicAsync();
        var patient = await owner.AddPersonAsync("P-1", "Baker");
        await ManyRows.FillAsync(app, patient, 1);
        Guid[] ids =
        [
            patient, await owner.UploadAsync(patient, RecordingBytes.OfHalfAMinute),
            await app.InClinicAsync((FacialisDb db) => db.Set<Consent>().Select(c => c.Id).FirstAsync(TestContext.Current.CancellationToken)),
            await app.InClinicAsync((FacialisDb db) => db.Set<PlanDraft>().Where(p => p.State == PlanState.Open).Select(p => p.Id).FirstAsync(TestContext.Current.CancellationToken)),
        ];
        List<string> shown = [];
        List<string> silent = [];
        foreach (var route in PermissionTests.Routes(app).Where(r => r.RoutePattern.Parameters.Count == 1 && Methods(r).Contains("GET")
            && r.Metadata.GetMetadata<IAllowAnonymous>() is null))
        {
            foreach (var id in ids)
            {
                var address = $"/{string.Join('/', route.RoutePattern.PathSegments.Select(s => string.Concat(s.Parts.Select(p => Text(p, id)))))}?from=0&to=1";
                var before = (await app.LogAsync(clinic)).Count;
                var answer = await owner.Browser.GetAsync(address, TestContext.Current.CancellationToken);
                if (answer.StatusCode == HttpStatusCode.OK)
                {
                    shown.Add(address);
                    if (!(await app.LogAsync(clinic))[before..].Any(e => e.Action is AuditAction.Read or AuditAction.Export && e.PatientId == patient))
                    {
                        silent.Add(address);
                    }
                }
            }
        }

        Assert.True(shown.Count > 20, string.Join(' ', shown));
        Assert.Empty(silent);
    }

    [Fact]
    public async Task Lists_and_searches_leave_an_entry_too()
    {
        await using var app = await FacialisApp.StartAsync(Database.Sqlite);
        var owner = await app.OwnerAsync();
        await owner.AddPersonAsync("P-1", "Baker");
        var clinic = await app.FirstClinicAsync();
        (string What, Func<Task> Look)[] looks =
        [
            ("list of patients", () => owner.PageAsync("/clinic/patients")),
            ("list of patients", () => owner.JsonAsync("/api/patients")),
            ("search for patients", () => owner.CallAsync(HttpMethod.Post, "/api/patients/search", JsonContent.Create(new { text = "baker" }))),
            ("recordings", () => owner.JsonAsync("/api/recordings")),
            ("recordings", () => owner.PageAsync("/clinic/recordings")),
        ];
        foreach (var (what, look) in looks)
        {
            var before = (await app.LogAsync(clinic)).Count;
            await look();
            Assert.Contains((await app.LogAsync(clinic))[before..], e => e.Action == AuditAction.Read && e.What == what);
        }
    }

    private static IReadOnlyList<string> Methods(RouteEndpoint route) => route.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"];

    private static string Text(Microsoft.AspNetCore.Routing.Patterns.RoutePatternPart part, Guid id) =>
        part is Microsoft.AspNetCore.Routing.Patterns.RoutePatternLiteralPart literal ? literal.Content : part.IsParameter ? id.ToString() : ".";
}

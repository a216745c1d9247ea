using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Facialis.Clinic.Patients;
using Facialis.Clinic.Recalls;
using Facialis.Clinic.Vials;
using Facialis.Platform.Audit;
using Facialis.Web.Tests.Audit;
using Facialis.Web.Tests.Clinic.Charts;
using Facialis.Web.Tests.Clinic.Injections;
using Microsoft.Extensions.DependencyInjection;

namespace Facialis.Web.Tests.Clinic.Recalls;

/// <summary>A lot is called back: everything that came out of it, in one step.</summary>
public sealed class RecallTests
{
    private const string Lot = "C7654C3";
    private const string Address = "/clinic/recall/lot?product=onabotulinumtoxinA&lot=" + Lot;

    public static readonly TheoryData<Database> Databases = [Database.Sqlite, Database.Postgres];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task A_lot_gives_vials_draws_treatments_points_patients_and_outcomes(Database database)
    {
        await using var app = await FacialisApp.StartAsync(database);
        var clinic = await Signing.OpenAsync(app);
        var (one, other, elsewhere) = (await clinic.PatientAsync("P-1"), await clinic.PatientAsync("P-2"), await clinic.PatientAsync("P-3"));
        var first = await clinic.SignAsync(one);
        await clinic.SignAsync(other);
        var foreign = await clinic.Stock.DoAsync(async s =>
        {
            var id = Guid.CreateVersion7();
            Assert.Null(await s.GetRequiredService<ReceiveVial>().Handle(id, new NewVial("onabotulinumtoxinA", new Toxin.Units(100), "c 7654-C3", new DateOnly(2027, 5, 31)), "Nurse", Token));
            Assert.Null(await s.GetRequiredService<HandleVial>().Mix(id, new Toxin.Millilitres(4), null, "Nurse", Token));
            return id;
        });
        var body = clinic.Body(elsewhere);
        body["vialId"] = foreign;
        Assert.Equal(HttpStatusCode.OK, (await clinic.SendAsync(Guid.CreateVersion7(), body)).StatusCode);
        // The second point was 1 U, not 1.25 U.
        Assert.Equal(HttpStatusCode.OK, (await AmendAsync(clinic, first, one, 1m)).StatusCode);

        var recall = await RecallAsync(clinic);

        Assert.Equal(clinic.Vial, Assert.Single(recall.Vials).Id);
        Assert.Equal(["P-1", "P-2"], recall.Patients.Select(p => p.Line.Code));
        Assert.Equal([225L, 250L], recall.Patients.Select(p => p.Treatments.Sum(t => t.Hundredths)));
        Assert.Equal("Baker", recall.Patients[0].Line.Person.FamilyName);
        var treatment = Assert.Single(recall.Patients[0].Treatments);
        Assert.Equal((first, 2), (treatment.TreatmentId, treatment.Version));
        Assert.Equal([("OO_UP_PT_MED", 125L, false), ("OO_UP_PT_LAT", 100L, true)],
            treatment.Points.OrderBy(p => p.WasAmended).Select(p => (p.SiteId!, p.Hundredths, p.WasAmended)));
        Assert.Equal(recall.Vials[0].DrawnHundredths, recall.GivenHundredths);

        var page = WebUtility.HtmlDecode(await clinic.Owner.PageAsync(Address));
        Assert.Contains("2.25 U (onabotulinumtoxinA)", page, StringComparison.Ordinal);
        Assert.Contains("Other vials are written down as lot", page, StringComparison.Ordinal);
        Assert.DoesNotContain("P-3", page, StringComparison.Ordinal);
        Assert.Contains(await app.LogAsync(await app.FirstClinicAsync()), e => e is { Action: AuditAction.Read, What: "lot recall", Detail: "2 patients" });
        Assert.Equal(HttpStatusCode.NotFound, (await clinic.Owner.Browser.GetAsync("/clinic/recall/lot?product=onabotulinumtoxinA&lot=NONE", Token)).StatusCode);
        var found = await clinic.Owner.Browser.GetAsync("/clinic/recall?lot=c7654c3", Token);
        Assert.Equal(HttpStatusCode.OK, found.StatusCode); // two spellings: the person chooses
    }

    [Fact]
    public async Task The_table_and_the_letters_name_everybody_who_can_be_reached_and_nobody_erased()
    {
        await using var app = await FacialisApp.StartAsync(Database.Sqlite);
        var clinic = await Signing.OpenAsync(app);
        var (kept, erased) = (await clinic.PatientAsync("P-1"), await clinic.PatientAsync("P-2"));
        await clinic.SignAsync(kept);
        await clinic.SignAsync(erased);
        await clinic.Stock.DoAsync(s => s.GetRequiredService<ErasePatient>().Handle(erased.Patient, "P-2", Token));

        var csv = await clinic.Owner.Browser.GetStringAsync("/api/recall/lot.csv?product=onabotulinumtoxinA&lot=" + Lot, Token);

        var lines = csv.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(string.Join(',', RecallCsv.Columns), lines[0]);
        Assert.Equal(5, lines.Length); // two points of two treatments
        Assert.All(lines[1..], l => Assert.Contains(",1.25,U (onabotulinumtoxinA),", l, StringComparison.Ordinal));
        Assert.Equal(2, lines.Count(l => l.Contains("Baker", StringComparison.Ordinal)));
        Assert.Equal(2, lines.Count(l => l.Contains("ERASED-", StringComparison.Ordinal)));
        var page = await clinic.Owner.PageAsync(Address);
        Assert.Contains("Erased patient", page, StringComparison.Ordinal);
        var recall = await RecallAsync(clinic);
        Assert.Equal([true, false], recall.Patients.Select(p => p.IsErased)); // by code, and the erased one's begins with E

        var pdf = await clinic.Owner.Browser.GetByteArrayAsync("/api/recall/letters.pdf?product=onabotulinumtoxinA&lot=" + Lot, Token);
        await KeptPdf.KeepAsync(pdf);
        var letters = await PdfText.ReadAsync(pdf);
        Assert.Equal(1, letters.Pages); // one for whom can be written to
        Assert.Contains("Baker", letters.Text, StringComparison.Ordinal);
        Assert.Contains($"Lot {Lot}", letters.Text, StringComparison.Ordinal);
        Assert.Contains("2.5 U (onabotulinumtoxinA), on the left side of your face", letters.Text, StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.Forbidden, (await (await app.PersonAsync("assistant")).Browser.GetAsync("/api/recall/lot.csv?product=x&lot=y", Token)).StatusCode);
    }

    [Fact]
    public async Task A_lot_is_taken_out_of_use_once_somebody_says_that_the_vials_are_set_apart()
    {
        await using var app = await FacialisApp.StartAsync(Database.Sqlite);
        var clinic = await Signing.OpenAsync(app);
        await clinic.Stock.SealedAsync();

        Assert.Equal(HttpStatusCode.OK, (await clinic.Owner.Browser.SendFormAsync(Address, "take-out", [])).StatusCode);
        Assert.Equal(2, (await RecallAsync(clinic)).OpenVials.Count());

        Assert.Equal(HttpStatusCode.Found, (await clinic.Owner.Browser.SendFormAsync(Address, "take-out", new() { ["Sure"] = "true" })).StatusCode);
        var recall = await RecallAsync(clinic);
        Assert.Empty(recall.OpenVials);
        Assert.All(recall.Vials, v => Assert.Equal(v.NominalHundredths, v.DiscardedHundredths));
        Assert.Contains("Nobody was given this lot", await clinic.Owner.PageAsync(Address), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task A_recall_asks_as_often_for_many_patients_as_for_few(Database database)
    {
        await using var app = await FacialisApp.StartAsync(database, new Dictionary<string, string>
        {
            ["Logging:LogLevel:Microsoft.EntityFrameworkCore.Database.Command"] = "Information",
        });
        var clinic = await Signing.OpenAsync(app);
        await clinic.SignAsync(await clinic.PatientAsync("P-1"));
        await clinic.Owner.PageAsync(Address);
        var few = await CountAsync(app, () => clinic.Owner.PageAsync(Address));
        for (var n = 2; n < 8; n++)
        {
            await clinic.SignAsync(await clinic.PatientAsync($"P-{n}"));
        }

        Assert.Equal(few, await CountAsync(app, () => clinic.Owner.PageAsync(Address)));
        Assert.InRange(few, 5, 30);
    }

    private static Task<LotRecall> RecallAsync(Signing clinic) =>
        clinic.Stock.DoAsync(async s => (await s.GetRequiredService<RecallLot>().Handle("onabotulinumtoxinA", Lot, Token))!); // asked for

    private static Task<HttpResponseMessage> AmendAsync(Signing clinic, Guid treatment, ReadyPatient ready, decimal lateral)
    {
        var points = new JsonArray(Point(ready.Points[0], "OO_UP_PT_MED", 1.25m), Point(ready.Points[1], "OO_UP_PT_LAT", lateral));
        var body = new JsonObject { ["version"] = 1, ["reason"] = "Typed wrong.", ["vialId"] = clinic.Vial, ["points"] = points };
        return clinic.Owner.CallAsync(HttpMethod.Put, $"/api/treatments/{treatment}/versions/{Guid.CreateVersion7()}", JsonContent.Create(body));

        static JsonObject Point(Guid id, string site, decimal units) => new() { ["id"] = id, ["siteId"] = site, ["side"] = "patientLeft", ["units"] = units };
    }

    private static async Task<int> CountAsync(FacialisApp app, Func<Task> work)
    {
        int Commands() => app.Log.Lines.Count(l => l.Contains("Executed DbCommand", StringComparison.Ordinal));
        var before = Commands();
        await work();
        return Commands() - before;
    }
}

using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CsvHelper;
using Facialis.Anatomy;
using Facialis.Clinic.Injections;
using Facialis.Clinic.Records;
using Facialis.Platform.Audit;
using Facialis.Platform.Identity;
using Facialis.Web.Tests.Audit;
using Facialis.Web.Tests.Clinic.Charts;
using Facialis.Web.Tests.Clinic.Vials;
using Facialis.Web.Tests.Identity;

namespace Facialis.Web.Tests.Clinic.Injections;

/// <summary>What leaves the clinic: a patient's whole record, and the table of all treatments.</summary>
public sealed class RecordTests
{
    public static readonly TheoryData<Database> Databases = [Database.Sqlite, Database.Postgres];

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task The_whole_record_holds_every_kind_and_every_version_and_its_hashes_can_be_made_again(Database database)
    {
        await using var app = await FacialisApp.StartAsync(database);
        var (owner, patient, first, second) = await ChartAsync(app);

        var answer = await owner.Browser.GetAsync($"/api/patients/{patient}/record.json", Token);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var record = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Token)).RootElement;

        Assert.Equal("Baker", record.GetProperty("patient").GetProperty("familyName").GetString());
        string[] kinds =
        [
            "conditions", "checklists", "acknowledgements", "healthAnswers", "scales", "consents", "recordings", "plans", "treatments", "vialMovements", "pastTreatments",
        ];
        Assert.All(kinds, kind => Assert.True(record.GetProperty(kind).GetArrayLength() > 0, kind));
        Assert.Equal("Left", record.GetProperty("conditions")[0].GetProperty("side").GetString());
        Assert.Equal("MRI clear", record.GetProperty("acknowledgements")[0].GetProperty("reason").GetString());
        Assert.Equal("elsewhere", record.GetProperty("pastTreatments")[0].GetProperty("remarks").GetString());
        Assert.True(record.GetProperty("consents")[0].GetProperty("holds").GetBoolean());
        Assert.Contains("botulinum", record.GetProperty("consents")[0].GetProperty("text").GetString(), StringComparison.OrdinalIgnoreCase);
        var treatments = record.GetProperty("treatments").EnumerateArray().ToList();
        Assert.Equal([1, 2], treatments.Select(t => t.GetProperty("version").GetInt32()));
        foreach (var (kept, signed) in treatments.Zip([first, second]))
        {
            var canonical = kept.GetProperty("canonical").GetString()!; // it opens
            Assert.Equal(signed.Canonical(), canonical);
            Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonical))), kept.GetProperty("sha256").GetString());
            Assert.True(kept.GetProperty("holds").GetBoolean());
            Assert.Equal(signed.Points.Select(p => (p.Units, p.Side.Word())), kept.GetProperty("points").EnumerateArray()
                .Select(p => (p.GetProperty("dose").GetProperty("units").GetDecimal(), p.GetProperty("side").GetString()!))); // every point has one
        }

        Assert.Equal(second.AmendReason, treatments[1].GetProperty("amendReason").GetString());
        Assert.All(Doses(record), dose => Assert.Equal("U (onabotulinumtoxinA)", dose.GetProperty("unit").GetString()));
        Assert.True(Doses(record).Count() > 20);
        Assert.Equal(AuditAction.Export, (await app.LogAsync(await app.FirstClinicAsync()))[^1].Action);
    }

    [Fact]
    public async Task The_printed_record_has_the_chart_and_a_page_for_each_version()
    {
        await using var app = await FacialisApp.StartAsync(Database.Sqlite);
        var (owner, patient, first, second) = await ChartAsync(app);

        var answer = await owner.Browser.GetAsync($"/api/patients/{patient}/record.pdf", Token);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var bytes = await answer.Content.ReadAsByteArrayAsync(Token);
        await KeptPdf.KeepAsync(bytes);
        var pdf = await PdfText.ReadAsync(bytes);

        string[] texts =
        [
            "Baker, Ruth", "Hemifacial spasm", "Red flags acknowledged", "MRI clear", "Improvement in percent", "20 events in 1.8 min", "holds", "Second signers", "Vial movements",
            Convert.ToHexStringLower(TreatmentRecord.HashOf(first.Canonical())), Convert.ToHexStringLower(TreatmentRecord.HashOf(second.Canonical())), second.AmendReason,
        ];
        Assert.All(texts, text => Assert.Contains(text, pdf.Text, StringComparison.Ordinal));
        Assert.Equal(2, pdf.Words.Count(w => w.Text == "Meaning"));
        Assert.All(pdf.Words, w => Assert.True(w.BottomMm < 293 && w.RightMm < 199, $"{w.Text} is cut."));
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task The_table_has_the_newest_versions_with_the_product_beside_every_unit_and_no_name(Database database)
    {
        await using var app = await FacialisApp.StartAsync(database, new Dictionary<string, string> { ["Facialis:TimeZone"] = "Europe/Berlin" });
        var (owner, _, first, second) = await ChartAsync(app);

        var text = await owner.PageAsync("/api/treatments.csv?from=2026-11-22&to=2026-11-22");
        var rows = Rows(text);

        Assert.Equal(second.Points.Count, rows.Count);
        foreach (var (row, point) in rows.Zip(second.Points))
        {
            Assert.Equal((first.Treatment.ToString(), "2", "P-1"), (row["treatment_id"], row["version"], row["chart_code"]));
            Assert.Equal(("2026-11-22", "2026-11-22T13:00:00+01:00"), (row["day"], row["given_at"]));
            Assert.Equal((point.Side.Word(), point.Site, point.Depth.ToString()), (row["patient_side"], row["site_id"], row["depth"]));
            Assert.Equal(
                (point.Units, point.VolumeMl, point.LateralIpd, point.DownIpd),
                (Number(row["dose_units"]), Number(row["volume_ml"]), Number(row["lateral_ipd"]), Number(row["down_ipd"])));
            Assert.Equal((Given.Lot, Convert.ToHexStringLower(TreatmentRecord.HashOf(second.Canonical())), "yes"), (row["lot"], row["sha256"], row["holds"]));
            Assert.Equal("'=Signer", row["signer"]); // no formula of whoever chose that name
        }

        foreach (var units in TreatmentsCsv.Columns.Where(c => c.EndsWith("_units", StringComparison.Ordinal)))
        {
            Assert.All(rows, row => Assert.Equal("U (onabotulinumtoxinA)", row[units[..^1]]));
        }

        Assert.DoesNotContain("Baker", text, StringComparison.Ordinal);
        Assert.Empty(Rows(await owner.PageAsync("/api/treatments.csv?from=2026-11-23")));
        Assert.Empty(Rows(await owner.PageAsync("/api/treatments.csv?to=2026-11-21")));
        Assert.Equal(HttpStatusCode.BadRequest, (await owner.Browser.GetAsync("/api/treatments.csv?from=22.11.2026", Token)).StatusCode);
        Assert.Empty(Rows(await (await app.OtherClinicAsync()).PageAsync("/api/treatments.csv")));
    }

    [Fact]
    public async Task Only_who_may_export_and_proved_it_lately_gets_anything()
    {
        await using var app = await FacialisApp.StartAsync(Database.Sqlite);
        var (owner, patient, _, _) = await ChartAsync(app);
        string[] addresses = [$"/api/patients/{patient}/record.json", $"/api/patients/{patient}/record.pdf", "/api/treatments.csv"];
        var (assistant, stranger) = (await app.PersonAsync(Role.Assistant), await app.OtherClinicAsync());

        foreach (var address in addresses)
        {
            Assert.Equal(HttpStatusCode.Forbidden, (await assistant.Browser.GetAsync(address, Token)).StatusCode);
            Assert.Equal(address.EndsWith("csv", StringComparison.Ordinal) ? HttpStatusCode.OK : HttpStatusCode.NotFound, (await stranger.Browser.GetAsync(address, Token)).StatusCode);
        }

        Assert.DoesNotContain("record.json", await assistant.PageAsync($"/clinic/patients/{patient}"), StringComparison.Ordinal);
        Assert.Contains("record.json", await owner.PageAsync($"/clinic/patients/{patient}"), StringComparison.Ordinal);
        Assert.Contains("/api/treatments.csv", await owner.PageAsync("/clinic/exports"), StringComparison.Ordinal);
        await owner.SetPasswordAsync(); // with nothing to prove it by, nobody is asked
        await owner.ProveAsync();
        for (var minute = 0; minute < 6; minute++)
        {
            app.Clock.Advance(TimeSpan.FromMinutes(1));
            await owner.PageAsync("/clinic/patients"); // at work, so that the screen does not lock
        }

        foreach (var address in addresses)
        {
            Assert.Equal(HttpStatusCode.Unauthorized, (await owner.Browser.GetAsync(address, Token)).StatusCode);
        }
    }

    private static async Task<(SignedIn Owner, Guid Patient, TreatmentRecord First, TreatmentRecord Second)> ChartAsync(FacialisApp app)
    {
        var owner = await app.OwnerAsync();
        var patient = await owner.AddPersonAsync("P-1", "Baker");
        await ManyRows.FillAsync(app, patient, 1, treatments: false);
        var vial = await new Stock(app).MixedAsync();
        var first = await Given.AddAsync(app, patient, "P-1", Given.Points(6), vial: vial);
        var second = await Given.AddAsync(app, patient, "P-1", Given.Points(5), r => r with
        {
            Treatment = first.Treatment,
            Version = 2,
            AmendReason = "The sixth point was not given.",
            Signer = r.Signer with { Name = "=Signer" },
        }, vial);
        return (owner, patient, first, second);
    }

    /// <summary>Everything anywhere in the record that is a dose.</summary>
    private static IEnumerable<JsonElement> Doses(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object when element.TryGetProperty("unit", out _) => [element],
        JsonValueKind.Object => element.EnumerateObject().SelectMany(p => Doses(p.Value)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Doses),
        _ => [],
    };

    private static List<Dictionary<string, string>> Rows(string text)
    {
        using var csv = new CsvReader(new StringReader(text), CultureInfo.InvariantCulture);
        csv.Read();
        csv.ReadHeader();
        List<Dictionary<string, string>> rows = [];
        while (csv.Read())
        {
            rows.Add(TreatmentsCsv.Columns.ToDictionary(c => c, c => csv.GetField(c) ?? ""));
        }

        return rows;
    }

    private static decimal Number(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);

    private static CancellationToken Token => TestContext.Current.CancellationToken;
}

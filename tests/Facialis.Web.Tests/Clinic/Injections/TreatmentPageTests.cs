using System.Globalization;
using System.Net;
using Facialis.Anatomy;
using Facialis.Clinic.Injections;
using Facialis.Clinic.Injections.Documents;
using Facialis.Clinic.Printing;
using Facialis.Platform.Audit;
using Facialis.Platform.Identity;
using Facialis.Web.Tests.Audit;
using Facialis.Web.Tests.Clinic.Charts;
using QRCoder;

namespace Facialis.Web.Tests.Clinic.Injections;

/// <summary>The A4 page of a treatment, read back from the PDF by a program that knows nothing of how it was made.</summary>
public sealed class TreatmentPageTests
{
    // Written down here a second time on purpose: where the standard face lies on the page. Its frame is that of the map on the screen.
    private const double MapLeftMm = 12;
    private const double MapWidthMm = 78;
    private const double MmPerIpd = MapWidthMm / 3;

    [Fact]
    public async Task Every_numbered_point_is_within_a_millimetre_of_its_place_and_every_row_side_and_signature_is_there()
    {
        await using var app = await FacialisApp.StartAsync(Database.Sqlite);
        var (owner, record) = await SignedAsync(app, 20);
        var pdf = await PdfAsync(owner, $"/api/treatments/{record.Treatment}/page.pdf");

        var page = await PdfText.ReadAsync(pdf);

        Assert.Equal(1, page.Pages);
        var top = MapTopMm(page);
        foreach (var point in record.Points)
        {
            // The patient's right is on the viewer's left.
            var x = MapLeftMm + (MapWidthMm / 2) + ((point.Side == Side.PatientRight ? -1 : 1) * (double)point.LateralIpd * MmPerIpd);
            var y = top + (((double)point.DownIpd + 1.3) * MmPerIpd);
            var number = point.Number.ToString(CultureInfo.InvariantCulture);
            Assert.Contains(page.Words, w => w.Text == number && Math.Abs(w.MiddleXMm - x) < 1 && Math.Abs(w.MiddleYMm - y) < 1);
            var row = string.Create(
                CultureInfo.InvariantCulture,
                $"{point.Number} {point.SiteName} {(point.Side == Side.PatientRight ? "Right" : "Left")} {point.Units} {point.VolumeMl} as planned");
            Assert.Contains(row, page.Text, StringComparison.Ordinal);
        }

        var hash = Convert.ToHexStringLower(TreatmentRecord.HashOf(record.Canonical()));
        string[] texts =
        [
            $"{record.TotalUnits.ToString(CultureInfo.InvariantCulture)} U {record.ProductName}", $"Lot {Given.Lot}", "31 May 2027", "U onabotulinumtoxinA",
            "100 U onabotulinumtoxinA in 4 mL: 2.5 U per 0.1 mL", $"{Given.Signer}, Injector", SignTreatment.Meaning, hash, "1 of 1", "Baker, Ruth", "2 Apr 1961", "P-1",
        ];
        Assert.All(texts, text => Assert.Contains(text, page.Text, StringComparison.Ordinal));
        var (right, left) = (Edge(page, "Right"), Edge(page, "Left"));
        Assert.True(right.MiddleXMm < MapLeftMm + 15 && left.MiddleXMm > MapLeftMm + MapWidthMm - 15, "The words of the sides stand on both edges of the map.");
    }

    [Fact]
    public async Task The_code_on_the_page_holds_the_address_of_the_version_with_its_hash_and_no_patient_data()
    {
        await using var app = await FacialisApp.StartAsync(Database.Sqlite);
        var (owner, record) = await SignedAsync(app, 8);
        var pdf = await PdfAsync(owner, $"/api/treatments/{record.Treatment}/page.pdf");
        var expected = $"http://localhost/clinic/treatments/{record.Treatment}?version=1#sha256={Convert.ToHexStringLower(TreatmentRecord.HashOf(record.Canonical()))}";

        var under = (await PdfText.ReadAsync(pdf)).Words.Single(w => w.Text == "server,"); // of the line below the code
        var painted = await PdfText.PaintAsync(pdf, 300);

        using var code = QRCodeGenerator.GenerateQrCode(expected, QRCodeGenerator.ECCLevel.M);
        const double SideMm = 29;
        var (step, differences) = (SideMm / code.ModuleMatrix.Count, 0);
        var (left, top) = (Sheet.WidthMm - Sheet.MarginMm - SideMm - (4 * 25.4 / 72), under.TopMm - SideMm + (1 * 25.4 / 72));
        for (var row = 0; row < code.ModuleMatrix.Count; row++)
        {
            for (var column = 0; column < code.ModuleMatrix.Count; column++)
            {
                differences += painted.IsDark(left + ((column + 0.5) * step), top + ((row + 0.5) * step)) == code.ModuleMatrix[row][column] ? 0 : 1;
            }
        }

        Assert.Equal(0, differences);
    }

    [Fact]
    public async Task More_points_than_one_page_holds_go_on_on_a_second_page_with_whose_it_is()
    {
        await using var app = await FacialisApp.StartAsync(Database.Sqlite);
        var (owner, record) = await SignedAsync(app, 25, r => r with { Remarks = string.Join(' ', Enumerable.Repeat("Calm throughout, no bleeding.", 30)) });

        var pages = await PdfText.ReadAsync(await PdfAsync(owner, $"/api/treatments/{record.Treatment}/page.pdf"));

        Assert.Equal(2, pages.Pages);
        var second = string.Join(' ', pages.Words.Where(w => w.Page == 2).Select(w => w.Text));
        Assert.Contains("Baker, Ruth · born 2 Apr 1961 · chart P-1", second, StringComparison.Ordinal);
        Assert.All(pages.Words, w => Assert.True(w.BottomMm < 290 && w.RightMm < 199, $"{w.Text} is cut."));
        Assert.All(record.Points, p => Assert.Contains($"{p.Number} {p.SiteName}", pages.Text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Each_version_has_its_page_and_the_amended_one_says_why()
    {
        await using var app = await FacialisApp.StartAsync(Database.Sqlite);
        var (owner, record) = await SignedAsync(app, 3);
        await Given.AddAsync(app, record.Patient, "P-1", Given.Points(2), r => r with
        {
            Treatment = record.Treatment,
            Version = 2,
            AmendReason = "The third point was not given.",
            Deviation = "The patient had enough.",
            SecondSigner = new RecordSecondSigner(Guid.CreateVersion7(), "Dr. Second", r.SignedAt, "Known high need.", ["SITE-MAX"]),
        });

        var newest = (await PdfText.ReadAsync(await PdfAsync(owner, $"/api/treatments/{record.Treatment}/page.pdf"))).Text;
        var first = (await PdfText.ReadAsync(await PdfAsync(owner, $"/api/treatments/{record.Treatment}/page.pdf?version=1"))).Text;

        Assert.Contains("2 of 2 Amended because The third point was not given.", newest, StringComparison.Ordinal);
        Assert.Contains("Dr. Second", newest, StringComparison.Ordinal);
        Assert.Contains("The patient had enough.", newest, StringComparison.Ordinal);
        Assert.Contains("1 of 2: amended later; it stays valid for what it said", first, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await owner.Browser.GetAsync($"/api/treatments/{record.Treatment}/page.pdf?version=3", Token)).StatusCode);
    }

    [Fact]
    public async Task Printing_is_noted_as_an_export_and_another_clinic_finds_nothing()
    {
        await using var app = await FacialisApp.StartAsync(Database.Sqlite);
        var (owner, record) = await SignedAsync(app, 2);
        var address = $"/api/treatments/{record.Treatment}/page.pdf";
        await PdfAsync(await app.PersonAsync(Role.Reader), address);

        var entry = (await app.LogAsync(await app.FirstClinicAsync()))[^1];

        Assert.Equal((AuditAction.Export, (Guid?)record.Patient, "treatment page"), (entry.Action, entry.PatientId, entry.What));
        Assert.Equal(HttpStatusCode.NotFound, (await (await app.OtherClinicAsync()).Browser.GetAsync(address, Token)).StatusCode);
        Assert.NotNull(owner);
    }

    [Theory]
    [InlineData("\"SealedRecord\" = \"Hash\"", "does not open")]
    [InlineData("\"Lot\" = 'OTHER'", "What is kept is not what was signed")]
    public async Task What_does_not_open_or_does_not_hold_is_not_printed(string change, string sentence)
    {
        await using var app = await FacialisApp.StartAsync(Database.Sqlite);
        var (owner, record) = await SignedAsync(app, 2);
        await app.AsDatabaseOwnerAsync("DROP TRIGGER clinic_treatment_keeps");
        await app.AsDatabaseOwnerAsync($"UPDATE clinic_treatment SET {change}");

        var answer = await owner.Browser.GetAsync($"/api/treatments/{record.Treatment}/page.pdf", Token);

        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Contains(sentence, await answer.TextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_blank_form_has_the_face_both_sides_and_lines_for_what_must_be_written()
    {
        await using var app = await FacialisApp.StartAsync(Database.Sqlite);
        var owner = await app.OwnerAsync();

        var pdf = await PdfAsync(owner, "/api/treatments/blank.pdf");
        var form = await PdfText.ReadAsync(pdf);

        Assert.Equal(1, form.Pages);
        var painted = await PdfText.PaintAsync(pdf, 300);
        foreach (var x in (double[])[-0.5, 0.5])
        {
            // The face itself lies under the places: its pupils are one IPD apart, at the height 0.
            Assert.True(painted.IsDark(MapLeftMm + (MapWidthMm / 2) + (x * MmPerIpd), MapTopMm(form) + (1.3 * MmPerIpd)));
        }

        Assert.All(
            (string[])["Patient", "Born", "Chart", "Lot", "Expiry", "Right", "Left", "Injector: name and signature"], text => Assert.Contains(text, form.Text, StringComparison.Ordinal));
        Assert.Contains("/api/treatments/blank.pdf", await owner.PageAsync("/clinic/patients"), StringComparison.Ordinal);
    }

    private static async Task<(SignedIn Owner, TreatmentRecord Record)> SignedAsync(FacialisApp app, int points, Func<TreatmentRecord, TreatmentRecord>? change = null)
    {
        var owner = await app.OwnerAsync();
        var patient = await owner.AddPersonAsync("P-1", "Baker");
        return (owner, await Given.AddAsync(app, patient, "P-1", Given.Points(points), change));
    }

    private static async Task<byte[]> PdfAsync(SignedIn person, string address)
    {
        var answer = await person.Browser.GetAsync(address, Token);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("application/pdf", answer.Content.Headers.ContentType?.MediaType);
        var bytes = await answer.Content.ReadAsByteArrayAsync(Token);
        await KeptPdf.KeepAsync(bytes);
        return bytes;
    }

    /// <summary>The map begins below its words of the sides: 4.5 points under the foot of "Right", whose type is 11 points high.</summary>
    private static double MapTopMm(PdfText page) => Edge(page, "Right").MiddleYMm + ((4.5 + (11 * 0.346)) * 25.4 / 72);

    private static PdfWord Edge(PdfText page, string side) => page.Words.First(w => w.Page == 1 && w.Text == side && w.BottomMm - w.TopMm > 4 && w.RightMm < MapLeftMm + MapWidthMm);

    private static CancellationToken Token => TestContext.Current.CancellationToken;
}

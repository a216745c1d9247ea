using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Facialis.Clinic.Products;
using Facialis.Clinic.Vials;
using Facialis.Platform.Audit;
using Facialis.Platform.Database;
using Facialis.Platform.Identity;
using Facialis.Toxin;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Facialis.Web.Tests.Clinic.Vials;

public sealed class VialTests
{
    public static readonly TheoryData<Database> Databases = [Database.Sqlite, Database.Postgres];

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task A_vial_is_received_by_scan_mixed_wasted_and_closed_out_by_forms_and_balances(Database database)
    {
        await using var app = await FacialisApp.StartAsync(database);
        var owner = await app.OwnerAsync();
        var scanned = await Text(await owner.Browser.SendFormAsync("/clinic/vials/receive", "scan", new() { ["Code"] = "010061414112345217270531" + "10C7654C3" }));
        Assert.Contains("value=\"C7654C3\"", scanned, StringComparison.Ordinal);
        Assert.Contains("value=\"2027-05-31\"", scanned, StringComparison.Ordinal);
        Assert.Contains("does not say the product", scanned, StringComparison.Ordinal);

        var received = await owner.Browser.SendFormAsync("/clinic/vials/receive", "receive", new()
        {
            ["Kind"] = "onabotulinumtoxinA 100",
            ["Lot"] = "C7654C3",
            ["Expires"] = "2027-05-31",
            ["Serial"] = "",
            ["Cost"] = "180.00",
            ["Count"] = "1",
        });
        Assert.Equal(HttpStatusCode.Found, received.StatusCode);
        var list = await owner.PageAsync("/clinic/vials");
        Assert.Contains("100 U BOTOX (onabotulinumtoxinA), lot C7654C3", list, StringComparison.Ordinal);
        var id = System.Text.RegularExpressions.Regex.Match(list, "/clinic/vials/([0-9a-f-]{36})").Groups[1].Value;
        var page = $"/clinic/vials/{id}";

        Assert.Contains("cannot be measured", await Text(await Mix(owner, page, "2.505")), StringComparison.Ordinal);
        Assert.Contains("does not go into a vial", await Text(await Mix(owner, page, "11")), StringComparison.Ordinal);
        Assert.Contains("too easily read as 40", await Text(await Mix(owner, page, "4.0")), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Found, (await Mix(owner, page, "4")).StatusCode);
        var mixed = WebUtility.HtmlDecode(await owner.PageAsync(page));
        Assert.Contains("2.5 U BOTOX (onabotulinumtoxinA) per 0.1 mL", mixed, StringComparison.Ordinal);
        Assert.Contains("23 Nov 2026, ", mixed, StringComparison.Ordinal);

        await owner.Browser.SendFormAsync(page, "waste", new() { ["Wasted"] = "2,5", ["Reason"] = "left in the syringe" });
        Assert.Contains("0 drawn + 2.5 wasted + 0 thrown away + 97.5 left = 100 U BOTOX", WebUtility.HtmlDecode(await owner.PageAsync(page)), StringComparison.Ordinal);
        await owner.Browser.SendFormAsync(page, "close", []);
        var closed = WebUtility.HtmlDecode(await owner.PageAsync(page));
        Assert.Contains("0 drawn + 2.5 wasted + 97.5 thrown away + 0 left = 100 U BOTOX", closed, StringComparison.Ordinal);
        Assert.DoesNotContain("value=\"close\"", closed, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task What_is_drawn_stays_within_one_product_its_time_and_its_lot(Database database)
    {
        await using var app = await FacialisApp.StartAsync(database);
        _ = await app.OwnerAsync();
        var stock = new Stock(app);
        var (sealedVial, vial) = (await stock.SealedAsync(), await stock.MixedAsync());

        Assert.Equal(DrawRefusal.NotMixed, await stock.DrawAsync(sealedVial, 5));
        Assert.Equal(DrawRefusal.AnotherProduct, await stock.DrawAsync(vial, Stock.Draw(5, product: ToxinCatalogue.Current.Product("abobotulinumtoxinA"))));
        Assert.Equal(DrawRefusal.TooLittleLeft, await stock.DrawAsync(vial, 100.01m));
        Assert.Null(await stock.DrawAsync(vial, 100));
        Assert.Equal(DrawRefusal.TooLittleLeft, await stock.DrawAsync(vial, 0.01m));

        var late = await stock.MixedAsync();
        app.GoOn(TimeSpan.FromHours(24));
        Assert.Null(await stock.DrawAsync(late, 1));
        app.Clock.Advance(TimeSpan.FromTicks(10));
        Assert.Equal(DrawRefusal.BeyondUse, await stock.DrawAsync(late, 1));
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task A_draw_that_is_not_committed_takes_nothing_and_one_that_is_leaves_its_trace(Database database)
    {
        await using var app = await FacialisApp.StartAsync(database);
        _ = await app.OwnerAsync();
        var stock = new Stock(app);
        var vial = await stock.MixedAsync();
        var patient = Guid.CreateVersion7();
        var draw = Stock.Draw(7.5m, patient);
        Assert.Null(await stock.DrawAsync(vial, draw, commit: false));
        Assert.Equal(0, (await stock.FindAsync(vial)).DrawnHundredths);
        Assert.Empty(await stock.MovementsAsync(vial));

        await stock.DrawAsync(vial, draw);
        var held = await stock.FindAsync(vial);
        var facts = await stock.DoAsync(s => s.GetRequiredService<ReadVials>().Facts(held, patient, TestContext.Current.CancellationToken));
        var others = await stock.DoAsync(s => s.GetRequiredService<ReadVials>().Facts(held, Guid.CreateVersion7(), TestContext.Current.CancellationToken));
        var movement = Assert.Single(await stock.MovementsAsync(vial));

        Assert.Equal((draw.TreatmentId, patient, draw.Points[0].PointId, 750L), (movement.TreatmentId, movement.PatientId, movement.PointId, movement.Hundredths));
        Assert.Equal(new Dose(Stock.Ona, 92.5m), facts.Left);
        Assert.False(facts.ServedAnotherPatient);
        Assert.True(others.ServedAnotherPatient);
        Assert.True(await stock.DoAsync(s => s.GetRequiredService<FacialisDb>().Set<AuditEntry>().AnyAsync(e => e.What == "vial draw" && e.SubjectId == vial, TestContext.Current.CancellationToken)));
    }

    [Fact]
    public async Task A_draw_outside_a_transaction_is_a_fault_of_the_program()
    {
        await using var app = await FacialisApp.StartAsync(Database.Sqlite);
        _ = await app.OwnerAsync();
        var stock = new Stock(app);
        var vial = await stock.FindAsync(await stock.MixedAsync());
        await Assert.ThrowsAsync<InvalidOperationException>(() => stock.DoAsync(async services =>
        {
            var batch = new WriteBatch(services.GetRequiredService<FacialisDb>());
            var book = await services.GetRequiredService<ClinicRules>().BookAsync(TestContext.Current.CancellationToken);
            Assert.Null(services.GetRequiredService<DrawFromVial>().Add(batch, vial, Stock.Draw(1), book));
            return await batch.RunAsync(TestContext.Current.CancellationToken);
        }));
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task What_expires_first_is_to_be_used_first(Database database)
    {
        await using var app = await FacialisApp.StartAsync(database);
        _ = await app.OwnerAsync();
        var stock = new Stock(app);
        var later = await stock.SealedAsync(expires: new DateOnly(2028, 1, 31));
        var sooner = await stock.SealedAsync(expires: new DateOnly(2027, 1, 31));
        var expired = await stock.SealedAsync(expires: new DateOnly(2026, 11, 21));
        Assert.Equal(sooner, (await SuggestAsync())?.Id);
        var open = await stock.MixedAsync(expires: new DateOnly(2028, 6, 30));
        Assert.Equal(open, (await SuggestAsync())?.Id);
        var order = await stock.DoAsync(s => s.GetRequiredService<ReadVials>().Stock(null, TestContext.Current.CancellationToken));

        Assert.Equal([open, sooner, later, expired], order.Select(o => o.Vial.Id));
        Assert.Equal([VialState.Open, VialState.Sealed, VialState.Sealed, VialState.ToThrowAway], order.Select(o => o.State));
        app.GoOn(TimeSpan.FromHours(25));
        Assert.Equal(sooner, (await SuggestAsync())?.Id);

        Task<Vial?> SuggestAsync() => stock.DoAsync(s => s.GetRequiredService<ReadVials>().Suggest(Stock.Ona.Id, TestContext.Current.CancellationToken));
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task The_API_receives_mixes_and_closes_and_the_same_request_again_is_the_same_vial(Database database)
    {
        await using var app = await FacialisApp.StartAsync(database);
        var owner = await app.OwnerAsync();
        var address = $"/api/vials/{Guid.CreateVersion7()}";
        var body = new { productId = "abobotulinumtoxinA", units = 500, lot = "D1", lotExpires = "2027-05-31" };
        Assert.Equal(HttpStatusCode.OK, (await owner.CallAsync(HttpMethod.Put, address, JsonContent.Create(body))).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await owner.CallAsync(HttpMethod.Put, address, JsonContent.Create(body))).StatusCode);
        var mixed = await JsonAsync(await owner.CallAsync(HttpMethod.Post, address + "/mix", JsonContent.Create(new { diluentMl = 2.5m })));
        Assert.Equal(20, mixed.GetProperty("unitsPerTenthMl").GetDecimal());
        Assert.Equal("in use", mixed.GetProperty("state").GetString());
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await owner.CallAsync(HttpMethod.Post, address + "/mix", JsonContent.Create(new { diluentMl = 5m }))).StatusCode);
        var waste = new { id = Guid.CreateVersion7(), units = 12.5m, reason = "spilled" };
        await owner.CallAsync(HttpMethod.Post, address + "/waste", JsonContent.Create(waste));
        await owner.CallAsync(HttpMethod.Post, address + "/waste", JsonContent.Create(waste));
        await owner.CallAsync(HttpMethod.Post, address + "/close");
        var shown = await JsonAsync(await owner.CallAsync(HttpMethod.Get, address));

        Assert.Equal((12.5m, 487.5m, 0m), (Number("wasted"), Number("discarded"), Number("left")));
        Assert.Equal(2, shown.GetProperty("movements").GetArrayLength());
        Assert.Equal(0, (await JsonAsync(await owner.CallAsync(HttpMethod.Get, "/api/vials"))).GetArrayLength());
        Assert.Equal(HttpStatusCode.NotFound, (await (await app.OtherClinicAsync()).CallAsync(HttpMethod.Get, address)).StatusCode);

        decimal Number(string name) => shown.GetProperty("vial").GetProperty(name).GetDecimal();
    }

    [Theory]
    [InlineData("onabotulinumtoxinA", 75, "L", "2027-05-31", "comes in vials of 50, 100, 200 U")]
    [InlineData("onabotulinumtoxinA", 0, "L", "2027-05-31", "how many units")]
    [InlineData("botox", 100, "L", "2027-05-31", "Choose the product")]
    [InlineData("onabotulinumtoxinA", 100, " ", "2027-05-31", "The lot has")]
    [InlineData("onabotulinumtoxinA", 100, "L", null, "until when")]
    public async Task What_is_no_vial_is_refused_with_a_sentence(string product, decimal units, string lot, string? expires, string sentence)
    {
        await using var app = await FacialisApp.StartAsync(Database.Sqlite);
        var answer = await (await app.OwnerAsync()).CallAsync(
            HttpMethod.Put, $"/api/vials/{Guid.CreateVersion7()}", JsonContent.Create(new { productId = product, units, lot, lotExpires = expires }));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains(sentence, await Text(answer), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reader_sees_stock_and_moves_none()
    {
        await using var app = await FacialisApp.StartAsync(Database.Sqlite);
        _ = await app.OwnerAsync();
        var vial = await new Stock(app).MixedAsync();
        var reader = await app.PersonAsync(Role.Reader);

        Assert.DoesNotContain("value=\"close\"", await reader.PageAsync($"/clinic/vials/{vial}"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await reader.CallAsync(HttpMethod.Post, $"/api/vials/{vial}/close")).StatusCode);
        Assert.Null((await new Stock(app).FindAsync(vial)).ClosedAt);
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task The_database_itself_refuses_to_hold_an_overdrawn_vial(Database database)
    {
        await using var app = await FacialisApp.StartAsync(database);
        _ = await app.OwnerAsync();
        var stock = new Stock(app);
        var vial = await stock.MixedAsync();

        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => stock.DoAsync(s => s.GetRequiredService<FacialisDb>().Set<Vial>()
            .Where(v => v.Id == vial).ExecuteUpdateAsync(set => set.SetProperty(v => v.DrawnHundredths, v => v.NominalHundredths + 1), TestContext.Current.CancellationToken)));
    }

    private static Task<HttpResponseMessage> Mix(SignedIn person, string page, string ml) =>
        person.Browser.SendFormAsync(page, "mix", new() { ["Diluent"] = ml, ["DiluentLot"] = "S-1", ["Checked"] = "true" });

    private static Task<string> Text(HttpResponseMessage answer) => answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

    private static async Task<JsonElement> JsonAsync(HttpResponseMessage answer) =>
        JsonDocument.Parse(await Text(answer)).RootElement;
}

using Facialis.Clinic.Products;
using Facialis.Platform.Database;
using Facialis.Platform.Identity;
using Facialis.Toxin;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Facialis.Clinic.Vials;

/// <summary>Stock under /api. Units (U) are those of the product beside them.</summary>
internal static class VialEndpoints
{
    private const string Vial = "/{id:guid}";

    public static void Map(RouteGroupBuilder api)
    {
        var reading = api.MapGroup("/vials").WithTags("Vials").RequireAuthorization(Permission.ReadCharts);
        reading.MapGet("", List).WithName("ListVials")
            .WithSummary("Lists the vials in stock in the order in which they should be used")
            .WithDescription("product: only vials of this product. Mixed vials come first by their last moment of use, then sealed ones by the expiry of their lot.");
        reading.MapGet(Vial, Get).WithName("GetVial").WithSummary("Shows a vial with what went where")
            .WithDescription("drawn, wasted, discarded and left come to what the vial held.");
        var keeping = api.MapGroup("/vials").WithTags("Vials").RequireAuthorization(Permission.ManageStock);
        keeping.MapPut(Vial, Receive).WithName("ReceiveVial").WithSummary("Takes a vial into stock")
            .WithDescription("The id is a UUIDv7 made by the caller; the same request again is the same vial. 422: the detail says what does not fit.")
            .WithRequestExample("""{ "productId": "onabotulinumtoxinA", "units": 100, "lot": "C7654C3", "lotExpires": "2027-05-31", "gtin": "00614141123452" }""");
        keeping.MapPost($"{Vial}/mix", Mix).WithName("MixVial").WithSummary("Notes that a vial was mixed")
            .WithDescription("Refuses volumes that do not go into a vial or that no syringe measures. The last moment of use follows from the product's rule.")
            .WithRequestExample("""{ "diluentMl": 4, "diluentLot": "S-1" }""");
        keeping.MapPost($"{Vial}/waste", Waste).WithName("NoteVialWaste").WithSummary("Notes units that went into nobody")
            .WithDescription("The id is a UUIDv7 made by the caller; the same waste again is no second waste.")
            .WithRequestExample("""{ "id": "01a03053-09f8-7934-bea9-b09b46e29ebc", "units": 2.5, "reason": "left in the syringe" }""");
        keeping.MapPost($"{Vial}/close", Close).WithName("CloseVial").WithSummary("Closes a vial out; what is left is thrown away");
        keeping.MapPost("/scan", Scan).WithName("ReadVialCode").WithSummary("Reads the GS1 DataMatrix text of a box")
            .WithDescription("Elements 01, 10, 17 and 21, with or without brackets. A day of 00 is the last of the month.")
            .WithRequestExample("""{ "text": "(01)00614141123452(17)270531(10)ABC123" }""");
    }

    private static async Task<Ok<VialResource[]>> List(string? product, ReadVials read, CancellationToken cancellation) =>
        TypedResults.Ok((await read.Stock(product, cancellation)).Select(Resource).ToArray());

    private static async Task<Results<Ok<VialDetail>, NotFound>> Get(Guid id, ReadVials read, CancellationToken cancellation) =>
        await read.Find(id, cancellation) is { } stock
            ? TypedResults.Ok(new VialDetail(Resource(stock), [.. (await read.Movements(id, cancellation)).Select(m => new MovementResource(
                m.Id, VialWords.Of(m.Kind), stock.Vial.InProduct(m.Hundredths).Units.Number, m.At, m.ByName, m.TreatmentId, m.PointId, m.Reason))]))
            : TypedResults.NotFound();

    private static async Task<Results<Ok<VialResource>, ProblemHttpResult>> Receive(
        Guid id, ArrivedVial body, ReceiveVial receive, ReadVials read, FacialisDb db, HttpContext request, CancellationToken cancellation)
    {
        if (!IsUnits(body.Units))
        {
            return Refused("Units are 0 to 100000, with at most two decimals.");
        }

        var vial = new NewVial(body.ProductId, new Units(body.Units), body.Lot, body.LotExpires, body.Serial, body.Gtin, body.Cost);
        return await receive.Handle(id, vial, await StockKeeper.NameAsync(db, request), cancellation) is { } why
            ? Refused(why)
            : TypedResults.Ok(Resource((await read.Find(id, cancellation))!)); // just received
    }

    private static async Task<Results<Ok<VialResource>, NotFound, ProblemHttpResult>> Mix(
        Guid id, MixedVial body, HandleVial handle, ReadVials read, FacialisDb db, HttpContext request, CancellationToken cancellation) =>
        body.DiluentMl is < 0 or > Millilitres.Most || decimal.Round(body.DiluentMl, Millilitres.TypedDecimals) != body.DiluentMl
            ? Refused("The diluent is 0 to 100 mL, with at most three decimals.")
            : await Done(id, read, await handle.Mix(id, new Millilitres(body.DiluentMl), body.DiluentLot, await StockKeeper.NameAsync(db, request), cancellation), cancellation);

    private static async Task<Results<Ok<VialResource>, NotFound, ProblemHttpResult>> Waste(
        Guid id, WastedUnits body, HandleVial handle, ReadVials read, FacialisDb db, HttpContext request, CancellationToken cancellation) =>
        body.Id.Version != 7 || !IsUnits(body.Units)
            ? Refused("The id is a UUID of version 7; units are 0 to 100000, with at most two decimals.")
            : await Done(id, read, await handle.Waste(id, body.Id, new Units(body.Units), body.Reason, await StockKeeper.NameAsync(db, request), cancellation), cancellation);

    private static async Task<Results<Ok<VialResource>, NotFound, ProblemHttpResult>> Close(
        Guid id, HandleVial handle, ReadVials read, FacialisDb db, HttpContext request, CancellationToken cancellation) =>
        await Done(id, read, await handle.Close(id, await StockKeeper.NameAsync(db, request), cancellation), cancellation);

    private static async Task<Results<Ok<ScannedVial>, ProblemHttpResult>> Scan(
        ScannedText body, ReadVials read, ClinicRules rules, TimeProvider clock, CancellationToken cancellation)
    {
        var today = (await rules.BookAsync(cancellation)).DayOf(clock.GetUtcNow());
        if (!Gs1Text.TryRead(body.Text, today, out var code, out var refusal))
        {
            return Refused(refusal);
        }

        var known = code.Gtin is null ? null : await read.LastWith(code.Gtin, cancellation);
        return TypedResults.Ok(new ScannedVial(code.Gtin, code.Lot, code.Expires, code.Serial, known?.ProductId, known?.Nominal.Units.Number));
    }

    private static async Task<Results<Ok<VialResource>, NotFound, ProblemHttpResult>> Done(Guid id, ReadVials read, string? why, CancellationToken cancellation) =>
        await read.Find(id, cancellation) is not { } stock ? TypedResults.NotFound() : why is null ? TypedResults.Ok(Resource(stock)) : Refused(why);

    private static bool IsUnits(decimal units) => units is >= 0 and <= Units.Most && decimal.Round(units, Units.Decimals) == units;

    private static ProblemHttpResult Refused(string why) => TypedResults.Problem(why, statusCode: StatusCodes.Status422UnprocessableEntity);

    private static VialResource Resource(StockVial stock)
    {
        var vial = stock.Vial;
        return new VialResource(
            vial.Id, vial.ProductId, vial.Product.Name, VialWords.Of(stock.State), vial.Nominal.Units.Number, vial.Left.Units.Number, vial.Drawn.Units.Number,
            vial.Wasted.Units.Number, vial.Discarded.Units.Number, vial.Lot, vial.LotExpires, vial.Serial, vial.Gtin, vial.DiluentMl,
            vial.Strength?.UnitsPerTenthMillilitre, vial.MixedAt, vial.UsableUntil, vial.ClosedAt);
    }
}

/// <param name="ProductId">Product.</param>
/// <param name="Units">Units in the vial, of that product.</param>
/// <param name="Lot">Lot.</param>
/// <param name="LotExpires">Last day of use.</param>
/// <param name="Serial">Serial number.</param>
/// <param name="Gtin">Trade item number, 14 digits.</param>
/// <param name="Cost">Cost in the clinic's currency.</param>
internal sealed record ArrivedVial(string? ProductId, decimal Units, string? Lot, DateOnly? LotExpires, string? Serial = null, string? Gtin = null, decimal? Cost = null);

/// <param name="DiluentMl">mL added.</param>
/// <param name="DiluentLot">Lot of the diluent.</param>
internal sealed record MixedVial(decimal DiluentMl, string? DiluentLot = null);

/// <param name="Id">UUIDv7.</param>
/// <param name="Units">Units of the vial's product.</param>
/// <param name="Reason">How, without the name of a patient.</param>
internal sealed record WastedUnits(Guid Id, decimal Units, string? Reason);

/// <param name="Text">What the scanner typed.</param>
internal sealed record ScannedText(string? Text);

/// <param name="Gtin">Trade item number.</param>
/// <param name="Lot">Lot.</param>
/// <param name="Expires">Last day of use.</param>
/// <param name="Serial">Serial number.</param>
/// <param name="ProductId">Product of the last vial with this trade item number, if there was one.</param>
/// <param name="Units">Its units.</param>
internal sealed record ScannedVial(string? Gtin, string? Lot, DateOnly? Expires, string? Serial, string? ProductId, decimal? Units);

/// <param name="Id">UUIDv7.</param>
/// <param name="ProductId">Product.</param>
/// <param name="Product">Its names, as they stand beside every dose.</param>
/// <param name="State">in use, sealed, empty, throw away, closed out.</param>
/// <param name="Units">Units it held, of its product.</param>
/// <param name="Left">Units left.</param>
/// <param name="Drawn">Units drawn.</param>
/// <param name="Wasted">Units wasted.</param>
/// <param name="Discarded">Units thrown away at the end.</param>
/// <param name="Lot">Lot.</param>
/// <param name="LotExpires">Last day of use of the lot.</param>
/// <param name="Serial">Serial number.</param>
/// <param name="Gtin">Trade item number.</param>
/// <param name="DiluentMl">mL added.</param>
/// <param name="UnitsPerTenthMl">Units in 0.1 mL.</param>
/// <param name="MixedAt">When it was mixed.</param>
/// <param name="UsableUntil">Last moment of use after mixing.</param>
/// <param name="ClosedAt">When it was closed out.</param>
internal sealed record VialResource(
    Guid Id, string ProductId, string Product, string State, decimal Units, decimal Left, decimal Drawn, decimal Wasted, decimal Discarded, string Lot,
    DateOnly LotExpires, string? Serial, string? Gtin, decimal? DiluentMl, decimal? UnitsPerTenthMl, DateTimeOffset? MixedAt, DateTimeOffset? UsableUntil,
    DateTimeOffset? ClosedAt);

/// <param name="Vial">The vial.</param>
/// <param name="Movements">What went where, in order.</param>
internal sealed record VialDetail(VialResource Vial, MovementResource[] Movements);

/// <param name="Id">UUIDv7.</param>
/// <param name="Kind">drawn, wasted, thrown away.</param>
/// <param name="Units">Units of the vial's product.</param>
/// <param name="At">When.</param>
/// <param name="By">Who.</param>
/// <param name="TreatmentId">Treatment that a draw is for.</param>
/// <param name="PointId">Point that a draw is for.</param>
/// <param name="Reason">Why it was wasted.</param>
internal sealed record MovementResource(Guid Id, string Kind, decimal Units, DateTimeOffset At, string By, Guid? TreatmentId, Guid? PointId, string? Reason);

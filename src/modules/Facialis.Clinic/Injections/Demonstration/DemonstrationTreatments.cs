using Facialis.Clinic.Charts;
using Facialis.Clinic.Consents;
using Facialis.Clinic.Plans;
using Facialis.Clinic.Practice;
using Facialis.Clinic.Products;
using Facialis.Clinic.Vials;
using Facialis.Platform.Clinics;
using Facialis.Platform.Database;
using Facialis.Platform.Secrets;
using Facialis.Toxin;
using Microsoft.Extensions.DependencyInjection;

namespace Facialis.Clinic.Injections.Demonstration;

/// <summary>Signed treatments of patients who do not exist, each from a vial long closed, and vials to go on with.</summary>
internal static class DemonstrationTreatments
{
    private const string Nobody = "Dr. Invented";
    private const string Product = "onabotulinumtoxinA";
    private const long VialHundredths = 100_00;

    /// <summary>What vials cost, and treatments bring in, by turns; every so often nobody wrote it down.</summary>
    private static readonly decimal?[] Costs = [182.40m, 182.40m, 179.95m, 186.10m, null];
    private static readonly decimal?[] Fees = [390m, 390m, 420m, 390m, 345.50m, null];

    /// <summary>Every fourth vial loses a little on the way.</summary>
    private const int WasteEvery = 4;

    /// <summary>One vial in use and two sealed ones, so that a newcomer can sign on the first day.</summary>
    public static void AddStock(FacialisDb db, DateTimeOffset now)
    {
        db.Add(Make(now, "DEMO-A1", now.AddMonths(9), mixedAt: now.AddMinutes(-20), now.AddMinutes(-20).AddHours(24)));
        db.Add(Make(now, "DEMO-A2", now.AddMonths(11)));
        db.Add(Make(now, "DEMO-B1", now.AddMonths(20)));
    }

    /// <returns>The treatment's id.</returns>
    public static async Task<Guid> AddAsync(IServiceProvider services, PlanDraft plan, string chart, DateTimeOffset given, string lot, CancellationToken cancellation)
    {
        var db = services.GetRequiredService<FacialisDb>();
        var book = await services.GetRequiredService<ClinicRules>().BookAsync(cancellation);
        var condition = await services.GetRequiredService<Chart>().ConditionOf(plan.PatientId, cancellation);
        var cipher = await services.GetRequiredService<DataKeys>().FindOrCreateAsync(plan.PatientId, cancellation);
        var at = ConsentRecord.ToMillisecond(given);
        var turn = (int)(at.ToUnixTimeSeconds() / 60 % 60); // the same treatment, the same turn
        var vial = Make(at, lot, at.AddMonths(5), at.AddMinutes(-30), at.AddHours(23), Costs[turn % Costs.Length]);
        var (product, strength) = (vial.Product, vial.Strength!); // it is mixed
        List<RecordPoint> points = [.. SignTreatment.Points(plan.Points.Select(p => (p, p.Units)), book, product, strength)];
        vial.DrawnHundredths = points.Sum(p => Vial.Hundredths(new Units(p.Units)));
        vial.WastedHundredths = turn % WasteEvery == 0 ? 50 * (1 + (turn % 7)) : 0;
        vial.DiscardedHundredths = VialHundredths - vial.DrawnHundredths - vial.WastedHundredths;
        (vial.ClosedAt, vial.ClosedByName) = (at.AddHours(5), Nobody);
        db.Add(vial);
        var record = new TreatmentRecord
        {
            Clinic = services.GetRequiredService<CurrentClinic>().Id,
            Treatment = Guid.CreateVersion7(at),
            Version = 1,
            Patient = plan.PatientId,
            Chart = chart,
            Meaning = "Made by a generator for the demonstration; nobody was injected.",
            GivenAt = at,
            SignedAt = at,
            Signer = new RecordSigner(null, Nobody, "Generator", "nothing: a demonstration", at),
            Condition = new RecordCondition(
                (condition?.Kind ?? ConditionKind.HemifacialSpasm).Words(), (condition?.Side ?? ConditionSide.Unknown).Words(), $"{condition?.CodeSystem} {condition?.Code}"),
            Side = plan.Side,
            Product = product.Id,
            ProductName = product.Name,
            TotalUnits = TreatmentRecord.Plain(points.Sum(p => p.Units)),
            Vial = SignTreatment.VialOf(vial, strength),
            Points = points,
            NotGiven = [],
            Deviation = "",
            Remarks = "",
            Findings = [],
            RulesVersion = book.Catalogue.Version,
            AtlasVersion = book.Atlas.Version,
            LabelRegion = book.Region.ToString(),
            Plan = plan.Id,
            PlanRevision = plan.Revision,
            AmendReason = "",
        };
        db.Add(SignTreatment.Row(record.Treatment, record, cipher, isDemonstration: true));
        foreach (var point in points)
        {
            db.Add(new VialMovement
            {
                Id = Guid.CreateVersion7(at),
                VialId = vial.Id,
                Kind = VialMovementKind.Drawn,
                Hundredths = Vial.Hundredths(new Units(point.Units)),
                At = at,
                ByName = Nobody,
                TreatmentId = record.Treatment,
                PatientId = plan.PatientId,
                PointId = point.Id,
            });
        }

        if (vial.WastedHundredths > 0)
        {
            db.Add(new VialMovement
            {
                Id = Guid.CreateVersion7(at),
                VialId = vial.Id,
                Kind = VialMovementKind.Wasted,
                Hundredths = vial.WastedHundredths,
                At = at,
                ByName = Nobody,
                Reason = "Left in the syringe",
            });
        }

        if (Fees[turn % Fees.Length] is { } fee)
        {
            db.Add(new TreatmentFee
            {
                Id = Guid.CreateVersion7(at),
                TreatmentId = record.Treatment,
                PatientId = plan.PatientId,
                Amount = fee,
                NotedAt = at,
                NotedByName = Nobody,
            });
        }

        db.Add(new VialMovement
        {
            Id = Guid.CreateVersion7(at),
            VialId = vial.Id,
            Kind = VialMovementKind.Discarded,
            Hundredths = vial.DiscardedHundredths,
            At = at.AddHours(5),
            ByName = Nobody,
            Reason = "Closed out",
        });
        return record.Treatment;
    }

    private static Vial Make(DateTimeOffset received, string lot, DateTimeOffset expires, DateTimeOffset? mixedAt = null, DateTimeOffset? until = null, decimal? cost = 182.40m) => new()
    {
        Id = Guid.CreateVersion7(received),
        ProductId = Product,
        NominalHundredths = VialHundredths,
        Lot = lot,
        LotExpires = DateOnly.FromDateTime(expires.UtcDateTime),
        Cost = cost,
        ReceivedAt = received.AddDays(-7),
        ReceivedByName = Nobody,
        DiluentMl = mixedAt is null ? null : 4,
        MixedAt = mixedAt is { } at ? ConsentRecord.ToMillisecond(at) : null,
        MixedByName = mixedAt is null ? null : Nobody,
        UsableUntil = until is { } last ? ConsentRecord.ToMillisecond(last) : null,
        IsDemonstration = true,
    };
}

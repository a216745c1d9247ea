using Facialis.Anatomy;
using Facialis.Anatomy.Sites;
using Facialis.Clinic.Injections;
using Facialis.Clinic.Plans;
using Facialis.Clinic.Vials;
using Facialis.Platform.Clinics;
using Facialis.Platform.Database;
using Facialis.Platform.Secrets;
using Facialis.Toxin;
using Facialis.Web.Tests.Clinic.Charts;
using Microsoft.Extensions.DependencyInjection;

namespace Facialis.Web.Tests.Clinic.Injections;

/// <summary>Puts a signed version of a treatment into the first owner's clinic, without the way over plan and review.</summary>
internal static class Given
{
    public const string Lot = "C7654C3";
    public const string Signer = "Dr. Łucja Ångström";

    /// <summary>Points at the usual places of the first sites, on alternate sides unless told.</summary>
    public static IReadOnlyList<PlanPoint> Points(int count, Side? side = null) =>
    [
        .. FaceAtlas.Current.Sites.SelectMany(site => (Side[])[Side.PatientLeft, Side.PatientRight], (site, on) => (site, on)).Where((_, i) => i % 2 == i / 2 % 2).Take(count)
            .Select((at, i) => new PlanPoint(
                Guid.CreateVersion7(), at.site.Id, side ?? at.on, at.site.UsualPoint.LateralIpd, at.site.UsualPoint.DownIpd, at.site.Depth, 1.25m + (0.25m * (i % 6)))),
    ];

    public static Task<TreatmentRecord> AddAsync(
        FacialisApp app, Guid patient, string chart, IReadOnlyList<PlanPoint> points, Func<TreatmentRecord, TreatmentRecord>? change = null, Guid? vial = null) =>
        app.InClinicAsync(async (IServiceProvider services) =>
        {
            var db = services.GetRequiredService<FacialisDb>();
            var (product, now) = (ToxinCatalogue.Current.Product("onabotulinumtoxinA"), app.Clock.GetUtcNow());
            var strength = new Concentration(new Dose(product, 100), new Millilitres(4));
            var rows = points.Select((p, i) => new RecordPoint(
                i + 1, p.Id, p.SiteId, FaceAtlas.Current.Site(p.SiteId).Name, p.Side, TreatmentRecord.Plain(p.LateralIpd), TreatmentRecord.Plain(p.DownIpd), p.Depth,
                TreatmentRecord.Plain(p.Units), TreatmentRecord.Plain(p.Units), TreatmentRecord.Plain(strength.VolumeOf(new Dose(product, p.Units)).Number))).ToList();
            var id = Guid.CreateVersion7();
            var record = new TreatmentRecord
            {
                Clinic = services.GetRequiredService<CurrentClinic>().Id,
                Treatment = id,
                Version = 1,
                Patient = patient,
                Chart = chart,
                Meaning = SignTreatment.Meaning,
                GivenAt = now,
                SignedAt = now,
                Signer = new RecordSigner(Guid.CreateVersion7(), Signer, "Injector", "passkey", now),
                Condition = new RecordCondition("Hemifacial spasm", "Left", "ICD-10 G51.32"),
                Side = Side.PatientLeft,
                Product = product.Id,
                ProductName = product.Name,
                TotalUnits = TreatmentRecord.Plain(points.Sum(p => p.Units)),
                Vial = new RecordVial(vial, Lot, new DateOnly(2027, 5, 31), 100, 4, now, now.AddHours(24)),
                Points = rows,
                NotGiven = [],
                Deviation = "",
                Remarks = "",
                Findings = [],
                RulesVersion = ToxinCatalogue.Current.Version,
                AtlasVersion = FaceAtlas.Current.Version,
                LabelRegion = "Us",
                PlanRevision = 1,
                AmendReason = "",
            };
            record = change?.Invoke(record) ?? record;
            var cipher = await services.GetRequiredService<DataKeys>().FindOrCreateAsync(patient, TestContext.Current.CancellationToken);
            db.Add(SignTreatment.Row(record.Version == 1 ? record.Treatment : Guid.CreateVersion7(), record, cipher, isDemonstration: false));
            foreach (var (from, point) in record.Points.Where(_ => record.Version == 1).SelectMany(p => vial is { } id ? ((Guid, RecordPoint)[])[(id, p)] : []))
            {
                db.Add(new VialMovement
                {
                    Id = Guid.CreateVersion7(),
                    VialId = from,
                    Kind = VialMovementKind.Drawn,
                    Hundredths = Vial.Hundredths(new Units(point.Units)),
                    At = now,
                    ByName = Signer,
                    TreatmentId = record.Treatment,
                    PatientId = patient,
                    PointId = point.Id,
                });
            }

            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
            return record;
        });
}

using Facialis.Anatomy;
using Facialis.Anatomy.Sites;
using Facialis.Clinic.Injections.Demonstration;
using Facialis.Clinic.Patients;
using Facialis.Platform.Database;
using Facialis.Toxin;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Facialis.Clinic.Plans.Demonstration;

/// <summary>What was planned and given to one patient who does not exist, and a draft for another, so that both can be seen on the first day.</summary>
internal static class DemonstrationPlans
{
    private const string Product = "onabotulinumtoxinA";

    /// <summary>Between the recordings "before" and "three weeks after" of the demonstration, and more than three months ago whatever their lengths.</summary>
    private const int GivenDaysAgo = 94;

    public static async Task SeedAsync(IServiceProvider services, CancellationToken cancellation)
    {
        var db = services.GetRequiredService<FacialisDb>();
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        var patients = await db.Set<Patient>().AsNoTracking().Where(p => p.IsDemonstration).ToDictionaryAsync(p => p.Code, p => p.Id, cancellation);
        if (patients.TryGetValue("DEMO-01", out var treated))
        {
            var given = now.AddDays(-GivenDaysAgo);
            var plan = Make(treated, given, PlanState.Closed, Side.PatientLeft,
                ("OO_UP_PT_MED", 1.25m), ("OO_UP_PT_LAT", 2.5m), ("OO_LO_PT_LAT", 2.5m), ("OO_ORB_LATCANTH", 2.5m), ("OO_ORB_INFLAT", 1.25m), ("ZMAJ_UP", 1.25m));
            db.Add(plan);
            await DemonstrationTreatments.AddAsync(services, plan, "DEMO-01", given, "DEMO-00", cancellation);
        }

        if (patients.TryGetValue("DEMO-02", out var drafted))
        {
            db.Add(Make(drafted, now.AddDays(-1), PlanState.Open, Side.PatientLeft, ("OO_UP_PT_MED", 1.25m), ("OO_UP_PT_LAT", 1.25m), ("OO_LO_PT_LAT", 1.25m), ("OO_ORB_LATCANTH", 2.5m)));
        }

        await db.SaveChangesAsync(cancellation);
    }

    public static PlanDraft Make(Guid patient, DateTimeOffset at, PlanState state, Side side, params (string Site, decimal Units)[] points) => new()
    {
        Id = Guid.CreateVersion7(at),
        PatientId = patient,
        CreatedAt = at,
        ChangedAt = at,
        ClosedAt = state == PlanState.Closed ? at : null,
        State = state,
        Revision = 1,
        LastChangeId = Guid.CreateVersion7(at),
        AtlasVersion = FaceAtlas.Current.Version,
        RulesVersion = ToxinCatalogue.Current.Version,
        Side = side,
        ProductId = Product,
        VialUnits = 100,
        DiluentMl = 4,
        IsDemonstration = true,
        Points =
        [
            .. points.Select(point =>
            {
                var site = FaceAtlas.Current.Site(point.Site);
                return new PlanPoint(
                    Guid.CreateVersion7(at), site.Id, side, site.UsualPoint.LateralIpd, site.UsualPoint.DownIpd, site.Depth, point.Units);
            }),
        ],
    };
}

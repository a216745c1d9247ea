using Facialis.Anatomy;
using Facialis.Anatomy.Sites;
using Facialis.Clinic.Charts;
using Facialis.Clinic.Consents;
using Facialis.Clinic.Injections;
using Facialis.Clinic.Intake;
using Facialis.Clinic.Measurements;
using Facialis.Clinic.Patients;
using Facialis.Clinic.Plans;
using Facialis.Clinic.Scales;
using Facialis.Platform.Database;
using Facialis.Spasm.Report;
using Facialis.Toxin;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Facialis.Web.Tests.Clinic.Charts;

/// <summary>Fills a chart with as many rows of every kind as are wanted, without the detour over pages.</summary>
internal static class ManyRows
{
    private static readonly string[] SiteIds = [.. FaceAtlas.Current.Sites.Select(s => s.Id)];

    /// <summary>
    /// Adds so many visits today, conditions, checklists, acknowledgements, past treatments, intakes, consents, scores, recordings, given
    /// plans, treatments of them unless none is wanted, and an open plan of as many points.
    /// </summary>
    public static Task FillAsync(FacialisApp app, Guid patient, int rows, bool treatments = true) => app.InClinicAsync(async (IServiceProvider services) =>
    {
        var db = services.GetRequiredService<FacialisDb>();
        var now = app.Clock.GetUtcNow();
        var token = TestContext.Current.CancellationToken;
        for (var n = 0; n < rows; n++)
        {
            await ChartAsync(services, patient, now, token);
            db.Add(new Visit { Id = Guid.CreateVersion7(), PatientId = patient, At = now.AddMinutes(n), Purpose = VisitPurpose.Treatment });
            db.Add(ScaleScores.Row(Guid.CreateVersion7(), patient, ScaleBook.PercentImprovement, new Dictionary<string, int> { ["percent"] = 50 }, now.AddDays(-n)));
            db.Add(Measured(patient, now.AddDays(-n)));
            var given = Plan(patient, PlanState.Closed, now.AddDays(-90 * (n + 1)), 6);
            db.Add(given);
            if (treatments)
            {
                db.Add(Signed(given));
            }

            await db.SaveChangesAsync(token);
        }

        await db.Set<PlanDraft>().Where(p => p.PatientId == patient && p.State == PlanState.Open).ExecuteDeleteAsync(token);
        db.Add(Plan(patient, PlanState.Open, now, rows));
        return await db.SaveChangesAsync(token);
    });

    /// <summary>Through the handlers that people use, since these rows hold sealed text.</summary>
    private static async Task ChartAsync(IServiceProvider services, Guid patient, DateTimeOffset now, CancellationToken token)
    {
        var chart = services.GetRequiredService<Chart>();
        var typed = new ConditionTyped { Kind = ConditionKind.HemifacialSpasm, Side = ConditionSide.PatientLeft, Form = ConditionForm.Typical, OnsetYear = 2015 };
        Assert.Null(await chart.Record(Guid.CreateVersion7(), patient, typed, token));
        Assert.True(await chart.Answer(Guid.CreateVersion7(), patient, chart.Facts.Asked.ToDictionary(q => q.Id, q => q.Id == "facial-pain" ? Known.Yes : Known.No), token));
        var acknowledged = await chart.Acknowledge(Guid.CreateVersion7(), patient, ["facial-pain"], "Dr. Lee", "MRI clear", token);
        Assert.True(acknowledged is null or "Choose at least one flag that is open."); // the first one holds for the later checklists
        var past = new PastTyped { Day = DateOnly.FromDateTime(now.AddDays(-120).UtcDateTime), BestPercent = 50, WeeksOfEffect = 10, Remarks = "elsewhere" };
        Assert.Null(await chart.RecordEarlier(Guid.CreateVersion7(), patient, past, null, token));
        var answers = HealthQuestionWords.Asked.ToDictionary(q => q, _ => Answer.No);
        Assert.True(await services.GetRequiredService<HealthIntake>().Record(Guid.CreateVersion7(), patient, answers, "none", token));
        var text = ConsentText.Find(services.GetRequiredService<PolicyFiles>(), "en")!; // the build has it
        Assert.Null(await services.GetRequiredService<ConsentBook>().Sign(
            Guid.CreateVersion7(), patient, text, text.Fill(new Dictionary<string, string>()), "Ruth Baker", "0,0 10,10 20,20", typedAndAgreed: false, token));
    }

    private static Recording Measured(Guid patient, DateTimeOffset at) => new()
    {
        Id = Guid.CreateVersion7(),
        PatientId = patient,
        CreatedAt = at,
        StartedAt = at,
        State = RecordingState.Complete,
        Digest = new RecordingDigest
        {
            Verdict = Verdict.Measured,
            Quality = QualityGrade.Good,
            Affected = AffectedSide.Left,
            SideConfirmed = true,
            DurationSeconds = 120,
            UsableSeconds = 110,
            RightEvents = 0,
            LeftEvents = 20,
        },
    };

    /// <summary>What was done of a plan. Nobody opens what was signed here, so nothing is.</summary>
    private static Treatment Signed(PlanDraft plan)
    {
        var id = Guid.CreateVersion7();
        return new Treatment
        {
            Id = id,
            TreatmentId = id,
            Version = 1,
            PatientId = plan.PatientId,
            PlanId = plan.Id,
            GivenAt = plan.ChangedAt,
            SignedAt = plan.ChangedAt,
            SignedBy = null,
            SignedByName = "Dr. Lee",
            Side = plan.Side,
            ProductId = "onabotulinumtoxinA",
            VialId = null,
            Lot = "C1",
            TotalHundredths = 125 * plan.Points.Count,
            Hash = new byte[32],
            SealedRecord = [],
            Points = [.. plan.Points.Select(p => new GivenPoint(p.Id, p.SiteId, p.Side, p.LateralIpd, p.DownIpd, p.Depth, p.Units, p.Units))],
        };
    }

    private static PlanDraft Plan(Guid patient, PlanState state, DateTimeOffset at, int points) => new()
    {
        Id = Guid.CreateVersion7(),
        PatientId = patient,
        CreatedAt = at,
        ChangedAt = at,
        ClosedAt = state == PlanState.Closed ? at : null,
        State = state,
        Revision = 1,
        LastChangeId = Guid.CreateVersion7(),
        AtlasVersion = FaceAtlas.Current.Version,
        RulesVersion = ToxinCatalogue.Current.Version,
        Side = Side.PatientLeft,
        ProductId = "onabotulinumtoxinA",
        VialUnits = 100,
        DiluentMl = 4,
        Points = [.. SiteIds.Take(points).Select(FaceAtlas.Current.Site).Select(site => new PlanPoint(
            Guid.CreateVersion7(), site.Id, Side.PatientLeft, site.UsualPoint.LateralIpd, site.UsualPoint.DownIpd, site.Depth, 1.25m))],
    };
}

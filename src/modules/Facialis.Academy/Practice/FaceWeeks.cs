using Facialis.Anatomy;
using Facialis.VirtualPatient.Courses;
using Facialis.VirtualPatient.SideEffects;

namespace Facialis.Academy.Practice;

/// <summary>How the face looks in one week, for drawing.</summary>
/// <param name="Week">Week of the case.</param>
/// <param name="Severity">Visible spasm over that before treatment, 0 to 1.</param>
/// <param name="Ptosis">How far the upper lid hangs, mm.</param>
/// <param name="MouthDroop">How far the corner of the mouth hangs, mm.</param>
/// <param name="BrowAsymmetry">How far the brow hangs, mm.</param>
/// <param name="Strength">Voluntary strength of brow, eye, cheek, mouth and chin, 0 to 1.</param>
/// <param name="Bruises">Where it is bruised.</param>
internal sealed record FaceWeek(
    int Week, double Severity, double Ptosis, double MouthDroop, double BrowAsymmetry, IReadOnlyDictionary<string, double> Strength, IReadOnlyList<FaceBruise> Bruises);

/// <param name="Side">"right" or "left", the patient's own.</param>
/// <param name="LateralIpd">From the midline, IPD.</param>
/// <param name="DownIpd">Below the pupils, IPD.</param>
/// <param name="Days">Days since the needle.</param>
internal sealed record FaceBruise(string Side, decimal LateralIpd, decimal DownIpd, int Days);

/// <summary>The weeks of a case as pictures.</summary>
internal static class FaceWeeks
{
    // How far things hang at full weakness, mm: teaching values, so that they are seen.
    private const double LidHangsMm = 2.5;
    private const double CornerHangsMm = 5;
    private const double BrowHangsMm = 4;

    /// <summary>Regions of the drawn face and the muscles that move them.</summary>
    private static readonly (string Region, string Muscle)[] Regions =
        [("brow", "frontalis"), ("eye", "pretarsal_up"), ("cheek", "zygomaticus"), ("mouth", "oris"), ("chin", "mentalis")];

    /// <summary>A picture for each week from the last treatment on.</summary>
    public static IReadOnlyList<FaceWeek> Of(PracticeSession session)
    {
        var first = session.Work.Given.Count == 0 ? 0 : session.Work.Given[^1].Week;
        return [.. Enumerable.Range(0, PracticeSession.WeeksWatched + 1).Select(week => At(session, first, week))];
    }

    private static FaceWeek At(PracticeSession session, int first, int week)
    {
        var day = session.Course.At(7 * (first + week));
        var own = day.Own.ToDictionary(m => m.MuscleId);
        var side = session.Person.Side;
        return new FaceWeek(
            week,
            day.Severity,
            Has(SideEffectKind.Ptosis) ? LidHangsMm : 0,
            Has(SideEffectKind.LowerFaceWeakness) ? CornerHangsMm * (1 - own["zygomaticus"].VoluntaryStrength) : 0,
            Has(SideEffectKind.BrowAsymmetry) ? BrowHangsMm * (1 - own["frontalis"].VoluntaryStrength) : 0,
            Regions.ToDictionary(r => r.Region, r => own[r.Muscle].VoluntaryStrength),
            Bruises(session, day, first));

        bool Has(SideEffectKind kind) => day.SideEffects.Any(e => e.Kind == kind && e.Side == side);
    }

    private static FaceBruise[] Bruises(PracticeSession session, CourseDay day, int first)
    {
        if (session.Work.Given.Count == 0 || day.SideEffects.FirstOrDefault(e => e.Kind == SideEffectKind.Bruise) is not { } bruise)
        {
            return [];
        }

        // The model says that there is one, not where; the first point on that side stands for it.
        var point = session.Work.Given[^1].Plan.Points.FirstOrDefault(p => p.Side == bruise.Side);
        return point is null ? [] : [new FaceBruise(bruise.Side == Side.PatientRight ? "right" : "left", point.LateralIpd, point.DownIpd, (int)day.Day - (7 * first))];
    }
}

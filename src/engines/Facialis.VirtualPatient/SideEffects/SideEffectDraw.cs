using Facialis.Anatomy;
using Facialis.VirtualPatient.Chance;
using Facialis.VirtualPatient.Courses;
using Facialis.VirtualPatient.TimeCourse;

namespace Facialis.VirtualPatient.SideEffects;

/// <summary>Draws which side effects a treatment has, and when they come and go.</summary>
/// <remarks>Each begins within two weeks and lasts while what causes it stays above half of its own peak.</remarks>
internal static class SideEffectDraw
{
    /// <summary>Day after the treatment on which forces are looked at.</summary>
    public const int JudgedDay = 14;

    private const int LongestDays = 250;

    public static IEnumerable<SideEffect> Of(VirtualCourse course, int cycle)
    {
        var treatment = course.Treatments[cycle];
        var chances = new SideEffectChances(course.Parameters);
        List<SideEffect> found = [];
        var force = new double[course.Parameters.Geometry.Muscles.Count];
        var probabilities = new double[SideEffectChances.Kinds];
        foreach (var role in (int[])[0, 1])
        {
            var side = role == 0 ? course.Person.Side : course.Person.Side.Opposite();
            var draws = Draws.Of(course.Person.Seed, ChancePurpose.SideEffects, (ulong)((2 * cycle) + role));
            var points = treatment.Deposits.Count(d => d.Side == side);
            course.ResidualForce(side, treatment.Day + JudgedDay, force);
            chances.Fill(course.Half(cycle, side).Behind, course.Kinetics.D50, force, points, course.Person.Frailty.SideEffects, probabilities);
            for (var kind = 0; kind < SideEffectChances.Kinds; kind++)
            {
                var (chance, when) = (draws.Uniform(), draws.Uniform());
                if (chance < probabilities[kind] && treatment.Units > 0)
                {
                    var (from, to) = Dates(course, cycle, side, (SideEffectKind)kind, chances.Groups, when);
                    found.Add(new SideEffect((SideEffectKind)kind, side, treatment.Day + from, treatment.Day + to, probabilities[kind], cycle));
                }
            }
        }

        return found;
    }

    private static (int From, int To) Dates(VirtualCourse course, int cycle, Side side, SideEffectKind kind, MuscleGroups groups, double when)
    {
        if (kind == SideEffectKind.Bruise)
        {
            return (0, 4 + (int)(when * 7));
        }

        var causes = new double[LongestDays];
        var peak = 0;
        for (var day = 1; day < LongestDays; day++)
        {
            causes[day] = Cause(course, cycle, side, kind, groups, day);
            peak = causes[day] > causes[peak] ? day : peak;
        }

        var half = causes[peak] / 2;
        var earliest = (int)course.Parameters["sideEffectFirst"];
        var latest = (int)course.Parameters["sideEffectLast"];
        var first = Math.Clamp(Array.FindIndex(causes, c => c >= half), earliest, latest);
        var from = first + (int)(when * (Math.Clamp(peak, first, latest) - first + 1));
        from = Math.Min(from, latest);
        return (from, Math.Max(from + 6, Array.FindLastIndex(causes, c => c >= half)));
    }

    private static double Cause(VirtualCourse course, int cycle, Side side, SideEffectKind kind, MuscleGroups groups, int day)
    {
        if (kind is SideEffectKind.Ptosis or SideEffectKind.Diplopia)
        {
            var behind = course.Half(cycle, side).Behind;
            var exposure = kind == SideEffectKind.Ptosis ? behind[0] : Math.Max(behind[1], behind[2]);
            return BlockCurve.BlockAt(course.Parameters.Kernel, exposure * course.Kinetics.Clock.LevelAt(day), course.Kinetics.D50);
        }

        Span<double> force = stackalloc double[course.Parameters.Geometry.Muscles.Count];
        course.ResidualForce(side, course.Treatments[cycle].Day + day, force);
        var group = kind switch
        {
            SideEffectKind.LowerFaceWeakness => groups.Mouth,
            SideEffectKind.Lagophthalmos => groups.Lids,
            _ => groups.Brow,
        };
        return 1 - group.MeanOf(force);
    }
}

using Facialis.Anatomy;
using Facialis.Anatomy.Synthesis;
using Facialis.VirtualPatient.Chance;
using Facialis.VirtualPatient.Courses;
using Facialis.VirtualPatient.Parameters;
using Facialis.VirtualPatient.SideEffects;
using Facialis.VirtualPatient.SpasmDrive;
using Facialis.VirtualPatient.TimeCourse;

namespace Facialis.VirtualPatient.Recordings;

/// <summary>What a virtual person does on purpose, weakened where toxin weakens it, and the moments when light fails.</summary>
internal static class VoluntaryScript
{
    private const double OpenLids = 0.55;

    public static FaceScript Of(VirtualCourse course, double day, RecordingWishes wishes, ref Draws camera)
    {
        var seed = unchecked((long)Draws.Of(course.Person.Seed, ChancePurpose.Voluntary, wishes.Number).Bits());
        var rest = SpasmScripts.Healthy(seed, wishes.RestSeconds, wishes.Liveliness);
        var script = wishes.ChecksSide || wishes.HasTasks ? SpasmScripts.Guided(rest, wishes.ChecksSide, wishes.HasTasks) : rest;
        List<PlantedMovement> movements = [];
        var strengths = Sides.Both.Select(side => StrengthsOf(course, side, day)).ToArray();
        foreach (var movement in script.Movements)
        {
            Weaken(movement, strengths, movements);
        }

        var perMinute = course.Parameters["dropoutsPerMinute"];
        for (var time = camera.Exponential(60 / perMinute); time < script.DurationSeconds; time += camera.Exponential(60 / perMinute))
        {
            movements.Add(new PlantedMovement { Kind = MovementKind.FaceLost, StartSeconds = time, DurationSeconds = camera.Between(0.2, 1.2) });
        }

        return script with { Movements = [.. movements.OrderBy(m => m.StartSeconds)] };
    }

    /// <summary>What hastens the spasm: blinks, words, smiles and tasks.</summary>
    public static IReadOnlyList<DriveTrigger> Triggers(FaceScript script, ModelParameters parameters)
    {
        var (blink, move) = (parameters["excitationBlink"], parameters["excitationMove"]);
        return
        [
            .. script.Movements.Select(m => new DriveTrigger(m.StartSeconds, m.Kind switch
            {
                MovementKind.Blink => m.Side == Side.PatientRight ? 0 : blink,
                MovementKind.Talk or MovementKind.Smile or MovementKind.Task => m.Side == Side.PatientRight ? 0 : move,
                _ => 0,
            })).Where(t => t.Strength > 0),
        ];
    }

    private static Strength StrengthsOf(VirtualCourse course, Side side, double day)
    {
        var (kernel, geometry) = (course.Parameters.Kernel, course.Parameters.Geometry);
        var force = new double[geometry.Muscles.Count];
        course.ResidualForce(side, day, force);
        double Of(params ReadOnlySpan<string> ids)
        {
            var sum = 0.0;
            foreach (var id in ids)
            {
                sum += VisibleSpasm.VoluntaryStrength(kernel, force[geometry.IndexOf(id)]);
            }

            return sum / ids.Length;
        }

        var open = course.SideEffects.Any(e => e.Kind == SideEffectKind.Lagophthalmos && e.Side == side && e.IsThere(day));
        // Weak lids still close in a blink: most of the muscle lies outside the field. Only where the model says so does the eye stay open.
        return new Strength(open ? OpenLids : Math.Max(0.85, Of("pretarsal_up", "preseptal_up")), Of("zygomaticus", "lip_levators"), Of("frontalis"));
    }

    private static void Weaken(PlantedMovement movement, Strength[] strengths, List<PlantedMovement> movements)
    {
        var isFacial = movement.LidClosure != 0 || movement.MouthIod != 0 || movement.BrowIod != 0;
        if (!isFacial || strengths.All(s => s == Strength.Full))
        {
            movements.Add(movement);
            return;
        }

        // Each side as strong as it is; what belongs to both (jaw, pucker, head) goes with the left one.
        foreach (var side in Sides.Both.Where(side => movement.Side is null || movement.Side == side))
        {
            var strength = strengths[(int)side];
            var carries = movement.Side is not null || side == Side.PatientLeft;
            movements.Add(movement with
            {
                Side = side,
                LidClosure = movement.LidClosure * strength.Lids,
                MouthIod = movement.MouthIod * strength.Mouth,
                BrowIod = movement.BrowIod * strength.Brow,
                JawIod = carries ? movement.JawIod : 0,
                PuckerIod = carries ? movement.PuckerIod : 0,
                YawDegrees = carries ? movement.YawDegrees : 0,
                PitchDegrees = carries ? movement.PitchDegrees : 0,
            });
        }
    }

    private readonly record struct Strength(double Lids, double Mouth, double Brow)
    {
        public static Strength Full { get; } = new(1, 1, 1);
    }
}
